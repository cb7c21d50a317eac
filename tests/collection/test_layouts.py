"""A miniature of each layout in which people hand collections around."""

import io
import json
import tarfile
import zipfile

import pyarrow
import pyarrow.parquet
import pytest

from collection.collection import Collection
from collection.intake import take_in
from collection.upload import Upload
from tests.collection.odd_files import encoded, picture, png_bytes, zip_of
from tests.collection.taking_in import CAT, DOG, SEA, counts, named_pairs, take_in_files

JPEG = encoded(picture(1), "JPEG")


def packed(*entries: tuple[str, bytes | str]):
    """What comes of one archive of these files."""
    made = ((name, data.encode() if isinstance(data, str) else data) for name, data in entries)
    return take_in_files(("set.zip", zip_of(*made)))


def said(result) -> str:
    return " / ".join(remark.text for remark in result.remarks)


def test_flickr8k_beside_its_folder_of_images():
    rows = "image,caption\na.jpg,A cat sits .\na.jpg,A pet , asleep .\nb.jpg,A dog runs .\n"
    result = packed(("Images/a.jpg", CAT), ("Images/b.jpg", DOG), ("captions.txt", rows))
    assert named_pairs(result.collection) == [
        ("a.jpg", "A cat sits ."),
        ("a.jpg", "A pet , asleep ."),
        ("b.jpg", "A dog runs ."),
    ]
    assert result.layouts == ("Flickr8k: 2 pictures, 1 to 2 captions each.",)
    assert result.remarks == ()


@pytest.mark.parametrize("name", ["Flickr8k.token.txt", "results_20130124.token"])
@pytest.mark.parametrize("in_a_zip", [True, False])
def test_a_token_list(name, in_a_zip):
    tokens = "a.jpg#0\tA cat sits .\na.jpg#1\tA pet asleep .\nb.jpg#0\tA dog runs .\n"
    files = [("a.jpg", CAT), ("b.jpg", DOG), (name, tokens)]
    result = packed(*files) if in_a_zip else take_in_files(*files)
    assert named_pairs(result.collection) == [
        ("a.jpg", "A cat sits ."),
        ("a.jpg", "A pet asleep ."),
        ("b.jpg", "A dog runs ."),
    ]
    assert result.layouts == ("Token list: 2 pictures, 1 to 2 captions each.",)


@pytest.mark.parametrize("name", ["list.txt", "list.csv"])
def test_a_list_without_a_header(name):
    rows = "a.jpg,A cat, asleep\nb.jpg,A dog\n"
    result = take_in_files(("a.jpg", CAT), ("b.jpg", DOG), (name, rows))
    assert named_pairs(result.collection) == [("a.jpg", "A cat, asleep"), ("b.jpg", "A dog")]
    assert result.remarks == ()


def test_flickr30k_with_blanks_around_its_bars_and_a_malformed_row_named():
    rows = (
        "image_name| comment_number| comment\n"
        "a.jpg| 0| A cat , asleep .\n"
        "b.jpg| 4   A dog runs .\n"
        "b.jpg| 1| A dog .\n"
    )
    result = take_in_files(("a.jpg", CAT), ("b.jpg", DOG), ("results.csv", rows))
    assert named_pairs(result.collection) == [("a.jpg", "A cat , asleep ."), ("b.jpg", "A dog .")]
    (remark,) = result.remarks
    assert "line 3: there are fewer cells than columns" in remark.text
    assert remark.serious
    assert result.layouts == ("Flickr30k: 2 pictures, 1 caption each.",)


@pytest.mark.parametrize("ending", ["txt", "caption"])
@pytest.mark.parametrize("in_a_zip", [True, False])
def test_a_text_beside_each_picture(ending, in_a_zip):
    files = [("a.jpg", CAT), (f"a.{ending}", "A cat, asleep\n"), ("b.png", DOG),
             (f"b.{ending}", "A dog")]  # fmt: skip
    result = packed(*files) if in_a_zip else take_in_files(*files)
    assert named_pairs(result.collection) == [("a.jpg", "A cat, asleep"), ("b.png", "A dog")]
    assert result.layouts == ("Text files beside pictures: 2 pictures, 1 caption each.",)
    assert result.remarks == ()


def test_a_text_beside_a_picture_that_holds_no_words_is_named():
    result = packed(
        ("a.jpg", CAT), ("a.txt", "0 0.5 0.5 0.1 0.1"), ("b.jpg", DOG), ("b.txt", "Dog")
    )
    assert named_pairs(result.collection) == [("b.jpg", "Dog")]
    assert "a.txt" in said(result)


def test_a_text_beside_two_pictures_of_its_name_is_named_and_not_guessed():
    result = packed(("a.jpg", CAT), ("a.png", DOG), ("a.txt", "A cat"))
    assert counts(result) == (2, 0, 0)
    assert "a.txt lies beside a.jpg and a.png" in said(result)


def test_img2dataset_with_its_text_and_data_files():
    data = json.dumps({"caption": "A cat", "url": "https://example.org/1", "key": "0", "width": 2})
    result = packed(
        ("00000/000.jpg", CAT), ("00000/000.txt", "A cat"), ("00000/000.json", data),
        ("00001/000.jpg", DOG), ("00001/000.json", data.replace("cat", "dog")),
    )  # fmt: skip
    assert [caption for _, caption in named_pairs(result.collection)] == ["A cat", "A dog"]
    assert result.layouts == ("img2dataset: 2 pictures, 1 caption each.",)
    assert not result.collection.labels
    assert result.remarks == ()


def test_class_folders_give_labels_and_no_captions():
    result = packed(
        ("train/cat/001.jpg", CAT), ("train/dog/001.jpg", DOG), ("test/cat/002.jpg", SEA)
    )
    assert result.layouts == ("Class folders: 3 pictures, labels cat and dog.",)
    assert counts(result) == (3, 0, 0)
    labels = {p.name: dict(result.collection.labels[p.id]) for p in result.collection.pictures}
    assert labels == {
        "cat/001.jpg": {"label": "cat", "split": "train"},
        "dog/001.jpg": {"label": "dog", "split": "train"},
        "002.jpg": {"label": "cat", "split": "test"},
    }


@pytest.mark.parametrize("column", ["text", "caption", "my_words", "additional_feature"])
def test_an_imagefolder_with_any_one_further_text_column(column):
    table = f"file_name,{column}\na.jpg,A cat asleep\nb.jpg,A dog at play\n"
    result = packed(("train/a.jpg", CAT), ("train/b.jpg", DOG), ("train/metadata.csv", table))
    assert named_pairs(result.collection) == [("a.jpg", "A cat asleep"), ("b.jpg", "A dog at play")]
    assert result.layouts == ("Hugging Face imagefolder: 2 pictures, 1 caption each.",)


def test_an_imagefolder_with_labels_and_splits_and_lists_of_captions():
    lines = [
        {"file_name": "a.jpg", "text": ["A cat", "A pet"], "label": "cat", "split": "train"},
        {"file_name": "b.jpg", "text": None, "label": "dog", "split": "test"},
    ]
    table = "\n".join(map(json.dumps, lines))
    result = packed(("a.jpg", CAT), ("b.jpg", DOG), ("metadata.jsonl", table))
    assert named_pairs(result.collection) == [("a.jpg", "A cat"), ("a.jpg", "A pet")]
    labels = [dict(result.collection.labels[p.id]) for p in result.collection.pictures]
    assert labels == [{"label": "cat", "split": "train"}, {"label": "dog", "split": "test"}]
    assert result.remarks == ()


@pytest.mark.parametrize("picture_column", ["filepath", "Image_Path", "path", "IMG", "image name"])
@pytest.mark.parametrize("caption_column", ["title", "Description", "comment", "alt-text"])
def test_tables_with_other_names_of_columns(picture_column, caption_column):
    table = f"{picture_column}\t{caption_column}\na.jpg\tA cat\n"
    result = take_in_files(("a.jpg", CAT), ("train.tsv", table))
    assert named_pairs(result.collection) == [("a.jpg", "A cat")]
    assert result.remarks == ()


def test_several_columns_of_captions():
    table = "image,caption_1,caption_2,caption_3\na.jpg,A cat,A pet,\nb.jpg,A dog,nan,A hound\n"
    result = take_in_files(("a.jpg", CAT), ("b.jpg", DOG), ("t.csv", table))
    assert [caption for _, caption in named_pairs(result.collection)] == [
        *("A cat", "A pet", "A dog", "A hound")
    ]
    assert result.remarks == ()


def test_a_column_of_captions_that_was_not_read_is_named():
    table = "image,caption,description\na.jpg,A cat,The cat of a neighbour\n"
    result = take_in_files(("a.jpg", CAT), ("t.csv", table))
    assert named_pairs(result.collection) == [("a.jpg", "A cat")]
    assert "captions were read from caption; the column description not" in said(result)


@pytest.mark.parametrize(
    "cell", ['["A cat", "A pet"]', "['A cat', 'A pet']", "['A cat' 'A pet']", "['A cat'\n 'A pet']"]
)
def test_a_list_of_captions_in_one_cell(cell):
    quoted = cell.replace('"', '""')
    result = take_in_files(("a.jpg", CAT), ("t.csv", f'file_name,caption\na.jpg,"{quoted}"\n'))
    assert named_pairs(result.collection) == [("a.jpg", "A cat"), ("a.jpg", "A pet")]


@pytest.mark.parametrize("cell", ["[sic] A cat", "[A cat]", "[1, 2]", "[" * 500, "['A cat"])
def test_brackets_that_are_no_list_stay_a_caption(cell):
    result = take_in_files(("a.jpg", CAT), ("t.csv", f'file_name,caption\na.jpg,"{cell}"\n'))
    assert [caption for _, caption in named_pairs(result.collection)] == [cell]


@pytest.mark.parametrize("nothing", ["nan", "NaN", "None", "NULL", "N/A", "null"])
def test_what_programs_write_for_nothing_is_no_caption(nothing):
    table = f"file_name,text\na.jpg,{nothing}\nb.jpg,{nothing} of these\n"
    result = take_in_files(("a.jpg", CAT), ("b.jpg", DOG), ("t.csv", table))
    assert named_pairs(result.collection) == [("b.jpg", f"{nothing} of these")]
    assert "line 2" in said(result)


@pytest.mark.parametrize("ending", ["", ".jpe", ".pjpeg", ".data"])
def test_pictures_without_a_usual_ending_are_known_by_their_bytes(ending):
    table = f"file_name,text\nimgs/0001{ending},A cat\nimgs/0002{ending},A dog\n"
    result = packed(
        (f"imgs/0001{ending}", JPEG), (f"imgs/0002{ending}", DOG), ("metadata.csv", table)
    )
    assert counts(result) == (2, 2, 2)
    assert result.remarks == ()
    assert counts(take_in_files((f"0001{ending}", JPEG))) == (1, 0, 0)


def test_only_what_is_no_loss_is_said_to_be_none():
    result = packed(
        ("a.jpg", CAT), (".DS_Store", b"x"), ("__MACOSX/._a.jpg", b"x"), ("Thumbs.db", b"x"),
        ("LICENSE", "words"), ("README.md", "words"), ("vectors.npy", b"\x93NUMPY"),
        ("captions.odt", b"x"), ("list.txt", "A cat\nA dog\n"),
    )  # fmt: skip
    notes, others = ([r.text for r in result.remarks if r.serious is s] for s in (False, True))
    assert ["LICENSE and README.md" in text for text in notes] == [True]
    assert all(name in " ".join(others) for name in ("vectors.npy", "captions.odt", "list.txt"))
    assert "Nothing needs to be done" not in " ".join(others)


def test_a_list_of_names_of_pictures_is_not_taken_for_captions():
    result = take_in_files(("a.jpg", CAT), ("trainImages.txt", "a.jpg\nb.jpg\n"))
    assert counts(result) == (1, 0, 0)
    assert "lists names of pictures" in said(result)


def test_several_archives_at_once_are_told_apart():
    def archive(words: str, data: bytes) -> bytes:
        table = f"image,caption\n1.jpg,{words}\n"
        return zip_of(("Images/1.jpg", data), ("captions.txt", table.encode()))

    result = take_in_files(("one.zip", archive("A cat", CAT)), ("two.zip", archive("A dog", DOG)))
    assert [caption for _, caption in named_pairs(result.collection)] == ["A cat", "A dog"]
    assert result.layouts == ("Flickr8k: 2 pictures, 1 caption each.",)


def test_a_folder_that_was_dropped_keeps_its_paths():
    uploads = [
        Upload("set/cat/1.jpg", CAT),
        Upload("set/dog/1.jpg", DOG),
        Upload("set/.DS_Store", b"x"),
        Upload("set/metadata.csv", b"file_name,text\ncat/1.jpg,A cat\ndog/1.jpg,A dog\n"),
    ]
    result = take_in(Collection(), uploads)
    assert named_pairs(result.collection) == [("cat/1.jpg", "A cat"), ("dog/1.jpg", "A dog")]
    assert result.remarks == ()


def test_names_in_another_code_page_are_found_and_shown_as_the_table_has_them():
    name = "猫の写真.jpg"
    raw = name.encode("cp932")
    placeholder = b"x" * len(raw)
    table = f"file_name,text\n{name},A cat\n".encode()
    data = zip_of((placeholder.decode(), CAT), ("metadata.csv", table)).replace(placeholder, raw)
    assert zipfile.is_zipfile(io.BytesIO(data))
    result = take_in_files(("set.zip", data))
    assert named_pairs(result.collection) == [(name, "A cat")]
    assert "another code page" in said(result)


def test_of_more_than_fits_a_random_sample_is_taken_with_all_its_captions(monkeypatch):
    monkeypatch.setattr("collection.intake.MAX_ITEMS", 12)
    rows = "".join(f"{n}.png,caption {n} {c}\n" for n in range(20) for c in range(2))
    files = [
        *((f"{n}.png", png_bytes(n)) for n in range(20)),
        ("captions.txt", "image,caption\n" + rows),
    ]
    uploads = [Upload(n, d.encode() if isinstance(d, str) else d) for n, d in files]
    one, same, other = (take_in(Collection(), uploads, seed=seed) for seed in (7, 7, 8))
    assert counts(one) == (4, 8, 8)
    assert one.remarks == ()
    assert one.collection.digest == same.collection.digest != other.collection.digest
    names = [p.name for p in one.collection.pictures]
    assert names != [f"{n}.png" for n in range(4)]
    assert one.sample is not None
    assert one.sample.line == (
        "12 items fit: a random 4 of 20 pictures with all their captions were taken, seed 7."
    )


def test_coco_gives_captions_and_categories_as_labels():
    coco = {
        "images": [{"id": 1, "file_name": "a.jpg"}, {"id": 2, "file_name": "b.jpg"}],
        "annotations": [
            {"image_id": 1, "caption": "A cat"},
            {"image_id": 1, "caption": "A pet"},
            {"image_id": 2, "caption": "A dog"},
        ],
    }
    kinds = {
        "images": coco["images"],
        "annotations": [{"image_id": 1, "category_id": 3}],
        "categories": [{"id": 3, "name": "cat"}],
    }
    result = packed(
        ("val/a.jpg", CAT),
        ("val/b.jpg", DOG),
        ("annotations/captions_val.json", json.dumps(coco, indent=1)),
        ("annotations/instances_val.json", json.dumps(kinds)),
    )
    assert [words for _, words in named_pairs(result.collection)] == ["A cat", "A pet", "A dog"]
    assert result.collection.labels[result.collection.pictures[0].id]["label"] == "cat"
    assert result.layouts == ("COCO: 2 pictures, 1 to 2 captions each.",)
    assert result.remarks == ()


@pytest.mark.parametrize("name", ["metadata.json", "metadata.jsonl"])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_list_of_records_over_one_line_or_several(name, indent):
    records = [{"image": "a.jpg", "caption": "A cat"}, {"image": "b.jpg", "caption": "A dog"}]
    table = json.dumps(records, indent=indent)
    result = take_in_files(("a.jpg", CAT), ("b.jpg", DOG), (name, table))
    assert named_pairs(result.collection) == [("a.jpg", "A cat"), ("b.jpg", "A dog")]
    assert result.remarks == ()


def test_settings_in_json_are_not_asked_about():
    result = take_in_files(("a.jpg", CAT), ("config.json", '{"name": "a set", "size": 3}'))
    assert result.questions == ()
    assert "config.json" in said(result)


def xlsx(rows: list[list[str]]) -> bytes:
    """A workbook of one sheet, with no more in it than readers ask for."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>"
        for row in rows
    )
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="s" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="One" sheetId="1" r:id="s"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData>'
        "</worksheet>",
    }
    return zip_of(*((name, part.encode()) for name, part in parts.items()))


def parquet(**columns) -> bytes:
    sink = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), sink)
    return sink.getvalue()


def test_an_imagefolder_with_a_parquet_table():
    table = parquet(file_name=["a.jpg"], text=["A cat"])
    result = packed(("train/a.jpg", CAT), ("train/metadata.parquet", table))
    assert named_pairs(result.collection) == [("a.jpg", "A cat")]
    assert result.layouts == ("Hugging Face imagefolder: 1 picture, 1 caption.",)


def test_parquet_with_pictures_in_its_rows():
    pictures = [{"bytes": CAT, "path": "1.png"}, {"bytes": DOG, "path": "1.png"},
                {"bytes": SEA, "path": None}]  # fmt: skip
    texts = [["A cat", "A pet"], ["A dog"], ["The sea"]]
    result = take_in_files(("train.parquet", parquet(img=pictures, caption=texts, n=[1, 2, 3])))
    assert [words for _, words in named_pairs(result.collection)] == [
        *("A cat", "A pet", "A dog", "The sea")
    ]
    assert counts(result) == (3, 4, 4)
    assert result.remarks == ()


def test_a_workbook():
    rows = [["image", "caption"], ["a.jpg", "A cat, asleep"], ["b.jpg", "A dog"]]
    result = take_in_files(("a.jpg", CAT), ("b.jpg", DOG), ("captions.xlsx", xlsx(rows)))
    assert named_pairs(result.collection) == [("a.jpg", "A cat, asleep"), ("b.jpg", "A dog")]
    assert result.remarks == ()


def test_a_webdataset_in_a_tar():
    sink = io.BytesIO()
    files = {"000.jpg": CAT, "000.txt": b"A cat", "001.jpg": DOG, "001.txt": b"A dog"}
    with tarfile.open(fileobj=sink, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    result = take_in_files(("shard.tar", sink.getvalue()))
    assert named_pairs(result.collection) == [("000.jpg", "A cat"), ("001.jpg", "A dog")]
    assert result.remarks == ()


def test_a_text_under_many_pictures_counts_as_one_item(monkeypatch):
    monkeypatch.setattr("collection.intake.MAX_ITEMS", 12)
    rows = "".join(f"{n}.png,{'A cat' if n % 2 else 'A dog'}\n" for n in range(10))
    files = [(f"{n}.png", png_bytes(n)) for n in range(10)]
    result = take_in_files(*files, ("t.csv", "file_name,text\n" + rows))
    assert counts(result) == (10, 2, 10)
    assert result.sample is None
    more = take_in_files(*files, ("10.png", png_bytes(10)), ("t.csv", f"file_name,text\n{rows}"))
    assert counts(more)[:2] == (10, 2)
    assert more.sample is not None


def test_texts_in_a_folder_of_their_own_find_the_one_picture_of_their_name():
    result = packed(
        ("images/a.jpg", CAT), ("images/b.jpg", DOG), ("captions/a.txt", "A cat"),
        ("captions/b.txt", "A dog"), ("labels/a.txt", "0 0.5 0.5 1 1"),
    )  # fmt: skip
    assert named_pairs(result.collection) == [("a.jpg", "A cat"), ("b.jpg", "A dog")]
    assert "a.txt" in said(result)


def test_texts_in_a_folder_of_their_own_are_not_given_to_one_of_two_pictures_of_their_name():
    result = packed(("x/a.jpg", CAT), ("y/a.jpg", DOG), ("captions/a.txt", "A cat"))
    assert counts(result) == (2, 0, 0)
    assert "a.txt" in said(result)


def test_a_list_with_only_a_blank_behind_each_name():
    result = take_in_files(("a.jpg", CAT), ("b.jpg", DOG), ("l.txt", "a.jpg A cat\nb.jpg A dog\n"))
    assert named_pairs(result.collection) == [("a.jpg", "A cat"), ("b.jpg", "A dog")]


def test_captions_before_addresses_without_a_header():
    rows = "A cat asleep\thttps://x.org/i/a.jpg\nA dog at play\thttps://x.org/i/b.jpg?w=3\n"
    result = take_in_files(("a.jpg", CAT), ("b.jpg", DOG), ("train.tsv", rows))
    assert named_pairs(result.collection) == [("a.jpg", "A cat asleep"), ("b.jpg", "A dog at play")]


def test_a_column_of_names_without_endings():
    rows = "image_id,caption\n0001,A cat\n0002,A dog\n"
    result = take_in_files(("0001.jpg", CAT), ("0002.jpg", DOG), ("t.csv", rows))
    assert named_pairs(result.collection) == [("0001.jpg", "A cat"), ("0002.jpg", "A dog")]
    assert "without the ending" in said(result)


def test_a_table_under_a_name_without_a_usual_ending():
    result = take_in_files(("a.jpg", CAT), ("captions", "image,caption\na.jpg,A cat\n"))
    assert named_pairs(result.collection) == [("a.jpg", "A cat")]


def test_the_line_under_the_header_of_a_markdown_table_is_no_row():
    rows = "file_name | text\n--- | ---\na.jpg | A cat\n"
    result = take_in_files(("a.jpg", CAT), ("t.txt", rows))
    assert named_pairs(result.collection) == [("a.jpg", "A cat")]
    assert result.remarks == ()


def test_a_single_split_is_no_label():
    assert not packed(("train/a.jpg", CAT), ("train/b.jpg", DOG)).collection.labels
    both = packed(("train/a.jpg", CAT), ("valid/b.jpg", DOG)).collection
    assert [found["split"] for found in both.labels.values()] == ["train", "validation"]
