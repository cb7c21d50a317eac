"""Hundreds of damaged files for each reader: what is no longer sound is refused, in words."""

import io
import json
import pickle
import random
import tarfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext

import pyarrow as pa
import pytest

from collection import parquet_table as parquet_module
from collection.errors import CollectionError
from collection.json_table import read_json
from collection.parquet_process import answer
from collection.parquet_table import ParquetTable
from collection.separate_process import SeparateProcess
from collection.tar_archive import tar_archive
from collection.workbook import read_workbook
from tests.collection.odd_files import png_bytes
from tests.collection.odd_workbooks import (
    IMAGE,
    XLS,
    number_cell,
    ods,
    ods_cell,
    parquet,
    text_cell,
    xlsx,
)
from tests.collection.test_tar_archive import member, tar_of

WORDS = ["a.png", "b.png"]
EXCEL = xlsx(*(
    f'<row r="{row}">{text_cell(f"A{row}", "a.png")}{number_cell(f"B{row}", row)}</row>'
    for row in range(1, 20)
))  # fmt: skip
LIBRE = ods(*(
    f"<table:table-row>{ods_cell('a.png')}{ods_cell('A cat', 3)}</table:table-row>"
    for _ in range(20)
))  # fmt: skip
PICTURES = pa.array([{"bytes": png_bytes(n), "path": name} for n, name in enumerate(WORDS)], IMAGE)
PARQUET = [
    parquet({"image": PICTURES, "text": WORDS, "all": [["A cat"], []], "n": [1, 2]}),
    parquet({"text": WORDS * 300, "n": [0.5] * 600}, compression="none", data_page_version="2.0"),
]
TAR_FILES = [
    ("a.png", png_bytes()),
    ("metadata.csv", b"file_name,text\na.png,A cat\n"),
    (member("link.png", tarfile.SYMTYPE, linkname="a.png"), b""),
    ("é" * 120 + ".png", b"x" * 600),
]
TARS = [tar_of(*TAR_FILES), tar_of(*TAR_FILES, form=tarfile.GNU_FORMAT)]
RECORDS = [{"file_name": name, "captions": ["A cat", None], "n": 1.5e3} for name in WORDS * 5]
COCO = {
    "images": [{"id": n, "file_name": name} for n, name in enumerate(WORDS)],
    "annotations": [{"image_id": n, "caption": "A cat", "category_id": 1} for n in range(2)],
    "categories": [{"id": 1, "name": "cat"}],
}
JSON = [
    json.dumps(COCO).encode(),
    json.dumps(RECORDS, indent=1).encode("utf-16"),
    "\n".join(map(json.dumps, RECORDS)).encode(),
    json.dumps({"a.png": "A cat", "b.png": {"caption": ["A dog"], "label": None}}).encode(),
]


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The file with bytes changed, cut, moved, doubled or overwritten with extreme numbers."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        # Half of the damage is near an end, where the tables of contents stand.
        near = chance.choice((len(found), 64, 600))
        at = chance.choice((chance.randrange(near), -1 - chance.randrange(near))) % len(found)
        size = chance.choice((1, 2, 4, 8, 64, 700))
        match chance.randrange(7):
            case 0 | 1:
                found[at] = chance.randrange(256)
            case 2:
                found[at] ^= 1 << chance.randrange(8)
            case 3:
                extreme = chance.choice((b"\xff", b"\x7f", b"\0", b"\x80", b"9", b"[", b"{"))
                found[at : at + size] = extreme * len(found[at : at + size])
            case 4:
                del found[at : at + size]
            case 5:
                found[at:at] = found[: chance.randrange(len(found))][-size:]
            case _:
                found = found[: max(at, 1)] if chance.random() < 0.3 else found
        if not found:
            return b""
    return bytes(found)


def many_damaged(goods: Iterable[bytes], count: int) -> list[bytes]:
    chance = random.Random(12)
    return [damaged(good, chance) for good in goods for _ in range(count)]


def outcomes(
    read: Callable[[bytes], object], goods: Iterable[bytes], count: int
) -> Iterator[CollectionError | None]:
    """Read damaged files, two at a time; yield None for each that still could be read."""

    def outcome(data: bytes) -> CollectionError | None:
        try:
            read(data)
        except CollectionError as error:
            return error
        return None

    with ThreadPoolExecutor(2) as pool:
        yield from pool.map(outcome, many_damaged(goods, count))


READERS = {
    "json": (read_json, JSON, 400),
    "tar": (lambda data: tar_archive("a.tar", data), TARS, 400),
    "workbook": (read_workbook, [EXCEL, LIBRE, XLS], 25),
    "parquet": (lambda data: list(ParquetTable(data).batches()), PARQUET, 4),
}


@pytest.mark.parametrize("name", READERS)
def test_a_damaged_file_is_read_or_refused_in_a_plain_line_and_never_anything_else(name):
    read, goods, count = READERS[name]
    for good in goods:
        read(good)
    found = list(outcomes(read, goods, count))
    refused = [str(error) for error in found if error is not None]
    assert all("\n" not in text and text.endswith(".") for text in refused)
    # A test of anything needs both: files that are refused, and files that still are read.
    assert 0 < len(refused) < len(found) == len(goods) * count


@pytest.mark.parametrize("name", READERS)
def test_files_of_other_kinds_and_noise_are_refused(name):
    read, goods, _ = READERS[name]
    noise = [random.Random(seed).randbytes(10 ** (seed + 1)) for seed in range(5)]
    others = [files[0] for _, files, _ in READERS.values() if files is not goods]
    for data in (b"", b"\0", b"\0" * 300, *noise, *others, goods[0][:3], goods[0][:40]):
        with pytest.raises(CollectionError):
            read(data)


def test_hundreds_of_damaged_parquet_files_neither_end_nor_stall_the_process_that_reads_them():
    # All in one such process: to begin one for each takes longer than to read it.
    files = many_damaged(PARQUET, 200)
    wanted = {"columns": ["text", "n"], "rows": 64, "most_rows": 10**7, "most_columns": 1_000}
    with SeparateProcess("tests.collection.damaged_parquet_process") as process:
        with process.at_most(60):
            process.write(pickle.dumps((files, wanted)))
            words = json.loads(process.output.read() or "[]")
        assert process.ended_well()
    assert len(words) == len(files)
    assert 0 < words.count("read") < len(files)


class Ended:
    """Instead of the process: one that has sent so much of an answer, and ended well or not."""

    sent, well = b"", True

    def __init__(self, *_: str) -> None:
        self.output = io.BytesIO(self.sent)

    def __enter__(self) -> "Ended":
        return self

    def __exit__(self, *_: object) -> None:
        self.output.close()

    def write(self, data: bytes) -> None:
        pass

    def ended_well(self) -> bool:
        return self.well

    def at_most(self, _seconds: float) -> AbstractContextManager[None]:
        return nullcontext()


def test_an_answer_counts_only_if_it_is_whole_and_the_process_ended_well(monkeypatch):
    data = parquet({"text": WORDS * 300})
    wanted = {"columns": ["text"], "rows": 64, "most_rows": 600, "most_columns": 1}
    output = io.BytesIO()
    answer(io.BytesIO(data), wanted, output)
    table = ParquetTable(data)
    monkeypatch.setattr(parquet_module, "SeparateProcess", Ended)
    Ended.sent = whole = output.getvalue()
    assert sum(len(batch["text"]) for batch in table.batches()) == 600
    monkeypatch.setattr(Ended, "well", False)
    chance = random.Random(3)
    for cut in [0, whole.index(b"\n") + 1, *(chance.randrange(len(whole)) for _ in range(200))]:
        Ended.sent = whole[:cut]
        with pytest.raises(CollectionError):
            list(table.batches())
    Ended.sent = whole
    with pytest.raises(CollectionError):
        list(table.batches())
