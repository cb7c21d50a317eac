"""What a Parquet file brings: rows of a table, and the pictures that lie in them."""

import hashlib
import posixpath
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from collection.cells import Cell
from collection.columns import FILE_NAME_COLUMNS, column_name, named_columns
from collection.errors import CollectionError
from collection.file_name import display_name
from collection.grid import Grid, Record
from collection.limits import MAX_UPLOAD_BYTES
from collection.parquet_table import ParquetCell, ParquetPicture, ParquetTable
from collection.table_complaints import MAX_TABLE_ROWS
from collection.upload import Remark


@dataclass
class ParquetContents:
    """The rows, and the pictures in them: the names that the rows give → what reads the bytes."""

    grid: Grid
    pictures: Mapping[str, Callable[[], bytes]]
    remarks: list[Remark] = field(default_factory=list)


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
    path: str, source: bytes | Path, turns: OneAtATime | None = None
) -> ParquetContents:
    """Read a Parquet file: an upload up to its limits, or one on disk, whose pictures stay there.

    Raises CollectionError if it is none.
    """
    name = display_name(path)
    table = ParquetTable(source, name)
    columns = [column for column, content in table.columns.items() if content]
    picture_columns = [c for c in columns if table.columns[c] == "picture"]
    holder = picture_columns[0] if picture_columns else None
    on_disk = None
    if isinstance(source, Path) and holder:
        on_disk = _PicturesOnDisk(table, holder, turns or OneAtATime())
    reader = _Reader(posixpath.splitext(name)[0], on_disk)
    for batch in table.batches(columns):
        for row in zip(*(batch[column] for column in columns), strict=True):
            if not reader.take(dict(zip(columns, row, strict=True)), holder, picture_columns):
                break
        if reader.full:
            break
    header = ["image" if c == holder and _is_unknown(c) else c for c in columns]
    names = named_columns(header)
    known = names.file_name is not None and bool(names.texts)
    result = ParquetContents(
        Grid(tuple(header), reader.records, len(header), known, unit="row"), reader.pictures
    )
    if reader.full:
        words = f"{name}: only the first {len(reader.records):,} of {table.row_count:,} rows were "
        advice = "read, for more is larger than an upload may be. Save the rest as a second file."
        result.remarks.append(Remark(words + advice, serious=True))
    return result


class _Reader:
    """Takes rows, and the pictures in them out of them, until the limits are reached."""

    def __init__(self, stem: str, on_disk: "_PicturesOnDisk | None") -> None:
        self.records: list[Record] = []
        self.pictures: dict[str, Callable[[], bytes]] = {}
        self._digests: dict[str, bytes] = {}
        self._on_disk = on_disk
        self.full = False
        self._stem = stem
        self._bytes = 0

    def take(
        self, row: dict[str, ParquetCell], holder: str | None, picture_columns: list[str]
    ) -> bool:
        """Take a row; False if there is no more room."""
        picture = row.get(holder) if holder else None
        size = len(picture.data) if isinstance(picture, ParquetPicture) else 0
        if len(self.records) >= MAX_TABLE_ROWS or self._bytes + size > MAX_UPLOAD_BYTES:
            self.full = True
            return False
        if not self._on_disk:
            self._bytes += size
        cells: list[Cell] = []
        for column, cell in row.items():
            if column == holder:
                cells.append(self._named(cell))
            else:
                cells.append("" if column in picture_columns else _as_cell(cell))
        self.records.append(Record(len(self.records) + 1, cells))
        return True

    def _named(self, cell: ParquetCell) -> str:
        """Return the name under which a row's picture can be found; equal ones are told apart."""
        if not isinstance(cell, ParquetPicture):
            return ""
        number = len(self.records) + 1
        name = posixpath.normpath(cell.name.replace("\\", "/")).lstrip("/") if cell.name else ""
        if not cell.data:
            return name
        name = name or f"{self._stem} {number}"
        digest = hashlib.sha256(cell.data).digest()
        if self._digests.get(name, digest) != digest:
            name = f"{self._stem} {number}/{name}"
        self._digests[name] = digest
        if name not in self.pictures:
            on_disk = self._on_disk
            lies_there = partial(on_disk.read, number - 1) if on_disk else None
            self.pictures[name] = lies_there or partial(bytes, cell.data)
        return name


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


def _is_unknown(column: str) -> bool:
    return column_name(column) not in FILE_NAME_COLUMNS
