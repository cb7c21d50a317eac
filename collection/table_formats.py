"""The formats in which tables come, and what reads each of them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from collection.caption_rows import CaptionTable
from collection.caption_table import read_caption_table, table_of
from collection.columns import Columns, IsPicture
from collection.errors import CollectionError
from collection.file_name import display_name, extension, listed
from collection.grid import objects_grid, rows_grid
from collection.json_table import read_json
from collection.table_unclear import TableUnclear
from collection.upload import Remark
from collection.workbook import WORKBOOK_EXTENSIONS, read_workbook

TableReader = Callable[[str, bytes, IsPicture, Columns | None], CaptionTable]


def read_table(
    path: str,
    data: bytes,
    is_picture: IsPicture,
    columns: Columns | None = None,
    encoding: str | None = None,
) -> CaptionTable:
    """Read a table in whichever format its name says.

    `columns` and `encoding` where the person has said them. Raises what `read_caption_table`
    raises.
    """
    if reader := _FORMATS.get(extension(path)):
        return reader(path, data, is_picture, columns)
    return read_caption_table(path, data, is_picture, columns, encoding=encoding)


def _read_json(
    path: str, data: bytes, is_picture: IsPicture, columns: Columns | None
) -> CaptionTable:
    name = display_name(path)
    found = read_json(data, name)
    no_captions = CollectionError(
        f"{name} has no list of pictures and captions that can be read. Save them as "
        '[{"file_name": "cat.jpg", "text": "A cat"}] and upload that.'
    )
    # COCO lists pictures that have nothing in this file beside those that have.
    rows = [row for row in found.rows if len(row) > 1 or found.layout != "COCO"]
    grid = objects_grid(list(enumerate(rows, start=1)))
    if grid is None:
        raise no_captions
    try:
        table = table_of(name, grid, is_picture, columns)
    except TableUnclear as unclear:
        # One record, or records of anything: settings of a program, more often than captions.
        if len(found.rows) < 2 or unclear.guess.file_name is None:
            raise no_captions from None
        raise
    remarks = (*table.remarks, *(Remark(line, serious=True) for line in found.unread))
    return replace(table, remarks=remarks, format=found.layout)


def _read_json_lines(
    path: str, data: bytes, is_picture: IsPicture, columns: Columns | None
) -> CaptionTable:
    """Read one object a line, unless the first line shows that one goes over several lines."""
    first = next((line for line in data.splitlines() if line.strip()), b"")
    try:
        one_a_line = isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        one_a_line = False
    if not one_a_line:
        try:
            return _read_json(path, data, is_picture, columns)
        except TableUnclear:
            raise
        except CollectionError:
            pass  # a table in which a line is damaged: that line is named
    return read_caption_table(path, data, is_picture, columns)


def _read_workbook(
    path: str, data: bytes, is_picture: IsPicture, columns: Columns | None
) -> CaptionTable:
    name = display_name(path)
    workbook = read_workbook(data, name)
    grid = rows_grid(workbook.rows, is_picture)
    if grid is None:
        raise CollectionError(f"{name} is empty. Write the captions into it and upload it again.")
    table = table_of(name, grid, is_picture, columns)
    if not workbook.other_sheets:
        return table
    others = listed(workbook.other_sheets)
    words = f"{name}: the sheet {workbook.sheet} was read, and not {others}."
    return replace(table, remarks=(*table.remarks, Remark(words, serious=False)))


_FORMATS: Mapping[str, TableReader] = MappingProxyType(
    {
        "json": _read_json,
        "jsonl": _read_json_lines,
        "ndjson": _read_json_lines,
        **dict.fromkeys(WORKBOOK_EXTENSIONS, _read_workbook),
    }
)
"""Extension → reader; all others are read as text."""
