"""What people reported to be lost or misread, rebuilt small: each comes in as they expect it."""

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image

from collection.intake import take_in_answered
from tests.collection.odd_files import encoded, picture, zip_of
from tests.collection.taking_in import CAT, DOG, named_pairs, take_in_files

JPEG_A, JPEG_B = (encoded(picture(seed), "JPEG") for seed in (1, 2))
CP932, MAC, PLAIN = "猫の写真.jpg", "shot 3.04.05\u202fPM.jpg", "shot 3.04.05 PM.jpg"
LONG = " ".join(["A cat lies on a box beside the window"] * 65)


def file(name, data):
    return name, data.encode() if isinstance(data, str) else data


def table(data, name="c.csv"):
    """Two pictures, and a table."""
    return [("a.jpg", JPEG_A), ("b.jpg", JPEG_B), file(name, data)]


def archive(*files):
    return [("set.zip", zip_of(*(file(*one) for one in files)))]


def parquet_table():
    buffer = io.BytesIO()
    pq.write_table(pa.table({"file_name": ["a.jpg"], "text": ["A cat"]}), buffer)
    return buffer.getvalue()


def with_names_in_cp932():
    """As programs on Japanese Windows pack: names in CP932, and no flag that says so."""
    raw = CP932.encode("cp932")
    placeholder = "x" * len(raw)
    rows = f"file_name,text\n{CP932},A cat\n"
    packed = zip_of((placeholder, JPEG_A), ("metadata.csv", rows.encode()))
    return [("set.zip", packed.replace(placeholder.encode(), raw))]


def two_pictures():
    first, second = Image.open(io.BytesIO(JPEG_A)), Image.open(io.BytesIO(JPEG_B))
    return encoded(first, "MPO", save_all=True, append_images=[second])


TWO = [("a.jpg", "A cat"), ("b.jpg", "A dog")]
ROWS = "file_name,text\na.jpg,A cat\nb.jpg,A dog\n"
CASES = {
    "A1 captions.txt beside Images": (
        archive(
            ("Images/a.jpg", CAT), ("Images/b.jpg", DOG),
            ("captions.txt", "image,caption\na.jpg,A cat\na.jpg,A pet\nb.jpg,A dog\n"),
        ),
        [("a.jpg", "A cat"), ("a.jpg", "A pet"), ("b.jpg", "A dog")],
    ),
    "A3 metadata.parquet": (
        archive(("train/a.jpg", CAT), ("train/metadata.parquet", parquet_table())), TWO[:1]
    ),
    "B1 a text beside each": (
        archive(("a.jpg", CAT), ("a.txt", "A cat"), ("b.jpg", DOG), ("b.txt", "A dog")), TWO
    ),
    "C1 token list": (
        table("a.jpg#0\tA cat\nb.jpg#0\tA dog\n", "Flickr8k.token.txt"), TWO
    ),
    "D1 filepath and title": (
        table("filepath\ttitle\na.jpg\tA cat\nb.jpg\tA dog\n", "train.tsv"), TWO
    ),
    "D3 bars, one missing": (
        table("image_name| comment_number| comment\na.jpg| 0| A cat\na.jpg| 4 A pet\n"
              "b.jpg| 0| A dog\n", "results.csv"), TWO
    ),
    "E1 a list in a cell": (
        table('image,caption\na.jpg,"[""A cat"", ""A pet""]"\n'),
        [("a.jpg", "A cat"), ("a.jpg", "A pet")],
    ),
    "F1 another blank in the name": (
        [(MAC, JPEG_A), file("c.csv", f"file_name,text\n{PLAIN},A cat\n")], [(MAC, "A cat")]
    ),
    "F3 paths of another machine": (
        archive(
            ("train/cat/1.jpg", CAT), ("train/dog/1.jpg", DOG),
            ("captions.csv", "file_name,text\n/kaggle/x/train/cat/1.jpg,A cat\n"
             "/kaggle/x/train/dog/1.jpg,A dog\n"),
        ),
        [("cat/1.jpg", "A cat"), ("dog/1.jpg", "A dog")],
    ),
    "G1 names in CP932": (with_names_in_cp932(), [(CP932, "A cat")]),
    "I1 a stray line": (
        table("file_name,text\na.jpg,Un café\n".encode() + b"b.jpg,Na\xefve\n"),
        [("a.jpg", "Un café"), ("b.jpg", "Naïve")],
    ),
    "I5 zero width in the header": (table(ROWS.replace("text", "text\u200b")), TWO),
    "I7 NUL bytes at the end": (table(ROWS.encode() + bytes(9)), TWO),
    "J1 escaped quotes": (
        table('file_name,text\na.jpg,"A \\"big\\" cat, asleep"\n'),
        [("a.jpg", 'A "big" cat, asleep')],
    ),
    "K1 metadata.json": (
        table('[{"file_name": "a.jpg", "text": "A cat"}, {"file_name": "b.jpg", "text": "A dog"}]',
              "metadata.json"), TWO
    ),
    "O1 pictures without ending": (
        archive(("imgs/0001", JPEG_A), ("imgs/0002", JPEG_B),
                ("metadata.csv", "file_name,text\nimgs/0001,A cat\n")),
        [("0001", "A cat")],
    ),
    "P1 nan is no caption": (table("file_name,text\na.jpg,nan\nb.jpg,nan\n"), []),
    "Q1 a long caption": (table(f"file_name,text\na.jpg,{LONG}\n"), [("a.jpg", LONG)]),
    "T1 several pictures in a JPEG": (
        [("a.jpg", two_pictures()), file("c.csv", ROWS.split("b.jpg")[0])], TWO[:1]
    ),
    "T3 a line break in a caption": (
        table('file_name,text\na.jpg,"A cat\nasleep"\nb.jpg,A dog\n'),
        [("a.jpg", "A cat asleep"), ("b.jpg", "A dog")],
    ),
    "T4 commas in a caption": (
        table("image,caption\na.jpg,A cat , asleep .\n", "captions.txt"),
        [("a.jpg", "A cat , asleep .")],
    ),
    "T9 a table in each split": (
        archive(("train/a.jpg", CAT), ("train/metadata.csv", "file_name,text\na.jpg,A cat\n"),
                ("test/a.jpg", DOG), ("test/metadata.csv", "file_name,text\na.jpg,A dog\n")),
        [("train/a.jpg", "A cat"), ("test/a.jpg", "A dog")],
    ),
    "T10 Unicode text of Excel": (
        table('file_name\ttext\na.jpg\t"A ""big"" cat, asleep"\n'.encode("utf-16"), "captions.txt"),
        [("a.jpg", 'A "big" cat, asleep')],
    ),
    "S3 a dropped folder": (
        [("set/cat/1.jpg", CAT), ("set/dog/1.jpg", DOG),
         file("set/metadata.csv", "file_name,text\ncat/1.jpg,A cat\ndog/1.jpg,A dog\n")],
        [("cat/1.jpg", "A cat"), ("dog/1.jpg", "A dog")],
    ),
}  # fmt: skip
LOST = {"D3 bars, one missing": "results.csv, line 3", "P1 nan is no caption": "no caption"}
"""What is lost, or to be looked at, is named."""


@pytest.mark.parametrize("case", CASES)
def test_the_captions_come_to_the_pictures_they_belong_to(case):
    files, expected = CASES[case]
    result = take_in_files(*files)
    assert named_pairs(result.collection) == expected
    assert len(result.collection.texts) == len({text for _, text in expected})
    assert result.questions == ()
    said = [remark.text for remark in result.remarks if remark.serious]
    if case not in LOST:
        assert said == []
    else:
        assert LOST[case] in " ".join(remark.text for remark in result.remarks)


def test_class_folders_are_labels_and_names_that_repeat_are_told_apart():
    result = take_in_files(*archive(("train/cat/001.jpg", CAT), ("train/dog/001.jpg", DOG)))
    pictures = result.collection.pictures
    assert [result.collection.labels[p.id]["label"] for p in pictures] == ["cat", "dog"]
    assert [p.name for p in pictures] == ["cat/001.jpg", "dog/001.jpg"]
    assert result.layouts


def test_chinese_of_excel_is_asked_about_and_the_first_reading_is_right():
    words = "一只猫在盒子里睡觉"
    first = take_in_files(*table(f"file_name,text\na.jpg,{words}\n".encode("gbk")))
    (question,) = first.questions
    likeliest = next(iter(question.readings))
    result = take_in_answered(first.collection, question, question.guess, likeliest)
    assert named_pairs(result.collection) == [("a.jpg", words)]


def test_hidden_files_among_the_pictures_are_not_worth_a_word():
    result = take_in_files(*archive(("a.jpg", CAT), ("__MACOSX/._a.jpg", b"x"), ("._b.jpg", b"x")))
    assert result.added_pictures == 1
    assert result.remarks == ()


def test_flickr8k_as_it_was_handed_out_first_in_two_archives():
    lists = zip_of(
        ("Flickr8k.token.txt", b"a.jpg#0\tA cat sleeps .\nb.jpg#0\tA dog .\n"),
        ("Flickr8k.lemma.token.txt", b"a.jpg#0\tA cat sleep .\nb.jpg#0\tA dog .\n"),
        ("Flickr_8k.trainImages.txt", b"a.jpg\n"),
        ("CrowdFlowerAnnotations.txt", b"a.jpg\tb.jpg#2\t0\t0\t3\n"),
        ("readme.txt", b"About the data"),
    )
    pictures = zip_of(("Flicker8k_Dataset/a.jpg", CAT), ("Flicker8k_Dataset/b.jpg", DOG))
    result = take_in_files(("Flickr8k_text.zip", lists), ("Flickr8k_Dataset.zip", pictures))
    assert named_pairs(result.collection) == [("a.jpg", "A cat sleeps ."), ("b.jpg", "A dog .")]
    assert result.questions == ()
    said = " ".join(remark.text for remark in result.remarks)
    for name in ("lemma.token", "trainImages", "CrowdFlowerAnnotations", "readme"):
        assert name in said
