"""The records of CSV and JSON lines, each with the line it begins in, damaged ones included."""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from functools import partial

Cells = Sequence[str]

_ESCAPED_QUOTE = re.compile(r'(?<!\\)\\"')


def csv_records(
    lines: Sequence[str],
    first: int,
    separator: str,
    *,
    backslash: bool = False,
    lenient: bool = True,
) -> Iterator[tuple[int, Cells | None]]:
    """Yield the line number (from 1) and the cells of each record from `lines[first]` on.

    A quoted cell may run over several lines. Where a quote is opened and not closed as it
    should be, the cells are None and reading goes on with the next line, so that one missing
    quote does not swallow the records behind it. `backslash`: quotes within a quoted cell are
    written as \\" and not doubled. `lenient`: a stray quote within a line is taken as it is,
    and a record that was quoted whole is taken apart.
    """
    reader_of = partial(
        csv.reader,
        delimiter=separator,
        skipinitialspace=True,
        escapechar="\\" if backslash else None,
        doublequote=not backslash,
    )
    start = first
    while start < len(lines):
        reader = reader_of((f"{lines[at]}\n" for at in range(start, len(lines))), strict=True)
        begun = start
        try:
            for cells in reader:
                yield begun + 1, _quoted_whole(cells, separator) if lenient else cells
                begun = start + reader.line_num
            return
        except csv.Error:
            on_one_line = lenient and start + reader.line_num == begun + 1
            yield begun + 1, _lenient_cells(lines[begun], separator) if on_one_line else None
            start = begun + 1


def escapes_quotes(lines: Sequence[str], first: int, separator: str) -> bool:
    """Tell whether a table writes quotes within cells as \\" : as many of its records fit then."""
    if not any(map(_ESCAPED_QUOTE.search, lines)):
        return False
    plain, escaped = (
        _even_records(lines, first, separator, backslash=backslash) for backslash in (False, True)
    )
    return escaped > plain or (
        escaped == plain and _is_well_escaped("\n".join(lines[first:]), separator)
    )


def _is_well_escaped(text: str, separator: str) -> bool:
    """Tell whether quotes that are not escaped stand nowhere but around cells."""
    sign = re.escape(separator)
    cell = re.compile(
        rf'(?s:\s*"(?:[^"\\]|\\.)*+"\s*?|(?:[^{sign}\n"\\]|\\[^\n])*+)(?:{sign}|\n|\Z)'
    )
    at = 0
    while at < len(text) and (found := cell.match(text, at)):
        at = found.end()
    return at >= len(text)


def _even_records(lines: Sequence[str], first: int, separator: str, *, backslash: bool) -> float:
    """Return the share of the records that have as many cells as the first one."""
    records = csv_records(lines, first, separator, backslash=backslash, lenient=False)
    widths = [len(cells) if cells is not None else 0 for _, cells in records if cells != []]
    return widths.count(widths[0]) / len(widths) if widths else 0.0


def _quoted_whole(cells: Cells, separator: str) -> Cells:
    """Take apart a record that Excel quoted as if it were one cell."""
    if len(cells) != 1 or separator not in cells[0] or "\n" in cells[0]:
        return cells
    return _lenient_cells(cells[0], separator) or cells


def _lenient_cells(line: str, separator: str) -> Cells | None:
    """Return the cells of a line with stray quotes, or None if there is no telling."""
    try:
        return next(csv.reader([line], delimiter=separator, skipinitialspace=True), ())
    except csv.Error:
        return None


def json_records(text: str) -> Iterator[tuple[int, object]]:
    """Yield the line number (from 1) and the value of each line; None where it is no JSON."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, _json_value(line)


def _json_value(line: str) -> object:
    try:
        value: object = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value
