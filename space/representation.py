"""Do two spaces see the same items alike? Measures that need no common dimension.

Each measure takes two spaces; `compare_spaces` works out each of them once for any number.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

import numpy as np
from scipy.stats import hypergeom, rankdata

from space.arrays import Float64Array, FloatArray, IntArray
from space.neighbours import exact_cosine_knn
from space.seed import SEED
from space.similarity import cosine_similarity
from space.undefined import Measured, Undefined

K = 10
"""Neighbours looked at; Huh et al. 2024 look at as many."""

MOST_FOR_RSA = 1_000
"""RSA takes at most so many items, drawn by the seed: 1,000 already give half a million cosines."""

T = TypeVar("T")
_FLAT = 1e-6  # a spread below float32 rounding is no spread
SAME_VECTORS = Undefined("all vectors of one of the two are the same")
Matrix = tuple[tuple[Measured, ...], ...]
"""A measure of every two spaces: a row and a column each, in their order."""


def linear_cka(left: FloatArray, right: FloatArray) -> Measured:
    """Return linear centred kernel alignment, from 0 to 1 (Kornblith et al. 2019, equation 4).

    1 if one space is a rotation, or a multiple, of the other; stretching a single column changes
    it. With few items and many dimensions it is high for any two spaces, even unrelated ones, so
    hold it against `cka_by_chance`. left: (n, d), right: (n, e), the same items in the same order.
    Undefined below 2 items, or where all rows are the same. Costs n d e, or n² (d + e) if less.
    """
    return _cka(_centred(left), _centred(right))


def cka_by_chance(left: FloatArray, right: FloatArray) -> Measured:
    """Return the mean of linear CKA over all ways to shuffle the items of one space.

    In closed form: tr(K) tr(L) / ((n - 1) |K| |L|) for the centred Gram matrices K and L.
    """
    return _cka_by_chance(_centred(left), _centred(right))


@dataclass(frozen=True)
class _Centred:
    """Rows around their mean, float32 (n, d); trace and norm of their Gram matrix."""

    rows: FloatArray
    trace: float
    norm: float


def _centred(x: FloatArray) -> _Centred | Undefined:
    if len(x) < 2:
        return Undefined("there are fewer than two items")
    wide = np.asarray(x, np.float64)
    rows = (wide - wide.mean(axis=0)).astype(np.float32)
    trace = float(np.square(rows).sum(dtype=np.float64))
    if trace <= len(x) * _FLAT**2:
        return SAME_VECTORS
    return _Centred(rows, trace, float(np.sqrt(_alignment(rows, rows))))


def _cka(left: _Centred | Undefined, right: _Centred | Undefined) -> Measured:
    if isinstance(left, Undefined):
        return left
    if isinstance(right, Undefined):
        return right
    aligned = _alignment(left.rows, right.rows) / (left.norm * right.norm)
    return float(np.clip(aligned, 0.0, 1.0))


def _cka_by_chance(left: _Centred | Undefined, right: _Centred | Undefined) -> Measured:
    if isinstance(left, Undefined):
        return left
    if isinstance(right, Undefined):
        return right
    expected = left.trace * right.trace / ((len(left.rows) - 1) * left.norm * right.norm)
    return min(expected, 1.0)


def _alignment(x: FloatArray, y: FloatArray) -> float:
    """Return the inner product of both Gram matrices, the cheaper way."""
    if len(x) < min(x.shape[1], y.shape[1]):
        return float(((x @ x.T) * (y @ y.T)).sum(dtype=np.float64))
    return float(np.square(x.T @ y).sum(dtype=np.float64))


def rsa(left: FloatArray, right: FloatArray) -> Measured:
    """Return Spearman's correlation of both similarity matrices, from -1 to 1, 0 by chance.

    Representational similarity analysis (Kriegeskorte et al. 2008) with cosine similarity, over
    every two different items once. Rows of length 1; left: (n, d), right: (n, e). Undefined below
    3 items, or where all cosines of one are the same. Above `MOST_FOR_RSA` items a sample of them.
    """
    return _correlation(_similarity_ranks(left), _similarity_ranks(right))


def _similarity_ranks(x: FloatArray) -> Float64Array | Undefined:
    """Return the ranks of all cosines of two different items, centred and of length 1."""
    if len(x) < 3:
        return Undefined("there are fewer than three items")
    rows = np.asarray(x)
    if len(x) > MOST_FOR_RSA:
        rows = rows[np.random.default_rng(SEED).choice(len(x), MOST_FOR_RSA, replace=False)]
    cosines = cosine_similarity(rows, rows)[np.triu_indices(len(rows), k=1)]
    if np.ptp(cosines) <= _FLAT:
        return Undefined("all cosines of one of the two are the same")
    ranks = rankdata(cosines)
    ranks -= ranks.mean()
    return ranks / np.linalg.norm(ranks)


def _correlation(one: Float64Array | Undefined, other: Float64Array | Undefined) -> Measured:
    if isinstance(one, Undefined):
        return one
    if isinstance(other, Undefined):
        return other
    return float(np.clip(one @ other, -1.0, 1.0))


def usable_k(items: int) -> int:
    """Return how many neighbours are looked at: `K`, but never more than half of the others."""
    return min(K, (items - 1) // 2)


def neighbour_overlap(left: FloatArray, right: FloatArray) -> Float64Array:
    """Return for each item the Jaccard index of its nearest neighbours in both, (n,) in [0, 1].

    What is common to both sets of `usable_k` neighbours by cosine, divided by what is in either;
    zeros below 3 items. left: (n, d), right: (n, e), rows of length 1, the same items.
    """
    return _jaccard(neighbour_rows(left), neighbour_rows(right))


def neighbour_rows(x: FloatArray) -> IntArray:
    """Return the rows of the `usable_k` nearest other items of each, nearest first, (n, k)."""
    k = max(usable_k(len(x)), 0)
    return exact_cosine_knn(x, k + 1)[0][:, 1:].astype(np.int64)


def _jaccard(one: IntArray, other: IntArray) -> Float64Array:
    common = (one[:, :, np.newaxis] == other[:, np.newaxis, :]).sum(axis=(1, 2))
    return common / np.maximum(one.shape[1] + other.shape[1] - common, 1)


def mutual_knn(left: FloatArray, right: FloatArray) -> Measured:
    """Return the mean of `neighbour_overlap` over all items, from 0 to 1 (Huh et al. 2024).

    Undefined below 3 items. Two spaces in which nothing differs give 1; see `knn_by_chance`.
    """
    return _mean_jaccard(neighbour_rows(left), neighbour_rows(right))


def _mean_jaccard(one: IntArray, other: IntArray) -> Measured:
    if not one.size:
        return Undefined("there are fewer than three items")
    return float(_jaccard(one, other).mean())


def knn_by_chance(items: int) -> Measured:
    """Return `mutual_knn` expected of neighbours drawn at random (hypergeometric), exact."""
    k = usable_k(items)
    if k < 1:
        return Undefined("there are fewer than three items")
    common = np.arange(k + 1)
    return float(hypergeom.pmf(common, items - 1, k, k) @ (common / (2 * k - common)))


@dataclass(frozen=True)
class SpaceComparison:
    """Every two of s spaces of the same n items, and what shuffled items would give.

    cka, rsa, knn: see `linear_cka`, `rsa` and `mutual_knn`. cka_chance: of every two spaces;
    knn_chance: the same for all. RSA is 0 by chance. neighbours: of each space, see
    `neighbour_rows`. items: n. rsa_items: how many RSA took.
    """

    cka: Matrix
    cka_chance: Matrix
    rsa: Matrix
    knn: Matrix
    knn_chance: Measured
    neighbours: tuple[IntArray, ...]
    items: int
    rsa_items: int


def compare_spaces(spaces: Sequence[FloatArray]) -> SpaceComparison:
    """Return all measures of every two spaces, each (n, d), rows of length 1, the same items."""
    count = len(spaces[0])
    centred = [_centred(space) for space in spaces]
    ranks = [_similarity_ranks(space) for space in spaces]
    near = [neighbour_rows(space) for space in spaces]
    return SpaceComparison(
        cka=_every_two(_cka, centred),
        cka_chance=_every_two(_cka_by_chance, centred),
        rsa=_every_two(_correlation, ranks),
        knn=_every_two(_mean_jaccard, near),
        knn_chance=knn_by_chance(count),
        neighbours=tuple(near),
        items=count,
        rsa_items=min(count, MOST_FOR_RSA),
    )


def _every_two(measure: Callable[[T, T], Measured], of: Sequence[T]) -> Matrix:
    """Return the symmetric measure of every two, each worked out once."""
    half = {(a, b): measure(of[a], of[b]) for a in range(len(of)) for b in range(a, len(of))}
    return tuple(tuple(half[min(a, b), max(a, b)] for b in range(len(of))) for a in range(len(of)))


@dataclass(frozen=True)
class Disputed:
    """Items whose neighbours differ most, in that order.

    rows: (n,) int64, the most disputed first. overlap: (n,) float64 in [0, 1], the mean Jaccard
    index of each over every two spaces, in the order of `rows`.
    """

    rows: IntArray
    overlap: Float64Array


def disputed(neighbours: Sequence[IntArray]) -> Disputed | Undefined:
    """Return the items in the order of how much their neighbours differ between spaces.

    neighbours: of at least two spaces of the same items, each (n, k) int64, see `neighbour_rows`.
    Items that are disputed alike are in row order.
    """
    if len(neighbours) < 2:
        return Undefined("there is only one Setup")
    if not neighbours[0].size:
        return Undefined("there are fewer than three items")
    overlap = np.mean([_jaccard(*two) for two in combinations(neighbours, 2)], axis=0)
    rows = np.argsort(overlap, kind="stable")
    return Disputed(rows, overlap[rows])
