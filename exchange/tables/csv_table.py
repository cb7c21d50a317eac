"""Tables for spreadsheet programs: CSV that opens well and runs nothing."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from numbers import Real
from typing import IO

_INVISIBLE = r"[\s\x00\ufeff\u200b]*"
_SIGNS = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"  # also in full width, as East Asian keyboards type them
_FORMULA = re.compile(rf"{_INVISIBLE}{_SIGNS}|[\t\r\n]")


def csv_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a CSV file (RFC 4180: commas, CRLF) with one line of column names and one a row."""
    file = io.BytesIO()
    write_csv_table(file, columns, rows)
    return file.getvalue()


def write_csv_table(
    file: IO[bytes], columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Write such a file, row by row, into one that stays open.

    It is UTF-8 and begins with a byte order mark, without which spreadsheet programs show umlauts
    and all other letters beyond ASCII as garbage. Every cell goes through `safe_cell`.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([safe_cell(column) for column in columns])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    text.detach()


def safe_cell(value: object) -> str | Real:
    """Return the cell as it may be written; a text that reads as a formula begins with `'`.

    A spreadsheet program runs a cell that starts with = + - or @, also after white space (OWASP,
    "CSV Injection"). Numbers stay numbers, None is an empty cell.
    """
    if isinstance(value, Real):
        return value
    text = "" if value is None else str(value)
    return f"'{text}" if _FORMULA.match(text) else text


def without_quote(cell: str) -> str:
    """Return the text of a cell that was written by `safe_cell`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell, 1) else cell
