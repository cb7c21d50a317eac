"""What a Parquet file brings: rows of a table, and the pictures that lie in them."""

import hashlib
import posixpath
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from collection.cells import Cell
from collection.columns import FILE_NAME_COLUMNS, column_name, named_columns
from collection.errors import CollectionError
from collection.file_name import display_name
from collection.grid import Grid, Record
from collection.limits import MAX_UPLOAD_BYTES
from collection.parquet_table import (
    UNPACKS_TO_MORE,
    ParquetCell,
    ParquetPicture,
    ParquetTable,
)
from collection.random_sample import SAMPLE_SEED
from collection.row_sample import RowSample, RowsTaken
from collection.table_complaints import MAX_TABLE_ROWS

_READ = frozenset({"text", "texts", "picture", "value"})
"""The contents of columns that a collection has a use for."""

_MOST_UNPACKED = 16 * MAX_UPLOAD_BYTES
"""Bytes: all rows of an upload are read to draw from them, and few bytes may stand for endless."""


@dataclass
class ParquetContents:
    """The rows, and the pictures in them: the names that the rows give → what reads the bytes.

    sample: how many rows were taken at random, where all are more than fit.
    """

    grid: Grid
    pictures: Mapping[str, Callable[[], bytes]]
    sample: RowsTaken | None = None


class OneAtATime:
    """Sees to it that of many files on disk the pictures of one alone are held open."""

    _open: "_PicturesOnDisk | None" = None

    def turn(self, file: "_PicturesOnDisk") -> None:
        """Close the file that was read before, for this one is read now."""
        if self._open is not file:
            self.close()
        self._open = file

    def close(self) -> None:
        """Close the file that was read last."""
        if self._open is not None:
            self._open.close()
        self._open = None


def parquet_contents(
    path: str,
    source: bytes | Path,
    turns: OneAtATime | None = None,
    seed: int = SAMPLE_SEED,
) -> ParquetContents:
    """Read a Parquet file: an upload up to its limits, or one on disk, whose pictures stay there.

    Of more rows than there is room for, a random sample is taken, the same for the same `seed`.
    Raises CollectionError if it is none.
    """
    name = display_name(path)
    table = ParquetTable(source, name)
    columns = [column for column, content in table.columns.items() if content in _READ]
    picture_columns = [c for c in columns if table.columns[c] == "picture"]
    holder = picture_columns[0] if picture_columns else None
    on_disk = None
    if isinstance(source, Path) and holder:
        on_disk = _PicturesOnDisk(table, holder, turns or OneAtATime())
    header = ["image" if c == holder and _is_unknown(c) else c for c in columns]
    names = named_columns(header)
    sample = _SampledRows(columns, picture_columns, names.file_name, seed)
    unpacked = 0
    for batch in table.batches(columns):
        for row in zip(*(batch[column] for column in columns), strict=True):
            unpacked += sample.take(row, picture_stays=on_disk is not None)
        if isinstance(source, bytes) and unpacked > _MOST_UNPACKED:
            raise CollectionError(f"{name} {UNPACKS_TO_MORE}")
    records, pictures = _named(sample.rows(), posixpath.splitext(name)[0], on_disk)
    known = names.file_name is not None and bool(names.texts)
    return ParquetContents(
        Grid(tuple(header), records, len(header), known, unit="row"), pictures, sample.taken(name)
    )


@dataclass(slots=True)
class _Row:
    """A row that is held: its number, from 1, its cells, and the name and digest of its picture.

    `at`: the place of the picture's cell; `data`: its bytes, with the first row that has them.
    """

    number: int
    cells: list[Cell]
    at: int = -1
    name: str = ""
    digest: bytes = b""
    data: bytes = b""


class _SampledRows:
    """The rows of a table, or a random sample of them where they are more than fit."""

    def __init__(
        self, columns: list[str], picture_columns: list[str], file_name: int | None, seed: int
    ) -> None:
        self._pictures = frozenset(map(columns.index, picture_columns))
        self._holder = columns.index(picture_columns[0]) if picture_columns else None
        self._file_name = file_name
        self._seed = seed
        self._sample = RowSample[_Row](MAX_TABLE_ROWS, MAX_UPLOAD_BYTES, seed)

    def take(self, row: Sequence[ParquetCell], *, picture_stays: bool) -> int:
        """Take a row, and return the bytes that it unpacked to.

        picture_stays: its picture is left where it lies, and takes no room.
        """
        cells = ["" if at in self._pictures else _as_cell(cell) for at, cell in enumerate(row)]
        taken = _Row(self._sample.seen + 1, cells)
        size = sum(map(_text_size, cells))
        picture = None if self._holder is None else row[self._holder]
        key = b"row %d" % taken.number
        if isinstance(picture, ParquetPicture) and self._holder is not None:
            taken.at, taken.name = self._holder, picture.name
            key = b"name " + picture.name.encode("utf-8", "surrogatepass")
            if picture.data:
                taken.digest = hashlib.sha256(picture.data).digest()
                key = b"picture " + taken.digest
        elif self._file_name is not None and cells[self._file_name]:
            key = b"name " + str(cells[self._file_name]).encode("utf-8", "surrogatepass")
        rank = self._sample.rank_of(key)
        unpacked = size + (len(picture.data) if isinstance(picture, ParquetPicture) else 0)
        if taken.digest and not picture_stays and not self._sample.holds(rank):
            assert isinstance(picture, ParquetPicture)
            taken.data = picture.data
        self._sample.add(rank, taken, size + len(taken.data))
        return unpacked

    def rows(self) -> list[_Row]:
        """Return the rows that are held, in their order."""
        return sorted(self._sample.rows(), key=lambda row: row.number)

    def taken(self, name: str) -> RowsTaken | None:
        """Return what is said of the sample; None where all rows are held."""
        held, seen = self._sample.row_count, self._sample.seen
        return None if held == seen else RowsTaken(name, held, seen, self._seed)


def _named(
    rows: Sequence[_Row], stem: str, on_disk: "_PicturesOnDisk | None"
) -> tuple[list[Record], dict[str, Callable[[], bytes]]]:
    """Return the rows with the names of their pictures, and the pictures by these names.

    Two pictures of one name are told apart by the number of the second one's row.
    """
    pictures: dict[str, Callable[[], bytes]] = {}
    digests: dict[str, bytes] = {}
    data = {row.digest: row.data for row in rows if row.data}
    for row in rows:
        if row.at < 0:
            continue
        name = posixpath.normpath(row.name.replace("\\", "/")).lstrip("/") if row.name else ""
        if row.digest:
            name = name or f"{stem} {row.number}"
            if digests.get(name, row.digest) != row.digest:
                name = f"{stem} {row.number}/{name}"
            digests[name] = row.digest
            if name not in pictures:
                lies_there = partial(on_disk.read, row.number - 1) if on_disk else None
                pictures[name] = lies_there or partial(bytes, data[row.digest])
        row.cells[row.at] = name
    return [Record(row.number, row.cells) for row in rows], pictures


class _PicturesOnDisk:
    """The pictures of a file on disk, a few in memory at a time; best read in the rows' order."""

    def __init__(self, table: ParquetTable, column: str, turns: OneAtATime) -> None:
        self._table, self._column, self._turns = table, column, turns
        self._batches: Generator[Mapping[str, list[ParquetCell]], None, None] | None = None
        self._cells: list[ParquetCell] = []
        self._first = 0

    def read(self, row: int) -> bytes:
        """Return the bytes of the picture in this row, counted from 0."""
        self._turns.turn(self)
        if self._batches is None or row < self._first:
            self.close()
            self._batches = self._table.batches([self._column])
        while row >= self._first + len(self._cells):
            self._first += len(self._cells)
            batch = next(self._batches, None)
            if batch is None:
                raise CollectionError(f"{self._table.name} has changed meanwhile. Open it again.")
            self._cells = batch[self._column]
        picture = self._cells[row - self._first]
        return picture.data if isinstance(picture, ParquetPicture) else b""

    def close(self) -> None:
        """Let the file go; the next read opens it again."""
        if self._batches is not None:
            self._batches.close()
        self._batches, self._cells, self._first = None, [], 0


def _as_cell(cell: ParquetCell) -> Cell:
    return cell if isinstance(cell, str | tuple) and not isinstance(cell, ParquetPicture) else ""


def _text_size(cell: Cell) -> int:
    return len(cell) if isinstance(cell, str) else sum(map(len, cell))


def _is_unknown(column: str) -> bool:
    return column_name(column) not in FILE_NAME_COLUMNS
