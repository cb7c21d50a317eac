"""Intervals by the bootstrap over groups of pairs: how much a figure owes to these very pairs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from space.arrays import Float64Array, FloatArray, IntArray
from space.seed import SEED

REPLICATES = 2000
LEVEL = 0.95
_CELLS = 1_000_000  # counts drawn at a time: below 30 MB, however many groups there are

Statistic = Callable[[FloatArray], Float64Array]
"""Counts (b, g), how often each of g groups was drawn in b replicates → statistics (b, c)."""


@dataclass(frozen=True)
class Interval:
    """An interval of 95 %, ends included."""

    low: float
    high: float


def resampled(groups: int, replicates: int = REPLICATES, seed: int = SEED) -> Iterator[FloatArray]:
    """Yield, in blocks of replicates, how often each group was drawn, float32 (b, groups).

    Each replicate draws as many groups as there are, with replacement: its row adds up to that.
    Whatever the size of the blocks, the counts are the same for the same seed.
    """
    rng = np.random.default_rng(seed)
    rows = max(1, _CELLS // groups)
    for start in range(0, replicates, rows):
        count = min(rows, replicates - start)
        drawn = rng.integers(groups, size=(count, groups))
        drawn += groups * np.arange(count)[:, np.newaxis]
        counts = np.bincount(drawn.ravel(), minlength=count * groups)
        yield counts.reshape(count, groups).astype(np.float32)


def bootstrap_intervals(
    statistic: Statistic, groups: int, replicates: int = REPLICATES, seed: int = SEED
) -> Float64Array:
    """Return the ends of the interval of each of c statistics, float64 (c, 2).

    The percentile interval of 95 % (Efron and Tibshirani 1993, An Introduction to the Bootstrap,
    chapter 13) over `groups` of at least 2, which are drawn as wholes (see `pair_groups`). Where
    all groups are alike both ends are the same: a bootstrap then knows nothing, and the caller
    must say so.
    """
    found = np.concatenate([statistic(counts) for counts in resampled(groups, replicates, seed)])
    tail = (1 - LEVEL) / 2
    return np.quantile(found, [tail, 1 - tail], axis=0).T


def mean_statistic(sums: Float64Array, counts: Float64Array) -> Statistic:
    """Return the statistic of c means: what a group adds to the sum, and to the number of values.

    sums: (g, c); counts: (g,), above 0.
    """
    # Sums of up to 5,000 numbers of at most 1: float32 is exact to six digits, and twice as fast.
    added, number = sums.astype(np.float32), counts.astype(np.float32)
    return lambda drawn: ((drawn @ added) / (drawn @ number)[:, np.newaxis]).astype(np.float64)


def median_statistic(ranks: IntArray, group_of: IntArray, groups: int) -> Statistic:
    """Return the statistic of the median rank.

    ranks: (q,) int64; group_of: (q,) int64, in which of the `groups` each rank is.
    """
    levels, level_of = np.unique(ranks, return_inverse=True)
    up_to = np.zeros((groups, len(levels)), np.float32)
    np.add.at(up_to, (group_of, level_of), 1)
    sizes = up_to.sum(axis=1)
    np.cumsum(up_to, axis=1, out=up_to)
    near = _levels_near_the_median(up_to, sizes)

    def medians(drawn: FloatArray) -> Float64Array:
        count = (drawn @ sizes)[:, np.newaxis]  # counts below 2 ** 24, so float32 is exact
        some = near
        below = drawn @ up_to[:, some]
        if (2 * below[:, 0] >= count[:, 0]).any() or (2 * below[:, -1] <= count[:, 0]).any():
            some = slice(None)  # a median lies further out than medians usually do
            below = drawn @ up_to
        lower = (2 * below >= count).argmax(axis=1)
        upper = (2 * below > count).argmax(axis=1)
        return (levels[some][lower] + levels[some][upper])[:, np.newaxis] / 2

    return medians


def _levels_near_the_median(up_to: FloatArray, sizes: FloatArray) -> slice:
    """Return the levels within five standard errors of the median's share: others cost time."""
    error = 0.5 * float(np.linalg.norm(sizes) / sizes.sum())
    share = up_to.sum(axis=0) / sizes.sum()
    first, last = np.searchsorted(share, (0.5 - 5 * error, 0.5 + 5 * error))
    return slice(max(int(first) - 1, 0), int(last) + 1)
