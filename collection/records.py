"""The records of CSV and JSON lines, each with the line it begins in, damaged ones included."""

import csv
import json
from collections.abc import Iterator, Sequence

Cells = Sequence[str]


def csv_records(
    lines: Sequence[str], first: int, separator: str
) -> Iterator[tuple[int, Cells | None]]:
    """Yield the line number (from 1) and the cells of each record from `lines[first]` on.

    A quoted cell may run over several lines. Where a quote is opened and not closed as it
    should be, the cells are None and reading goes on with the next line, so that one missing
    quote does not swallow the records behind it.
    """
    start = first
    while start < len(lines):
        reader = csv.reader(
            (f"{lines[index]}\n" for index in range(start, len(lines))),
            delimiter=separator,
            skipinitialspace=True,
            strict=True,
        )
        begun = start
        try:
            for cells in reader:
                yield begun + 1, cells
                begun = start + reader.line_num
            return
        except csv.Error:
            on_one_line = start + reader.line_num == begun + 1
            yield begun + 1, _lenient_cells(lines[begun], separator) if on_one_line else None
            start = begun + 1


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
