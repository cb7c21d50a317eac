"""A table that only the person can tell how to read."""

from collections.abc import Mapping
from typing import NamedTuple

from collection.cells import Cell
from collection.columns import Columns
from collection.errors import CollectionError
from collection.grid import Grid

ROWS_SHOWN = 5


class TableRows(NamedTuple):
    """What is shown of a table: the names of its columns, and its first rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class TableUnclear(CollectionError):
    """A table that only the person can tell how to read: how it looks, and a guess.

    `readings` maps each encoding that it may be in to what it shows then; where there is no doubt
    there is one, called "". A list of captions has no columns.
    """

    def __init__(self, message: str, readings: Mapping[str, TableRows], guess: Columns) -> None:
        super().__init__(message)
        self.readings = readings
        self.guess = guess


def rows_shown(grid: Grid) -> TableRows:
    """Return what is shown of a table."""
    names = tuple(grid.header) or tuple(f"column {at + 1}" for at in range(grid.width))
    rows = (record.cells[: grid.width] for record in grid.records[:ROWS_SHOWN] if record.cells)
    return TableRows(names, tuple(tuple(map(shown_cell, row)) for row in rows))


def shown_cell(cell: Cell) -> str:
    """Return a cell as one text."""
    return cell if isinstance(cell, str) else ", ".join(cell)
