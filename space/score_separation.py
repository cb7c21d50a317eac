"""How far the cosines of true pairs stand apart from all others, and a threshold between them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d

from space.arrays import Float64Array, FloatArray, IntArray
from space.similarity import cosine_similarity
from space.undefined import Measured, Undefined

_BLOCK = 256  # rows of cosines at a time: 2,500 documents then need 3 MB
_BINS = 2_000
_ROUNDING = 1e-9
_FLAT = 1e-6  # a spread below float32 rounding is no spread


@dataclass(frozen=True)
class ThresholdCurve:
    """Precision and recall if all cosines from a threshold on are called matched.

    thresholds: (t,) float64, ascending: the cosines of matched pairs, and the hundredths from -1
    up to the highest cosine of all. precision, recall, f1: (t,) float64 in [0, 1]. best: row of
    the highest F1, the highest threshold of the same; it is a matched cosine, as from one of these
    up to the next recall stays and precision can only rise.
    """

    thresholds: Float64Array
    precision: Float64Array
    recall: Float64Array
    f1: Float64Array
    best: int

    def at(self, threshold: float) -> tuple[Measured, float]:
        """Return precision and recall at a threshold, taken up to the next of `thresholds`.

        Above the highest cosine nothing is called matched: precision is not defined, recall is 0.
        """
        row = int(np.searchsorted(self.thresholds, threshold - _ROUNDING))
        if row == len(self.thresholds):
            return Undefined("no cosine reaches this threshold"), 0.0
        return float(self.precision[row]), float(self.recall[row])


@dataclass(frozen=True)
class Densities:
    """Smoothed densities over cosines (x): matched and unmatched, float64 (b,), of area 1."""

    x: Float64Array
    matched: Float64Array
    unmatched: Float64Array


@dataclass(frozen=True)
class Separation:
    """Cosines of matched pairs against those of all other texts and pictures.

    matched: (p,) float32, ascending; unmatched_count: how many others. mean_matched,
    mean_unmatched: in [-1, 1]. auc: how often a matched cosine exceeds an unmatched one, ties
    count half, from 0 to 1, 0.5 by chance (Hanley and McNeil 1982). d_prime: the distance of both
    means in pooled standard deviations, the root of the mean of both variances (Green and Swets
    1966, Signal Detection Theory and Psychophysics).
    """

    matched: FloatArray
    unmatched_count: int
    mean_matched: float
    mean_unmatched: float
    auc: float
    d_prime: Measured
    curve: ThresholdCurve
    densities: Densities


def separation(texts: FloatArray, pictures: FloatArray, pairs: IntArray) -> Separation | Undefined:
    """Return how matched and unmatched cosines of texts (n, d) and pictures (m, d) stand apart.

    Rows of length 1; pairs: (p, 2) rows of both; every other text with every other picture is
    unmatched. Undefined without a pair, or where all are pairs. The n × m cosines are gone through
    in blocks of rows and never held together; AUC, precision and recall are exact all the same.
    """
    rows = np.unique(np.asarray(pairs, np.int64).reshape(-1, 2), axis=0)
    if not len(rows):
        return Undefined("no pair is known")
    others = len(texts) * len(pictures) - len(rows)
    if not others:
        return Undefined("every text and picture are a pair")
    # Of the same products as `_unmatched`, to the last bit: the same numbers must tie.
    matched = np.sort(_matched(texts, pictures, rows))
    levels = np.union1d(matched.astype(np.float64), np.arange(-100, 101) / 100)
    counts = np.bincount(np.searchsorted(levels, matched), minlength=len(levels))
    found = _sums(_unmatched(texts, pictures, rows), levels)
    mean = float(found.total / others)
    variance = max(float(found.squares / others - mean**2), 0.0)
    half_ties = counts @ (found.below + found.up_to) / 2
    return Separation(
        matched=matched,
        unmatched_count=others,
        mean_matched=float(matched.mean(dtype=np.float64)),
        mean_unmatched=mean,
        auc=float(half_ties / (len(matched) * others)),
        d_prime=_d_prime(matched, mean, variance),
        curve=_curve(levels, counts, others - found.below),
        densities=_densities(matched, found.histogram, variance, others),
    )


@dataclass(frozen=True)
class _Sums:
    """Of the unmatched: how many are below each level, how many not above it, and their sums."""

    below: IntArray
    up_to: IntArray
    histogram: Float64Array
    total: float
    squares: float


def _sums(unmatched: Iterator[FloatArray], levels: Float64Array) -> _Sums:
    below, up_to = np.zeros((2, len(levels)), np.int64)
    histogram, sums = np.zeros(_BINS), np.zeros(2)
    for block in unmatched:
        # Few levels among many cosines: sorting the cosines is cheaper than looking each up.
        ordered = np.sort(block).astype(np.float64)
        below += np.searchsorted(ordered, levels, "left")
        up_to += np.searchsorted(ordered, levels, "right")
        histogram += _binned(ordered)
        sums += ordered.sum(), ordered @ ordered
    return _Sums(below, up_to, histogram, float(sums[0]), float(sums[1]))


def _unmatched(texts: FloatArray, pictures: FloatArray, pairs: IntArray) -> Iterator[FloatArray]:
    """Yield the cosines of all texts and pictures that are no pair, in blocks of rows."""
    for start in range(0, len(texts), _BLOCK):
        cosines = cosine_similarity(texts[start : start + _BLOCK], pictures)
        free = np.ones(cosines.shape, bool)
        first, last = np.searchsorted(pairs[:, 0], (start, start + _BLOCK))
        free[pairs[first:last, 0] - start, pairs[first:last, 1]] = False
        yield cosines[free]


def _matched(texts: FloatArray, pictures: FloatArray, pairs: IntArray) -> FloatArray:
    """Return the cosines of all pairs, in the same blocks."""
    found = []
    for start in range(0, len(texts), _BLOCK):
        first, last = np.searchsorted(pairs[:, 0], (start, start + _BLOCK))
        if first < last:
            cosines = cosine_similarity(texts[start : start + _BLOCK], pictures)
            found.append(cosines[pairs[first:last, 0] - start, pairs[first:last, 1]])
    return np.concatenate(found)


def _d_prime(matched: FloatArray, mean: float, variance: float) -> Measured:
    pooled = np.sqrt((matched.var(dtype=np.float64) + variance) / 2)
    if pooled < _FLAT:
        return Undefined("the cosines do not vary")
    return float((matched.mean(dtype=np.float64) - mean) / pooled)


def _curve(levels: Float64Array, counts: IntArray, false: IntArray) -> ThresholdCurve:
    """Return the curve; counts: (t,) matched at each level; false: unmatched that reach it."""
    true = np.cumsum(counts[::-1])[::-1]
    reached = true + false > 0  # for the levels below the highest cosine
    levels, true, false = levels[reached], true[reached], false[reached]
    f1 = 2 * true / (true + false + counts.sum())
    best = len(f1) - 1 - int(f1[::-1].argmax())
    return ThresholdCurve(levels, true / (true + false), true / counts.sum(), f1, best)


def _binned(ordered: Float64Array) -> Float64Array:
    """Return how many of the ascending values are in each of `_BINS` equal bins from -1 to 1."""
    inner = np.searchsorted(ordered, np.linspace(-1, 1, _BINS + 1)[1:-1])
    return np.diff(inner, prepend=0, append=len(ordered)).astype(np.float64)


def _densities(
    matched: FloatArray, histogram: Float64Array, variance: float, others: int
) -> Densities:
    """Return both densities: Gaussian kernels of Silverman's width over fine bins."""
    width = 2.0 / _BINS
    of_matched = float(matched.std(dtype=np.float64))
    smoothed = []
    for counts, deviation, number in (
        (_binned(matched.astype(np.float64)), of_matched, len(matched)),
        (histogram, float(np.sqrt(variance)), others),
    ):
        # Never narrower than three bins, so that a single value is drawn as a small hill.
        kernel = max(1.06 * deviation * number**-0.2, 3 * width)
        smoothed.append(
            gaussian_filter1d(counts / (number * width), kernel / width, mode="reflect")
        )
    x = np.linspace(-1, 1, _BINS, endpoint=False) + width / 2
    seen = np.flatnonzero((smoothed[0] > 1e-3) | (smoothed[1] > 1e-3))
    shown = slice(seen[0], seen[-1] + 1)
    return Densities(x[shown], smoothed[0][shown], smoothed[1][shown])
