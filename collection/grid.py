"""A table as rows of cells under a header, whatever file it came in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from collection.cells import Cell
from collection.columns import IsPicture, column_name, named_columns
from collection.records import csv_records, escapes_quotes, json_records

SEPARATORS = ",;\t|"
MAX_COLUMNS = 200
_HEADER_LINES = 20
_LINES_LOOKED_AT = 60


class Record(NamedTuple):
    """One row: its number in the file (from 1) and its cells; None where it cannot be read.

    `raw` is its line where cells may have been parted at signs that belong to a caption.
    """

    number: int
    cells: Sequence[Cell] | None
    raw: str = ""


class Grid(NamedTuple):
    """A table: what its columns are called, its rows, and what people call a row of it.

    `known`: the header names its columns by names that are known. `header` is empty if the file
    has none. `separator` parts the cells of a text.
    """

    header: tuple[str, ...]
    records: Sequence[Record]
    width: int
    known: bool = True
    separator: str = ""
    unit: str = "line"


def text_grid(text: str, is_picture: IsPicture) -> Grid | None:
    """Return the table in a text: under a header that is known, or by what its lines look like.

    None if its lines are no rows of several cells.
    """
    lines = text.split("\n")
    return (
        _under_known_header(lines)
        or _by_its_rows(lines, is_picture)
        or _by_first_words(lines, is_picture)
    )


def _under_known_header(lines: Sequence[str]) -> Grid | None:
    """Python's csv.Sniffer counts characters and errs when captions have commas in them."""
    for number, line in enumerate(islice(lines, _HEADER_LINES)):
        for separator in SEPARATORS:
            cells = _cells(line, separator)
            names = named_columns(cells)
            if (names.file_name is not None or len(cells) == 1) and (names.texts or names.labels):
                return _grid(lines, number + 1, cells, separator, known=True)
        # Excel may put "sep=;" above the header.
        if line.strip() and not line.lower().startswith("sep="):
            break
    return None


def _by_its_rows(lines: Sequence[str], is_picture: IsPicture) -> Grid | None:
    """Take the separator with which most lines have a picture's name among several cells."""
    first = next((at for at, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return None
    head = [line for line in lines[first:] if line.strip()][:_LINES_LOOKED_AT]
    best: tuple[tuple[int, int], str] | None = None
    for separator in "\t|;,":
        rows = [_cells(line, separator)[:MAX_COLUMNS] for line in head]
        named = sum(len(row) > 1 and any(map(is_picture, row)) for row in rows)
        even = sum(len(row) > 1 for row in rows)
        if best is None or (named, even) > best[0]:
            best = (named, even), separator
    assert best is not None
    (named, even), separator = best
    if even * 2 < len(head) or even == 0:
        return None
    top = _cells(lines[first], separator)
    if len(top) > MAX_COLUMNS:
        return None
    if any(map(is_picture, top)):
        return _grid(lines, first, (), separator, known=False)
    return _grid(lines, first + 1, top, separator, known=False)


def _by_first_words(lines: Sequence[str], is_picture: IsPicture) -> Grid | None:
    """Take a list in which nothing but a blank stands behind the picture's name."""
    filled = [(number, line.split(None, 1)) for number, line in enumerate(lines, 1) if line.strip()]
    head = filled[:_LINES_LOOKED_AT]
    named = sum(len(words) > 1 and is_picture(words[0]) for _, words in head)
    if named * 2 < len(head) or not named:
        return None
    records = [Record(number, words, " ".join(words)) for number, words in filled]
    return Grid((), records, 2, known=False, separator=" ")


def _grid(
    lines: Sequence[str], first: int, header: Sequence[str], separator: str, *, known: bool
) -> Grid:
    start = max(0, first - 1) if header else first
    backslash = escapes_quotes(lines, start, separator)
    records = [
        Record(number, cells, lines[number - 1])
        for number, cells in csv_records(lines, first, separator, backslash=backslash)
        if cells is None or any(cell.strip("-:= ") for cell in cells)
    ]
    width = len(header) or _usual_width(records)
    return Grid(tuple(header), records, width, known, separator)


def _usual_width(records: Sequence[Record]) -> int:
    """Return the fewest cells that a good part of the rows have: others have stray separators."""
    widths = Counter(len(record.cells) for record in records if record.cells)
    usual = [width for width, rows in widths.items() if width > 1 and rows * 10 >= len(records)]
    return min(usual, default=max(widths, default=0))


def _cells(line: str, separator: str) -> Sequence[str]:
    return next(csv_records([line], 0, separator), (0, None))[1] or ()


def rows_grid(
    rows: Sequence[Sequence[str]], is_picture: IsPicture, unit: str = "row"
) -> Grid | None:
    """Return the table in the rows of a workbook; None if all are blank."""
    filled = [
        (number, row)
        for number, row in enumerate(rows, start=1)
        if any(cell.strip() for cell in row)
    ]
    if not filled:
        return None
    width = min(MAX_COLUMNS, max(len(row) for _, row in filled))
    top = filled[0][1]
    headless = any(map(is_picture, top))
    names = named_columns(top)
    known = not headless and names.file_name is not None and bool(names.texts or names.labels)
    records = [Record(number, row) for number, row in filled[0 if headless else 1 :]]
    return Grid(() if headless else tuple(top), records, width, known, unit=unit)


def json_lines_grid(text: str) -> Grid | None:
    """Return the table of a text with one JSON object a line; None if no line is one."""
    found = list(json_records(text))
    objects = [(number, value if isinstance(value, dict) else None) for number, value in found]
    return objects_grid(objects, unit="line")


def objects_grid(
    objects: Sequence[tuple[int, Mapping[str, object] | None]], unit: str = "record"
) -> Grid | None:
    """Return the table of objects whose fields are the columns; None if there is no object.

    Objects may call the picture and the caption differently: each one's own name counts.
    """
    header: dict[str, int] = {}
    slots: dict[str, str] = {}
    renamed: dict[tuple[str, ...], list[str]] = {}
    for _, fields in objects:
        keys = tuple(fields or ())
        if keys and keys not in renamed:
            renamed[keys] = _columns_of(keys, slots)
            for name in renamed[keys]:
                if len(header) < MAX_COLUMNS:
                    header.setdefault(name, len(header))
    if not header:
        return None
    records = [Record(n, _in_order(fields, renamed, header)) for n, fields in objects]
    names = named_columns(tuple(header))
    known = names.file_name is not None and bool(names.texts or names.labels)
    return Grid(tuple(header), records, len(header), known, unit=unit)


def _columns_of(keys: Sequence[str], slots: dict[str, str]) -> list[str]:
    """Return the columns of an object's fields; its picture's is that of the objects before it."""
    names = named_columns(keys)
    result = list(keys)
    for slot, at in (("picture", names.file_name), ("caption", next(iter(names.texts), None))):
        if at is not None:
            result[at] = slots.setdefault(slot, column_name(keys[at]))
    return result


def _in_order(
    fields: Mapping[str, object] | None,
    renamed: Mapping[tuple[str, ...], Sequence[str]],
    header: Mapping[str, int],
) -> Sequence[Cell] | None:
    """Return the cells in the header's order; None if the object's picture is no text."""
    names = named_columns(tuple(fields or ()))
    if not fields or (len(fields) == 1 and names.file_name is not None):
        return None
    needed = {names.file_name, *names.texts}
    cells: list[Cell] = [""] * len(header)
    for at, (name, value) in enumerate(zip(renamed[tuple(fields)], fields.values(), strict=True)):
        cell = _as_cell(value, words_only=at in needed)
        if cell is None:
            return None
        if name in header:
            cells[header[name]] = cell
    return cells


def _as_cell(value: object, *, words_only: bool) -> Cell | None:
    """Return a JSON value as a cell; None for a number or an object where words must be."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, list | tuple):
        words = [_words_of(part) for part in value]
        if all(word is not None for word in words):
            return tuple(word for word in words if word is not None)
    return None if words_only else str(value)[:1000]


def _words_of(part: object) -> str | None:
    """Return a caption of a list, also where each is an object such as {"raw": "A cat"}."""
    if isinstance(part, dict):
        at = next(iter(named_columns(tuple(part)).texts), None)
        part = None if at is None else list(part.values())[at]
    return part if isinstance(part, str) else None
