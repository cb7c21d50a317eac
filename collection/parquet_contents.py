"""What a Parquet file brings: rows of a table, and the pictures that lie in them."""

import posixpath
from dataclasses import dataclass, field

from collection.cells import Cell
from collection.columns import FILE_NAME_COLUMNS, column_name, named_columns
from collection.file_name import display_name
from collection.grid import Grid, Record
from collection.limits import MAX_UPLOAD_BYTES
from collection.parquet_table import ParquetCell, ParquetPicture, ParquetTable
from collection.table_complaints import MAX_TABLE_ROWS
from collection.upload import Remark


@dataclass
class ParquetContents:
    """The rows, and file name → bytes of the pictures in them, by which the rows name them."""

    grid: Grid
    pictures: dict[str, bytes] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


def parquet_contents(path: str, data: bytes) -> ParquetContents:
    """Read a Parquet file up to the limits of an upload; raises CollectionError if it is none."""
    name = display_name(path)
    table = ParquetTable(data, name)
    columns = [column for column, content in table.columns.items() if content]
    picture_columns = [c for c in columns if table.columns[c] == "picture"]
    holder = picture_columns[0] if picture_columns else None
    reader = _Reader(posixpath.splitext(name)[0])
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

    def __init__(self, stem: str) -> None:
        self.records: list[Record] = []
        self.pictures: dict[str, bytes] = {}
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
        if self.pictures.get(name, cell.data) != cell.data:
            name = f"{self._stem} {number}/{name}"
        self.pictures[name] = cell.data
        return name


def _as_cell(cell: ParquetCell) -> Cell:
    return cell if isinstance(cell, str | tuple) and not isinstance(cell, ParquetPicture) else ""


def _is_unknown(column: str) -> bool:
    return column_name(column) not in FILE_NAME_COLUMNS
