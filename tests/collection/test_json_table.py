import json

import pytest

from collection import json_values as values_module
from collection.errors import CollectionError
from collection.json_table import json_rows, read_json
from tests.collection.odd_files import assert_plain_line

CAT = {"file_name": "a.jpg", "text": "A cat"}
DOG = {"file_name": "b.jpg", "text": "A dog"}


def rows_of(value: object) -> list[dict[str, str | tuple[str, ...]]]:
    return json_rows(json.dumps(value).encode())


COCO = {
    "info": {"year": 2014},
    "licenses": [{"id": 1, "name": "CC"}],
    "images": [
        {"id": 9, "file_name": "a.jpg", "width": 640},
        {"id": 7, "file_name": "b.jpg"},
        {"id": 5, "coco_url": "http://images.example/c.jpg"},
    ],
    "annotations": [
        {"id": 1, "image_id": 9, "caption": "A cat"},
        {"id": 2, "image_id": 7, "caption": "A dog", "category_id": 3},
        {"id": 3, "image_id": 9, "caption": "A pet"},
        {"id": 4, "image_id": 7, "category_id": 2, "bbox": [1, 2, 3, 4]},
        {"id": 5, "image_id": 7, "category_id": 3, "segmentation": {"counts": []}},
    ],
    "categories": [{"id": 2, "name": "ball"}, {"id": 3, "name": "dog"}],
}


def test_coco_gives_each_picture_with_its_captions_and_the_names_of_its_categories():
    table = read_json(json.dumps(COCO).encode())
    assert table.layout == "COCO"
    assert table.unread == ()
    assert table.rows == [
        {"file_name": "a.jpg", "caption": ("A cat", "A pet")},
        {"file_name": "b.jpg", "caption": ("A dog",), "label": ("dog", "ball")},
        {"file_name": "http://images.example/c.jpg"},
    ]


def test_annotations_of_pictures_that_coco_does_not_list_are_counted():
    notes = [*COCO["annotations"], {"image_id": 99, "caption": "Lost"}, {"image_id": [1]}]
    table = read_json(json.dumps({**COCO, "annotations": notes}), "captions.json")
    (remark,) = table.unread
    assert "2 of 7 annotations" in remark
    assert remark.startswith("captions.json")


def test_pictures_without_number_do_not_share_captions():
    found = rows_of({"images": [{"file_name": "a.jpg"}], "annotations": [{"caption": "A cat"}]})
    assert found == [{"file_name": "a.jpg"}]


def test_karpathys_splits_give_captions_and_split():
    images = [
        {"filename": "a.jpg", "split": "test", "sentences": [{"raw": "A cat", "tokens": ["a"]}]},
        {"filepath": "val2014", "filename": "b.jpg", "split": "val", "sentences": []},
    ]
    table = read_json(json.dumps({"images": images, "dataset": "flickr8k"}))
    assert table.layout == "Karpathy's splits"
    assert table.rows == [
        {"file_name": "a.jpg", "caption": ("A cat",), "split": "test"},
        {"file_name": "val2014/b.jpg", "caption": (), "split": "val"},
    ]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_list_of_records_comes_in_pretty_or_not_in_any_unicode_encoding(indent, codec):
    records = [CAT, {"file_name": "猫.jpg", "text": "Un café", "label": "猫"}]
    data = json.dumps(records, indent=indent, ensure_ascii=False).encode(codec)
    assert json_rows(data) == records


@pytest.mark.parametrize("around", ["data", "samples", "annotations"])
def test_an_object_around_one_list_of_records_is_that_list(around):
    assert rows_of({"version": 1, "tags": ["x"], around: [CAT, DOG]}) == [CAT, DOG]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
def test_json_lines_are_rows(end):
    table = read_json(end.join(map(json.dumps, (CAT, DOG))) + end)
    assert table.layout == "JSON lines"
    assert table.rows == [CAT, DOG]
    assert table.unread == ()


def test_the_damaged_lines_of_json_lines_are_named_and_the_others_read():
    lines = [json.dumps(CAT), '{"file_name": "x.jpg", "te', json.dumps(DOG), "oops", '"a text"']
    table = read_json("\n".join(lines), "captions.jsonl")
    assert table.rows == [CAT, DOG]
    damaged, others = table.unread
    assert_plain_line(damaged, "captions.jsonl, lines 2 and 4")
    assert "1 of 3 entries" in others


@pytest.mark.parametrize("between", ["\n", "", ",\n", "\n\n"])
def test_objects_over_several_lines_one_after_another_are_rows(between):
    text = between.join(json.dumps(record, indent=2) for record in (CAT, DOG, CAT))
    assert json_rows(text) == [CAT, DOG, CAT]


def test_one_object_is_one_row_as_img2dataset_writes_beside_each_picture():
    found = rows_of({"key": "0001", "caption": "A cat", "width": 512, "exif": {}, "error": None})
    assert found == [{"key": "0001", "caption": "A cat", "width": "512", "error": ""}]


def test_columns_are_rows():
    columns = {"file_name": ["a.jpg", "b.jpg"], "text": ["A cat", "A dog"]}
    assert rows_of(columns) == [CAT, DOG]


def test_what_pandas_writes_is_rows():
    by_column = {name: {str(i): row[name] for i, row in enumerate((CAT, DOG))} for name in CAT}
    assert rows_of(by_column) == [CAT, DOG]
    assert rows_of({"0": CAT, "1": DOG}) == [CAT, DOG]


def test_captions_by_file_name_are_rows():
    assert rows_of({"a.jpg": "A cat", "b.jpg": ["A dog", "A pet"], "c.tif": {"label": "sea"}}) == [
        {"file_name": "a.jpg", "caption": "A cat"},
        {"file_name": "b.jpg", "caption": ("A dog", "A pet")},
        {"file_name": "c.tif", "label": "sea"},
    ]


def test_a_file_name_that_stands_twice_keeps_both_captions():
    found = json_rows('{"a.jpg": "A cat", "b.jpg": ["A dog"], "a.jpg": ["A pet", "Fur"]}')
    assert found[0] == {"file_name": "a.jpg", "caption": ("A cat", "A pet", "Fur")}


@pytest.mark.parametrize("counts", [(2, 2), (2, 3)])
def test_captions_by_number_or_name_without_ending_are_not_taken_for_columns(counts):
    given = {f"10{i}_f{i}": [f"Caption {j}" for j in range(n)] for i, n in enumerate(counts)}
    assert [row["file_name"] for row in rows_of(given)] == list(given)


def test_a_list_of_pairs_is_rows():
    found = rows_of([["a.jpg", "A cat"], ["b.jpg", ["A dog", "A pet"]]])
    assert found == [
        {"file_name": "a.jpg", "caption": "A cat"},
        {"file_name": "b.jpg", "caption": ("A dog", "A pet")},
    ]


def test_several_captions_of_a_record_are_several_texts():
    assert rows_of([{"image": "a.jpg", "captions": ["A cat", None, "A pet"]}]) == [
        {"image": "a.jpg", "captions": ("A cat", "A pet")}
    ]


def test_numbers_are_as_they_were_written_and_nan_is_empty():
    found = json_rows('[{"id": 007e0}]'.replace("007e0", "7.50"))
    assert found == [{"id": "7.50"}]
    assert json_rows('[{"file_name": "a.jpg", "text": NaN, "ok": true}]') == [
        {"file_name": "a.jpg", "text": "", "ok": "true"}
    ]


def test_records_in_records_are_named_as_not_read():
    table = read_json(json.dumps([{**CAT, "meta": {"a": 1}, "boxes": [[1, 2]]}]), "c.json")
    assert table.rows == [CAT]
    assert_plain_line(table.unread[0], "c.json: meta and boxes", advice=False)


DEEP = 100_000
BAD = {
    "empty": b" \n",
    "marked.empty": b"\xef\xbb\xbf",
    "words": b"only some words",
    "cut": json.dumps([CAT, DOG]).encode()[:-20],
    "number": b"12",
    "texts": b'["a", "b"]',
    "nothing": b"{}",
    "latin": '[{"file_name": "a.jpg", "text": "café"}]'.encode("latin-1"),
    "lists.deep": b"[" * DEEP + b"]" * DEEP,
    "open.deep": b"[" * DEEP,
    "objects.deep": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "lines.deep": b'{"a": 1}\n' + b"[" * DEEP + b"]" * DEEP + b"\n",
    "field.deep": b'[{"file_name": "a.jpg", "x": ' + b"[" * DEEP + b"]" * DEEP + b"}]",
    "digits": b"[" + b"9" * 100_000 + b"]",
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_gives_nothing_is_refused_in_one_plain_line(name):
    with pytest.raises(CollectionError) as refusal:
        json_rows(BAD[name], name)
    assert_plain_line(str(refusal.value), name)


@pytest.mark.parametrize("name", [name for name in BAD if name.endswith("deep")])
def test_what_is_nested_too_deep_is_told_so(name):
    with pytest.raises(CollectionError, match="nested too deep"):
        json_rows(BAD[name])


def test_the_line_of_the_damage_is_named():
    with pytest.raises(CollectionError, match="line 7"):
        json_rows(json.dumps([CAT, DOG], indent=1).replace('"b.jpg"', "b.jpg"))


def test_files_that_are_too_large_are_refused_before_they_are_parsed(monkeypatch):
    monkeypatch.setattr(values_module, "_values", None)
    monkeypatch.setattr(values_module, "MAX_JSON_BYTES", 1_000)
    with pytest.raises(CollectionError, match="larger than"):
        json_rows(b" " * 1_001)
    monkeypatch.setattr(values_module, "MAX_JSON_VALUES", 100)
    with pytest.raises(CollectionError, match="more than 100 values"):
        json_rows(b"[" + b"{}," * 101 + b"{}]")
