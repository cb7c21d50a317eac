"""Outliers: items that are far from everything else."""

from dataclasses import dataclass

import numpy as np

from space.arrays import FloatArray, IntArray
from space.neighbours import exact_cosine_knn
from space.robust import TO_STANDARD_DEVIATION, robust_deviation

LIMIT = 3.5
"""A modified z-score of at least this is an outlier (Iglewicz and Hoaglin 1993)."""

_FEWEST = 4  # among three items, nothing says which two are the ordinary ones
_LEAST_SPREAD = 0.005  # cosine; crops of one picture differ by about as much
_MEAN_TO_DEVIATION = 1.2533


@dataclass(frozen=True)
class Outliers:
    """How far each item is from its nearest others, and which are too far to belong.

    distance: (n,) float32, mean cosine distance (1 - cosine) to the `k` nearest other rows.
    score: (n,) float32, modified z-score of the distance. nearest: (n,) int64, the nearest other
    row, -1 where there is none. rows: (f,) int64, rows with a score of at least `LIMIT`, farthest
    first.
    """

    distance: FloatArray
    score: FloatArray
    nearest: IntArray
    k: int
    rows: IntArray


def outliers(vectors: np.ndarray, k: int = 5) -> Outliers:
    """Find the rows that are far from all others, in the original space.

    vectors: (n, d), rows of length 1; k is cut to n - 1. The distance is that of Angiulli and
    Pizzuti 2002, "Fast outlier detection in high dimensional spaces" (mean instead of sum); it
    sees through a foreign picture that is there twice. The score is that of Iglewicz and Hoaglin
    1993, "How to detect and handle outliers". Fewer than four rows are never flagged.
    Raises ValueError if k is below 1.
    """
    if k < 1:
        raise ValueError("An outlier needs at least one neighbour to be far from: k is below 1.")
    count = len(vectors)
    k = min(k, max(count - 1, 0))
    if k == 0:
        zeros = np.zeros(count, np.float32)
        return Outliers(zeros, zeros, np.full(count, -1, np.int64), 0, np.zeros(0, np.int64))
    indices, distances = exact_cosine_knn(vectors, k + 1)
    distance = distances[:, 1:].mean(axis=1, dtype=np.float64)
    score = _modified_z_scores(distance)
    farthest_first = np.argsort(-score, kind="stable")
    return Outliers(
        distance=distance.astype(np.float32),
        score=score.astype(np.float32),
        nearest=indices[:, 1].astype(np.int64),
        k=k,
        rows=farthest_first[score[farthest_first] >= LIMIT],
    )


def _modified_z_scores(distance: np.ndarray) -> np.ndarray:
    """Distance from the median in robust standard deviations, float64 (n,).

    The usual measure of spread is the median absolute deviation. Where most items are copies of
    one, it is next to nothing and would flag all the others; then the mean absolute deviation
    takes its place, and never less than `_LEAST_SPREAD`, so that copies are not held against each
    other for a rounding error.
    """
    if len(distance) < _FEWEST:
        return np.zeros(len(distance))
    away = distance - np.median(distance)
    deviation = robust_deviation(distance)
    if deviation >= TO_STANDARD_DEVIATION * _LEAST_SPREAD:
        return away / deviation
    spread = max(float(np.abs(away).mean()), _LEAST_SPREAD)
    return away / (_MEAN_TO_DEVIATION * spread)
