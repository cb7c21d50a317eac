"""What reads a workbook in a process of its own: the file comes in, JSON goes out.

Only `collection.workbook` starts it; an end without an answer means a file that is damaged.
"""

import io
import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from collection.cell_text import cell_text
from collection.separate_process import limit_memory

_Cell = int | float | str | bool | time | date | datetime | timedelta


class _Refused(Exception):
    """Why the workbook is not read: one of the words that `collection.workbook` explains."""


def main() -> None:
    """Answer for the workbook on the standard input, within the bounds given as arguments."""
    most_rows, most_columns, most_text, memory = map(int, sys.argv[1:])
    data = sys.stdin.buffer.read()
    limit_memory(memory + len(data))
    try:
        answer = _read(data, most_rows, most_columns, most_text)
    except _Refused as refusal:
        answer = {"refusal": str(refusal)}
    except PasswordError:
        answer = {"refusal": "locked"}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _read(data: bytes, most_rows: int, most_columns: int, most_text: int) -> dict[str, object]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    tables = [
        number
        for number, sheet in enumerate(workbook.sheets_metadata)
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]
    shown = [
        number
        for number in tables
        if workbook.sheets_metadata[number].visible == SheetVisibleEnum.Visible
    ]
    if not tables:
        raise _Refused("empty")
    first = (shown or tables)[0]
    sheet = workbook.get_sheet_by_index(first)
    if sheet.end is None:
        raise _Refused("empty")
    if sheet.end[1] >= most_columns:
        raise _Refused("columns")
    return {
        "rows": _rows(sheet, most_rows, most_text),
        "sheet": sheet.name,
        "others": [workbook.sheet_names[number] for number in tables if number != first],
    }


def _rows(sheet: CalamineSheet, most_rows: int, most_text: int) -> list[list[str]]:
    """Return the rows from the sheet's first to the last that says something."""
    rows: list[list[str]] = []
    text = used = width = 0
    for number, row in enumerate(_from_the_top(sheet), start=1):
        cells = [cell_text(cell) for cell in row]
        text += sum(map(len, cells))
        if text > most_text:
            raise _Refused("text")
        if any(cells):
            if number > most_rows:
                raise _Refused("rows")
            used = number
            width = max(width, max(place for place, cell in enumerate(cells, 1) if cell))
        if number <= most_rows:
            rows.append(cells)
    if not used:
        raise _Refused("empty")
    return [cells[:width] for cells in rows[:used]]


def _from_the_top(sheet: CalamineSheet) -> Iterator[list[_Cell]]:
    """Yield the rows of the sheet from A1 on: calamine's begin at the first row but not column."""
    left = sheet.start[1] if sheet.start else 0
    for row in sheet.iter_rows():
        yield [*[""] * left, *row]


if __name__ == "__main__":
    main()
