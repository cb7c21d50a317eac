"""Which queries one Setup answers and another does not."""

from dataclasses import dataclass

import numpy as np

from space.arrays import BoolArray, Float64Array, IntArray


@dataclass(frozen=True)
class QueryDifferences:
    """How q queries fare with s Setups.

    ranks: (s, q) int64. spread: (q,) float64 in [0, 1], the highest reciprocal rank less the
    lowest. order: (q,) int64, the queries with the largest spread first; of those with the same
    spread the worst found first. wins: (s, q) bool, where a Setup has the right one first and some
    other has not.
    """

    ranks: IntArray
    spread: Float64Array
    order: IntArray
    wins: BoolArray


def query_differences(ranks: IntArray) -> QueryDifferences:
    """Return where Setups differ; ranks: (s, q) int64 of the best right document, s at least 1."""
    reciprocal = 1 / np.asarray(ranks, np.float64)
    spread = reciprocal.max(axis=0) - reciprocal.min(axis=0)
    right = np.asarray(ranks) == 1
    return QueryDifferences(
        ranks=np.asarray(ranks, np.int64),
        spread=np.asarray(spread, np.float64),
        order=np.lexsort((reciprocal.mean(axis=0), -spread)),
        wins=right & ~right.all(axis=0),
    )
