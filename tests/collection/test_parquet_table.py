import pyarrow as pa
import pytest

from collection import parquet_table as module
from collection.errors import CollectionError
from collection.parquet_process import _labels
from collection.parquet_table import ParquetPicture, ParquetTable
from tests.collection.odd_files import assert_plain_line, png_bytes
from tests.collection.odd_workbooks import IMAGE, parquet, parquet_of, with_features

CAT, DOG = png_bytes(1), png_bytes(2)
PICTURES = pa.array([{"bytes": CAT, "path": "a.png"}, {"bytes": DOG, "path": None}], IMAGE)
CAPTIONS = pa.array([["A cat", "A pet"], []], pa.list_(pa.string()))


def cells(data: bytes, column: str) -> list[object]:
    return [cell for batch in ParquetTable(data).batches([column]) for cell in batch[column]]


def test_columns_and_rows_are_described_before_anything_is_read():
    table = ParquetTable(
        parquet({"image": PICTURES, "text": ["x", "y"], "captions": CAPTIONS, "label": [1, 2],
                 "meta": [{"a": 1}, {"a": 2}], "raw": [CAT, DOG], "boxes": [[1], [2]]})
    )  # fmt: skip
    assert table.row_count == 2
    assert table.column_names == ("image", "text", "captions", "label", "meta", "raw", "boxes")
    assert list(table.columns.values()) == ["picture", "text", "texts", "value", "", "picture", ""]


def test_pictures_come_with_their_names_and_bytes():
    (batch,) = ParquetTable(
        parquet(
            {"image": PICTURES, "raw": [CAT, None], "view": pa.array([DOG, CAT], pa.binary_view())}
        )
    ).batches()
    assert batch["image"] == [ParquetPicture("a.png", CAT), ParquetPicture("", DOG)]
    assert batch["raw"] == [ParquetPicture("", CAT), None]
    assert batch["view"] == [ParquetPicture("", DOG), ParquetPicture("", CAT)]


def test_a_picture_that_is_only_named_has_no_bytes():
    named = pa.array([{"bytes": None, "path": "a.png"}, {"bytes": None, "path": None}, None], IMAGE)
    assert cells(parquet({"image": named}), "image") == [ParquetPicture("a.png", b""), None, None]


def test_texts_and_values_are_text():
    columns = {
        "text": (pa.array(["Un café 猫", None]), ["Un café 猫", ""]),
        "large": (pa.array(["a", "b"], pa.large_string()), ["a", "b"]),
        "view": (pa.array(["a", "b"], pa.string_view()), ["a", "b"]),
        "views": (pa.array([["a"], []], pa.list_(pa.string_view())), [("a",), ()]),
        "dictionary": (pa.array(["a", "b"]).dictionary_encode(), ["a", "b"]),
        "texts": (CAPTIONS, [("A cat", "A pet"), ()]),
        "large texts": (pa.array([["a"], None], pa.large_list(pa.string())), [("a",), ()]),
        "integer": (pa.array([3, None]), ["3", ""]),
        "float": (pa.array([3.0, 0.5]), ["3", "0.5"]),
        "truth": (pa.array([True, False]), ["TRUE", "FALSE"]),
        "nothing": (pa.nulls(2), ["", ""]),
    }
    (batch,) = ParquetTable(
        parquet({name: given for name, (given, _) in columns.items()})
    ).batches()
    assert batch == {name: text for name, (_, text) in columns.items()}


def test_labels_read_as_the_words_that_hugging_face_notes():
    kind = {"names": ["cat", "dog"], "_type": "ClassLabel"}
    table = pa.table({"label": [1, 0, -1, 7, None], "all": [[0, 1], [1], [], None, [9]]})
    features = {
        "label": kind,
        "all": {"feature": kind, "_type": "List"},
        "image": {"_type": "Image"},
    }
    (batch,) = ParquetTable(parquet_of(with_features(table, features))).batches()
    assert batch["label"] == ["dog", "cat", "", "7", ""]
    assert batch["all"] == [("cat", "dog"), ("dog",), (), (), ("9",)]


@pytest.mark.parametrize(
    "note", [b"no json", b"[]", b'{"info": 3}', b"[" * 100_000, b'{"info": {"features": [1]}}']
)
def test_a_note_that_makes_no_sense_is_passed_over(note):
    assert _labels(note) == {}


def test_rows_come_a_few_at_a_time_and_only_the_columns_that_are_asked_for(monkeypatch):
    monkeypatch.setattr(module, "_ROWS", 400)
    count = 1_000
    pictures = pa.array([{"bytes": CAT, "path": f"{n}.png"} for n in range(count)], IMAGE)
    table = ParquetTable(parquet({"image": pictures, "text": list(map(str, range(count)))}))
    batches = list(table.batches(["text"]))
    assert [len(batch["text"]) for batch in batches] == [400, 400, 200]
    assert [text for batch in batches for text in batch["text"]] == list(map(str, range(count)))
    assert all(batch.keys() == {"text"} for batch in batches)
    batches = list(table.batches())
    assert max(len(batch["image"]) for batch in batches) == 16
    assert batches[1]["image"][0] == ParquetPicture("16.png", CAT)
    assert batches[1]["text"][0] == "16"


def test_reading_may_stop_early_and_begin_again():
    table = ParquetTable(parquet({"image": pa.array([CAT] * 40)}))
    reading = table.batches()
    next(reading)
    reading.close()
    assert sum(len(batch["image"]) for batch in table.batches()) == 40


def test_columns_keep_the_order_in_which_they_are_asked_for():
    table = ParquetTable(parquet({"a": ["1"], "a.b": ["2"], "c": ["3"]}))
    assert list(table.batches(["c", "a"])) == [{"c": ["3"], "a": ["1"]}]
    with pytest.raises(KeyError):
        next(table.batches(["d"]))


def test_a_file_of_this_machine_is_read_from_its_path(tmp_path):
    path = tmp_path / "train.parquet"
    path.write_bytes(parquet({"text": ["A cat"]}))
    assert list(ParquetTable(path).batches()) == [{"text": ["A cat"]}]
    with pytest.raises(CollectionError, match="cannot be opened"):
        ParquetTable(tmp_path / "none.parquet")
    path.write_bytes(b"PA")
    with pytest.raises(CollectionError, match="no Parquet file"):
        ParquetTable(path)


def test_a_table_without_rows_or_readable_columns_gives_no_batches():
    assert list(ParquetTable(parquet({"text": pa.array([], pa.string())})).batches()) == []
    assert list(ParquetTable(parquet({"meta": [{"a": 1}]})).batches()) == []


GOOD = parquet({"text": ["A cat", "A dog"] * 50})


def with_footer(data: bytes, length: int) -> bytes:
    return data[:-8] + length.to_bytes(4, "little") + data[-4:]


BAD = {
    "empty": b"",
    "words": b"file_name,text\na.jpg,A cat",
    "magic": b"PAR1",
    "twice": b"PAR1PAR1",
    "encrypted": b"PARE" + GOOD[4:-4] + b"PARE",
    "cut": GOOD[:-100],
    "middle": GOOD[:100] + GOOD[200:],
    "no pages": GOOD[:4] + bytes(60) + GOOD[64:],
    "footer 0": with_footer(GOOD, 0),
    "footer 1": with_footer(GOOD, 1),
    "footer long": with_footer(GOOD, len(GOOD) * 2),
    "footer huge": with_footer(GOOD, 2**32 - 1),
    "footer early": with_footer(GOOD, len(GOOD) - 20),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_is_refused_in_one_plain_line(name):
    with pytest.raises(CollectionError) as refusal:
        list(ParquetTable(BAD[name], f"{name}.parquet").batches())
    assert_plain_line(str(refusal.value), f"{name}.parquet")


def test_pages_of_a_few_kilobytes_that_unpack_to_gigabytes_are_refused(monkeypatch):
    monkeypatch.setattr(module, "_MEMORY", 2**29)
    assert list(ParquetTable(GOOD).batches())
    text = pa.chunked_array([pa.array([b"a" * 2**26])] * 4)
    bomb = parquet({"text": text}, compression="zstd", use_dictionary=False, write_statistics=False)
    assert len(bomb) < 20_000
    with pytest.raises(CollectionError, match="unpacks to more"):
        list(ParquetTable(bomb).batches())


def test_a_few_words_that_stand_for_gigabytes_of_text_are_refused():
    words = pa.DictionaryArray.from_arrays(pa.array([0] * 1_000), pa.array(["a" * 10 * 2**20]))
    bomb = parquet({"text": words}, compression="zstd")
    assert len(bomb) < 5_000
    with pytest.raises(CollectionError, match="unpacks to more"):
        list(ParquetTable(bomb).batches())


@pytest.mark.parametrize(("bound", "says"), [("ROWS", "99 rows"), ("COLUMNS", "99 columns")])
def test_more_rows_or_columns_than_are_allowed_are_refused(monkeypatch, bound, says):
    monkeypatch.setattr(module, f"MAX_PARQUET_{bound}", 99)
    monkeypatch.setitem(module._REFUSALS, bound.lower(), f"has more than {says}. Save fewer.")
    with pytest.raises(CollectionError, match=says):
        ParquetTable(parquet({f"c{number}": ["x"] * 100 for number in range(100)}))


def test_a_column_name_that_stands_twice_is_not_read():
    data = parquet_of(pa.table([["a"], ["b"], ["c"]], names=["text", "text", "other"]))
    table = ParquetTable(data)
    assert table.columns == {"text": "", "other": "text"}
    assert list(table.batches()) == [{"other": ["c"]}]


def test_a_reading_process_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(module, "_SECONDS", 0)
    with pytest.raises(CollectionError):
        ParquetTable(GOOD)
