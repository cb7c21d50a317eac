"""The rows of a caption table: the usable ones in order, and remarks about the others."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from collection.cells import Cell, captions_in, says_nothing, without_invisible
from collection.columns import Columns
from collection.file_name import extension
from collection.grid import Grid, Record
from collection.items import normalised_text
from collection.limits import MAX_CAPTION_CHARACTERS
from collection.picture_format import PICTURE_EXTENSIONS
from collection.table_complaints import (
    BLANK,
    LONG,
    MAX_TABLE_ROWS,
    NOT_JSON,
    OPEN_QUOTE,
    TOO_FEW_CELLS,
    TOO_MANY_CELLS,
    TOO_MANY_ROWS,
    Complaint,
    Refused,
    complaint_remark,
)
from collection.table_unclear import shown_cell
from collection.upload import Remark

_TOKEN = re.compile(r"(.+\.\w{2,5})#\d+")


class CaptionRow(NamedTuple):
    """One caption, the picture's file name (empty: no picture), and the line it came from.

    `labels` are pairs of name and value, as in ("split", "train"); a row may have labels alone,
    its text is empty then.
    """

    file_name: str
    text: str
    line: int
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class CaptionTable:
    """What a table says: its usable rows in order, and remarks about the others.

    `header` is what its columns are called, `format` what its reader says of its structure.
    """

    name: str
    rows: tuple[CaptionRow, ...]
    remarks: tuple[Remark, ...]
    header: tuple[str, ...] = ()
    format: str = ""


Line = CaptionRow | Refused
"""What a line of a table gives."""


def looks_like_picture(name: str) -> bool:
    """Tell by its ending whether a cell names a picture."""
    token = _TOKEN.fullmatch(name.strip())
    ending = extension(token[1] if token else name.split("?")[0])
    return ending in PICTURE_EXTENSIONS or ending in ("tif", "tiff", "heic")


def lines_of_record(record: Record, grid: Grid, columns: Columns) -> Iterator[Line]:
    """Yield the captions of a row, each with its labels; or why there is none."""
    number, cells, raw = record
    if cells is None:
        yield Refused(number, OPEN_QUOTE if grid.separator else NOT_JSON)
        return
    last = columns.texts == (grid.width - 1,)
    if any(cells[grid.width :]):
        # A caption with a comma in it that nobody quoted; clear only if it is the last column.
        if not last or '"' in raw:
            yield Refused(number, TOO_MANY_CELLS)
            return
        cells = [*cells[: grid.width - 1], raw.split(grid.separator, grid.width - 1)[-1]]
    padded = [*cells, *[""] * (grid.width - len(cells))]
    file_name = _file_name(padded, columns)
    labels = tuple(
        (n, v) for n, at in columns.labels if not says_nothing(v := shown_cell(padded[at]))
    )
    texts = [words for at in columns.texts for words in captions_in(padded[at])]
    for words in texts:
        yield CaptionRow(file_name, words, number, labels)
    if not texts and labels and file_name:
        yield CaptionRow(file_name, "", number, labels)
    elif not texts:
        others = any(
            shown_cell(cell).strip() for at, cell in enumerate(padded) if at != columns.file_name
        )
        short = grid.separator and others and len(cells) < grid.width
        yield Refused(number, TOO_FEW_CELLS if short else BLANK)


def _file_name(cells: Sequence[Cell], columns: Columns) -> str:
    """Return the picture's name, without the number of its caption (a.jpg#0)."""
    if columns.file_name is None:
        return ""
    name = without_invisible(shown_cell(cells[columns.file_name]))
    token = _TOKEN.fullmatch(name)
    return token[1] if token else name


def sorted_rows(name: str, lines: Iterable[Line], unit: str = "line") -> CaptionTable:
    """Part the usable rows from the others; one remark tells of all lines of one kind."""
    rows: list[CaptionRow] = []
    refused: dict[Complaint, list[int]] = {}
    for line in map(_judged, lines):
        if isinstance(line, CaptionRow) and len(rows) == MAX_TABLE_ROWS:
            refused[TOO_MANY_ROWS] = [line.line]
            break
        if isinstance(line, CaptionRow):
            rows.append(line)
        else:
            refused.setdefault(line.complaint, []).append(line.line)
    remarks = [
        complaint_remark(name, complaint, found, unit) for complaint, found in refused.items()
    ]
    if not rows and not remarks:
        remarks = [Remark(f"{name} has no captions. Write some and upload it again.", False)]
    return CaptionTable(name, tuple(rows), tuple(remarks))


def _judged(line: Line) -> Line:
    if isinstance(line, Refused):
        return line
    words = normalised_text(line.text)
    if not words and not line.labels:
        return Refused(line.line, BLANK)
    if len(words) > MAX_CAPTION_CHARACTERS:
        return Refused(line.line, LONG)
    return line._replace(file_name=line.file_name.strip(), text=words)
