"""Damaged and hostile uploads: what is good comes in, the rest becomes remarks, nothing raises."""

import json
import random

from collection.collection import Collection
from collection.intake import take_in, take_in_answered
from collection.upload import Upload
from tests.collection.odd_files import png_bytes, zip_of
from tests.collection.test_layouts import parquet, xlsx

ROWS = 'image,caption\na.png,A cat\nb.png,"A dog, asleep"\n'
JSON = json.dumps({
    "images": [{"id": 1, "file_name": "a.png"}],
    "annotations": [{"image_id": 1, "caption": "A cat"}],
})  # fmt: skip
WHOLE = {
    "captions.txt": ROWS.encode(),
    "t.csv": ROWS.replace(",", ";").encode("utf-16"),
    "tokens.txt": b"a.png#0\tA cat\nb.png#1\tA dog\n",
    "unclear.tsv": b"bild\tde\ten\na.png\tEine Katze\tA cat\n",
    "metadata.jsonl": b'{"file_name": "a.png", "text": ["A cat", "A pet"], "label": 3}\n' * 3,
    "coco.json": JSON.encode(),
    "a.txt": b"A cat",
    "set.zip": zip_of(
        ("cat/1.png", png_bytes(1)), ("dog/1.png", png_bytes(2)), ("dog/1.txt", b"A dog"),
        ("0001", png_bytes(3)), ("captions.txt", ROWS.encode()), ("x.json", JSON.encode()),
        ("list.txt", b"words"), ("n.csv", b"a,b\n1,2\n"),
    ),
}  # fmt: skip
SPLICES = (b'"', b"\\", b"\0", b"\n", b"\r", b"\xff\xfe", b"\xef\xbb\xbf", b"[[[[", b"{", b"nan",
           b",,,,,", b"\t", b"#0", b"%%%20", b"../", b"\xe2\x80\xae", b"]" * 50, b"['")  # fmt: skip


def mutated(data: bytes, choose: random.Random) -> bytes:
    result = bytearray(data)
    for _ in range(choose.choice([1, 2, 8])):
        at = choose.randrange(len(result) + 1)
        match choose.randrange(4):
            case 0:
                result[at : at + 1] = bytes([choose.randrange(256)])
            case 1:
                result[at:at] = choose.choice(SPLICES)
            case 2:
                del result[at : at + choose.randrange(1, 20)]
            case _:
                result[at:at] = result[max(0, at - 30) : at]
    return bytes(result)


def assert_sound(collection: Collection) -> None:
    for pair in collection.pairs:
        assert collection.text(pair.text_id)
        assert pair.picture_id in collection.items
    assert set(collection.labels) <= set(collection.items)


def test_mutated_uploads_give_items_or_plain_remarks_and_nothing_is_raised():
    choose = random.Random(12)
    pictures = [Upload("a.png", png_bytes(1)), Upload("b.png", png_bytes(2))]
    asked = 0
    for _ in range(500):
        name, data = choose.choice(list(WHOLE.items()))
        result = take_in(Collection(), [*pictures, Upload(name, mutated(data, choose))])
        assert len(result.collection.pictures) >= 2
        for question in result.questions:
            asked += 1
            answered = take_in_answered(result.collection, question, question.guess)
            assert_sound(answered.collection)
        assert_sound(result.collection)
        assert all("\n" not in remark.text for remark in result.remarks)
    assert asked > 0


def test_mutated_binary_tables_are_refused_or_read():
    choose = random.Random(13)
    tables = {
        "t.xlsx": xlsx([["image", "caption"], ["a.png", "A cat"]]),
        "t.parquet": parquet(image=[{"bytes": png_bytes(4), "path": "x"}], text=["A cat"]),
    }
    for _ in range(8):  # each is read in a process of its own
        name, data = choose.choice(list(tables.items()))
        result = take_in(Collection(), [Upload(name, mutated(data, choose))])
        assert_sound(result.collection)
        assert result.remarks or len(result.collection)


def test_hostile_tables_cost_no_more_than_a_moment():
    hostile = {
        "quotes.csv": b"file_name,text\n" + b'a.png,"x\n' * 3_000,
        "escapes.csv": b"file_name,text\n" + b'a.png,"\\"' * 3_000,
        "lists.csv": b'file_name,text\na.png,"[' + b"'\\" * 20_000 + b']"\n',
        "brackets.jsonl": b'{"file_name": "a.png", "text": ' + b"[" * 100_000,
        "columns.csv": b"a.png," * 20_000 + b"\n" + b"x," * 20_000,
        "keys.jsonl": b"".join(b'{"k%d": 1}\n' % n for n in range(5_000)),
        "names.csv": b"file_name,text\n" + b"a/" * 5_000 + b"a.png,A cat\n",
        "nulls.txt": b"\0" * 100_000,
    }
    for name, data in hostile.items():
        result = take_in(Collection(), [Upload("a.png", png_bytes(1)), Upload(name, data)])
        assert len(result.collection.pictures) == 1
        assert_sound(result.collection)
        assert result.remarks or result.questions or result.collection.texts
