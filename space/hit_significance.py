"""Tell real hits from the best of a bad lot: does a score stand out from all the others?

Something is always at the top of a ranking, also when nothing fits. And 0.3 may be a strong match
for one provider and none for another, so the other scores of the same query are the measure.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from space.robust import robust_deviation
from space.similarity import TIE

FEWEST = 8
"""Below this many scores, too few are left besides a hit to tell what is usual."""

_CHANCE = 0.05  # how often a query that fits nothing may find something
_LEAST_DEVIATIONS = 3.5  # Iglewicz and Hoaglin's own limit


@dataclass(frozen=True)
class ScoreDistribution:
    """The scores of one query over the items it was compared with, in figures.

    median, best: cosines. deviation: a robust standard deviation, 1.4826 times the median
    absolute deviation. These three are NaN where there is no score. limit: the score from which
    on a hit stands out; None where that cannot be told, as there are fewer than `FEWEST` scores,
    half of them or more are the same, or they are spread so widely that no cosine could.
    significant: how many scores reach the limit.
    """

    count: int
    median: float
    deviation: float
    best: float
    limit: float | None
    significant: int


def score_distribution(scores: np.ndarray) -> ScoreDistribution:
    """How the scores (n,) of one query are spread, and from which one on a hit stands out.

    In one sentence: a score stands out if it is so far above the middle one, measured by how far
    scores usually are from it, that chance alone would reach it for one query in twenty.

    This is the modified z-score (Iglewicz and Hoaglin 1993, How to Detect and Handle Outliers;
    also in the NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.5.17): median and
    median absolute deviation do not move when several items are true hits, whereas a mean and a
    standard deviation would let hits hide each other. Its limit is their 3.5 deviations, or, among
    many scores, what the highest of n normal scores exceeds for one query in twenty (Bonferroni:
    the upper 0.05 / n of the normal distribution; it passes 3.5 at 215 scores). Among few scores
    the latter alone would be too low, as the deviation is then uncertain itself: at 26 scores,
    noise would stand out for one query in seven.
    """
    values = np.asarray(scores, np.float64)
    count = len(values)
    if count == 0:
        return ScoreDistribution(0, np.nan, np.nan, np.nan, None, 0)
    median = float(np.median(values))
    deviation = robust_deviation(values)
    highest = float(values.max())
    if count < FEWEST or deviation <= TIE:
        return ScoreDistribution(count, median, deviation, highest, None, 0)
    limit = median + deviations_by_chance(count) * deviation
    if limit > 1:
        return ScoreDistribution(count, median, deviation, highest, None, 0)
    return ScoreDistribution(
        count=count,
        median=median,
        deviation=deviation,
        best=highest,
        limit=limit,
        significant=int(np.count_nonzero(values >= limit)),
    )


def deviations_by_chance(count: int) -> float:
    """How many deviations above the median a score has to be to stand out among `count`."""
    return max(_LEAST_DEVIATIONS, float(norm.isf(_CHANCE / count)))
