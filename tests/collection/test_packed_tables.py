"""Tables packed with gzip by themselves, and the classes of WebDataset beside pictures."""

import gzip

import pytest

from tests.collection.odd_files import zip_of
from tests.collection.taking_in import CAT, DOG, SEA, named_pairs, only_remark, take_in_files


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("captions.csv.gz", "file_name,text\na.png,A cat\nb.png,A dog\n"),
        ("train.TSV.gz", "filepath\ttitle\na.png\tA cat\nb.png\tA dog\n"),
        ("set.jsonl.gz", '{"image":"a.png","text":"A cat"}\n{"image":"b.png","text":"A dog"}\n'),
        ("captions.txt.gz", "image,caption\na.png,A cat\nb.png,A dog\n"),
    ],
)
def test_a_table_packed_by_itself_is_read_alone_and_in_an_archive(name, table):
    packed = gzip.compress(table.encode())
    alone = take_in_files(("a.png", CAT), ("b.png", DOG), (name, packed))
    inside = take_in_files(("s.zip", zip_of(("a.png", CAT), ("b.png", DOG), (name, packed))))
    for result in (alone, inside):
        assert named_pairs(result.collection) == [("a.png", "A cat"), ("b.png", "A dog")]
        assert result.remarks == ()


@pytest.mark.parametrize(
    ("packed", "says"),
    [
        (gzip.compress(b"file_name,text\n" * 99)[:-20], "damaged or not packed"),
        (b"file_name,text\n", "damaged or not packed"),
        (gzip.compress(bytes(21 * 2**20)), "unpacks to more than 20 MB"),
    ],
    ids=["cut", "plain", "bomb"],
)
def test_a_packed_table_that_cannot_be_read_is_named(packed, says):
    remark = only_remark(take_in_files(("t.csv.gz", packed)), "t.csv")
    assert says in remark.text
    assert remark.serious


def test_the_classes_of_webdataset_are_labels_beside_captions_and_without():
    result = take_in_files(
        ("000.png", CAT), ("000.cls", "tabby cat\n"), ("000.txt", "A cat"),
        ("001.png", DOG), ("001.cls", "3"), ("001.json", '{"caption": "A dog"}'),
        ("002.png", SEA), ("002.cls", "7"),
    )  # fmt: skip
    assert named_pairs(result.collection) == [("000.png", "A cat"), ("001.png", "A dog")]
    labels = result.collection.labels
    assert [labels[p.id]["label"] for p in result.collection.pictures] == ["tabby cat", "3", "7"]
    assert result.remarks == ()


def test_a_class_file_beside_no_picture_and_an_empty_one_are_named():
    alone = only_remark(take_in_files(("thesis.cls", "\\ProvidesClass{thesis}")), "thesis.cls")
    assert "beside no picture" in alone.text
    empty = only_remark(take_in_files(("a.png", CAT), ("a.cls", " \n")), "a.cls")
    assert empty.serious
