"""A Parquet file: captions, labels and pictures in columns, read a few rows at a time."""

import json
from collections.abc import Generator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from collection.cell_text import cell_text
from collection.errors import CollectionError
from collection.limits import MAX_UPLOAD_BYTES
from collection.separate_process import SeparateProcess

PARQUET_EXTENSIONS = ("parquet",)
"""Extensions of the files that can be read, for an upload widget; the content decides."""

MAX_PARQUET_ROWS = 10_000_000
MAX_PARQUET_COLUMNS = 1_000
_MEMORY = 3 * 2**29
"""Bytes that the reading process may have beside the file, of which Arrow itself takes 0.3 GB."""

_SECONDS = 60
_MAGIC, _ENCRYPTED = b"PAR1", b"PARE"
_ROWS, _PICTURE_ROWS, _VECTOR_ROWS = 1024, 16, 128

ColumnContent = Literal["text", "texts", "picture", "value", ""]
"""What a column holds; empty for what is not read here, such as records in records."""


class ParquetPicture(NamedTuple):
    """A picture in a cell: its file name and its bytes, either of them empty if not there."""

    name: str
    data: bytes


NOTE = "shared_space"
"""Under this name the schema of our own files says what their columns of vectors hold."""


class ParquetLists(NamedTuple):
    """The lists of floats in some rows: how long each is, int (n,), and all numbers in a row.

    A list that is not there has length 0; a number that is not there is NaN.
    """

    lengths: npt.NDArray[Any]
    numbers: npt.NDArray[Any]


ParquetCell = str | tuple[str, ...] | ParquetPicture | None
"""None stands for a picture that is not there; a text that is not there is empty."""


class ParquetTable:
    """The columns of a Parquet file.

    `columns` maps each name to what it holds, in order, and `row_count` is what the file states.
    `vector_columns` are the names of those with lists of floats, which are no captions; `note` is
    what the schema says under `NOTE`.
    Raises CollectionError, one plain line, for what is damaged, encrypted or beyond the bounds.
    The file is read in a process of its own, which may have 1.5 GB of memory beside it: what a
    page says that it unpacks to is only a claim, and 20 kB can unpack to gigabytes.
    """

    def __init__(self, source: bytes | Path, name: str = "The Parquet file") -> None:
        self.name = name
        self._source = source
        _check(source, name)
        with self._reading(()) as process:
            found = self._description(process)
            if not process.ended_well():
                raise self._refusal("damaged")
        self.row_count: int = found["rows"]
        contents: dict[str, str] = dict(found["columns"])
        self.vector_columns = tuple(n for n, content in contents.items() if content == "vector")
        self.columns: dict[str, ColumnContent] = {
            name: "" if content == "vector" else cast(ColumnContent, content)
            for name, content in contents.items()
        }
        self.note: str = found["note"]
        self._labels: dict[str, list[str]] = found["labels"]

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of all columns, in order."""
        return tuple(self.columns)

    def batches(
        self, columns: Sequence[str] | None = None
    ) -> Generator[dict[str, list[ParquetCell]], None, None]:
        """Yield column → cells, a few rows at a time, for these columns or all that can be read.

        Captions and labels are text, numbers too; labels read as the words that Hugging Face
        notes for them. Raises CollectionError where the file turns out to be damaged.
        """
        wanted = [
            column
            for column in (self.columns if columns is None else columns)
            if self.columns[column]
        ]
        pictures = any(self.columns[column] == "picture" for column in wanted)
        with closing(self._raw_batches(wanted, _PICTURE_ROWS if pictures else _ROWS)) as batches:
            for batch in batches:
                yield {
                    column: self._cells(column, batch.column(place))
                    for place, column in enumerate(wanted)
                }

    def vector_batches(
        self, texts: Sequence[str], vectors: Sequence[str]
    ) -> Generator[tuple[dict[str, list[ParquetCell]], dict[str, ParquetLists]], None, None]:
        """Yield the cells of columns of text, and columns of lists of floats, some rows at a time.

        Raises CollectionError where the file turns out to be damaged.
        """
        wanted = [*texts, *vectors]
        with closing(self._raw_batches(wanted, _VECTOR_ROWS)) as batches:
            for batch in batches:
                found = dict(zip(wanted, batch.columns, strict=True))
                yield (
                    {column: self._cells(column, found[column]) for column in texts},
                    {column: _lists(found[column]) for column in vectors},
                )

    def _raw_batches(
        self, columns: Sequence[str], rows: int
    ) -> Generator[pa.RecordBatch, None, None]:
        if not columns:
            return
        with self._reading(columns, rows) as process:
            self._description(process)
            with closing(self._arrow_batches(process)) as batches:
                yield from batches

    def _reading(self, columns: Sequence[str], rows: int = 1) -> SeparateProcess:
        wanted = {
            "path": "" if isinstance(self._source, bytes) else str(self._source.absolute()),
            "columns": columns,
            "rows": rows,
            "note": NOTE,
            "memory": _MEMORY,
            "most_rows": MAX_PARQUET_ROWS,
            "most_columns": MAX_PARQUET_COLUMNS,
        }
        return SeparateProcess("collection.parquet_process", json.dumps(wanted))

    def _description(self, process: SeparateProcess) -> dict[str, Any]:
        with process.at_most(_SECONDS):
            process.write(self._source if isinstance(self._source, bytes) else b"")
            line = process.output.readline()
        if not line.endswith(b"\n"):
            raise self._refusal("damaged")
        found: dict[str, Any] = json.loads(line)
        if "refusal" in found:
            raise self._refusal(found["refusal"])
        return found

    def _arrow_batches(self, process: SeparateProcess) -> Generator[pa.RecordBatch, None, None]:
        """Yield what the process sends; CollectionError if it ends before its work is done."""
        try:
            with process.at_most(_SECONDS):
                stream = pa.ipc.open_stream(process.output)
            while True:
                with process.at_most(_SECONDS):
                    batch = next(stream, None)
                if batch is None:
                    break
                yield batch
        except (pa.ArrowException, OSError, ValueError, EOFError) as error:
            raise self._refusal("damaged") from error
        with process.at_most(_SECONDS):
            if not process.ended_well():
                raise self._refusal("damaged")

    def _cells(self, column: str, cells: pa.Array) -> list[ParquetCell]:
        values = cells.to_pylist()
        classes = self._labels.get(column, [])
        match self.columns[column]:
            case "picture":
                return [_picture(value) for value in values]
            case "texts":
                return [tuple(_text(text, classes) for text in value or ()) for value in values]
            case _:
                return [_text(value, classes) for value in values]

    def _refusal(self, reason: str) -> CollectionError:
        return CollectionError(f"{self.name} {_REFUSALS[reason]}")


UNPACKS_TO_MORE = (
    "is damaged, encrypted, or unpacks to more than can be read at once. Save it again "
    "without encryption, or as CSV beside the pictures, and upload that."
)

_REFUSALS = {
    "damaged": UNPACKS_TO_MORE,
    "encrypted": "is encrypted. Save it without encryption and upload that.",
    "rows": f"says that it has more than {MAX_PARQUET_ROWS:,} rows. Save fewer and upload that.",
    "columns": f"has more than {MAX_PARQUET_COLUMNS:,} columns. Save only those that are needed "
    "and upload that.",
    "large": f"is larger than {MAX_UPLOAD_BYTES // 2**20} MB. Save fewer rows and upload that.",
    "other": "is no Parquet file, or was cut short. Save it again and upload that.",
    "gone": "cannot be opened. See whether the path is right and the file may be read.",
}


def _check(source: bytes | Path, name: str) -> None:
    try:
        reason = _refused_at_once(source)
    except OSError:
        reason = "gone"
    if reason:
        raise CollectionError(f"{name} {_REFUSALS[reason]}")


def _refused_at_once(source: bytes | Path) -> str | None:
    if isinstance(source, bytes):
        if len(source) > MAX_UPLOAD_BYTES:
            return "large"
        head, tail = source[:4], source[-4:]
    else:
        with source.open("rb") as file:
            head = file.read(4)
            file.seek(-min(4, source.stat().st_size), 2)
            tail = file.read(4)
    if _ENCRYPTED in (head, tail):
        return "encrypted"
    return None if head == tail == _MAGIC else "other"


def _picture(value: object) -> ParquetPicture | None:
    if isinstance(value, bytes):
        return ParquetPicture("", value)
    if isinstance(value, dict) and (value.get("bytes") or value.get("path")):
        return ParquetPicture(value.get("path") or "", value["bytes"] or b"")
    return None


def _lists(column: Any) -> ParquetLists:
    lengths = pc.fill_null(pc.list_value_length(column), 0)
    return ParquetLists(
        lengths.to_numpy(zero_copy_only=False), column.flatten().to_numpy(zero_copy_only=False)
    )


def _text(value: object, classes: Sequence[str]) -> str:
    """Return the text of a cell; with `classes`, a number is a label, and -1 stands for none."""
    if classes and isinstance(value, int):
        if value == -1:
            return ""
        return classes[value] if 0 <= value < len(classes) else str(value)
    return cell_text(value)
