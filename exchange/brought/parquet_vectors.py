"""Vectors out of a Parquet file: lists of floats, and columns that name their rows."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from collection.limits import MAX_UPLOAD_BYTES
from collection.parquet_table import ParquetLists, ParquetTable
from exchange.brought.columns import (
    MAX_ROWS,
    VectorColumn,
    described_titles,
    no_vectors,
    role_of_column,
    row_names,
    too_large,
    too_many_rows,
)
from exchange.checked_values import text
from exchange.errors import VectorFileError
from providers.brought import MAX_BROUGHT

_ADVICE = (
    "Save them as one column of lists of floats, not as a column for each number, beside a column "
    "`file_name`, `caption` or `id`."
)

_MOST_NAMING = 4
"""Of columns of words whose names are not known, so many are looked at."""


@dataclass
class _Column:
    """A column in the making: the vectors of each batch, and the rows that they stand in."""

    name: str
    vectors: list[npt.NDArray[Any]] = field(default_factory=list)
    rows: list[npt.NDArray[np.int64]] = field(default_factory=list)

    def take(self, file: str, lists: ParquetLists, first: int) -> int:
        """Take the lists of some rows, of which the first has this number; return their bytes."""
        lengths = lists.lengths
        rows = np.flatnonzero(lengths)
        if not len(rows):
            return 0
        wanted = self.vectors[0].shape[1] if self.vectors else int(lengths[rows[0]])
        others = rows[lengths[rows] != wanted]
        if len(others):
            raise VectorFileError(
                f"{file} has vectors of different length in “{text(self.name)[:60]}”: "
                f"{wanted:,} numbers before, {int(lengths[others[0]]):,} in row "
                f"{first + int(others[0]) + 1}."
            )
        self.vectors.append(lists.numbers.reshape(len(rows), wanted))
        self.rows.append(rows.astype(np.int64) + first)
        return int(lists.numbers.nbytes)


def parquet_columns(name: str, data: bytes) -> list[VectorColumn]:
    """Return the vectors of a Parquet file, read in a process of its own.

    Raises VectorFileError or CollectionError, one plain line, where there are none or they cannot
    be read.
    """
    table = ParquetTable(data, name)
    if not table.vector_columns:
        raise no_vectors(name, _ADVICE)
    if len(table.vector_columns) > MAX_BROUGHT:
        raise VectorFileError(
            f"{name} has {len(table.vector_columns):,} columns of vectors. Save at most "
            f"{MAX_BROUGHT} of them."
        )
    if table.row_count > MAX_ROWS:
        raise too_many_rows(name)
    words: dict[str, list[str]] = {column: [] for column in _naming_columns(table)}
    columns = {column: _Column(column) for column in table.vector_columns}
    size = rows = 0
    for texts, vectors in table.vector_batches(list(words), list(columns)):
        for column, lists in vectors.items():
            size += columns[column].take(name, lists, rows)
        for column, cells in texts.items():
            words[column] += [cell if isinstance(cell, str) else "" for cell in cells]
            size += sum(map(len, words[column][-len(cells) :]))
        rows += len(next(iter(vectors.values())).lengths)
        if size > MAX_UPLOAD_BYTES:
            raise too_large(name, MAX_UPLOAD_BYTES)
    names, titles = row_names(words), described_titles(table.note)
    return [
        VectorColumn(
            column,
            np.concatenate(found.vectors),
            np.concatenate(found.rows),
            names,
            titles.get(column, ""),
        )
        for column, found in columns.items()
        if found.vectors
    ]


def _naming_columns(table: ParquetTable) -> list[str]:
    """Return the columns that may say what a row is: known ones, else all of words."""
    usable = [name for name, content in table.columns.items() if content in ("text", "value")]
    known = [name for name in usable if role_of_column(name)]
    return known or [n for n in usable if table.columns[n] == "text"][:_MOST_NAMING]
