"""Rows that are exactly equal, such as the vectors of captions that a model cannot tell apart."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from space.arrays import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class DistinctRows:
    """The different ones among some rows.

    `first`: (m,) int64, the first row of each kind, ascending. `kind`: (n,) int64, of each of the
    n rows its place in `first`.
    """

    first: IntArray
    kind: IntArray

    @property
    def all_differ(self) -> bool:
        """Whether no two rows are equal."""
        return len(self.first) == len(self.kind)

    @cached_property
    def counts(self) -> IntArray:
        """How many rows there are of each kind, (m,) int64."""
        return np.bincount(self.kind, minlength=len(self.first)).astype(np.int64)


def distinct_rows(x: FloatArray) -> DistinctRows:
    """Return the different rows of x, (n, d) float32, by their bits."""
    known: dict[bytes, int] = {}
    kind = np.fromiter(
        (known.setdefault(row.tobytes(), len(known)) for row in x), np.int64, count=len(x)
    )
    first = np.unique(kind, return_index=True)[1].astype(np.int64)
    return DistinctRows(first, kind)
