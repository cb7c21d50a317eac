"""Results that differ from each other, instead of the same thing many times."""

import numpy as np

from collection.errors import SharedSpaceError
from space.ranking import best, query_scores
from space.similarity import TIE

POOL_PER_RESULT = 2
"""Results are chosen among the 2 k best scores: the cost of choosing does not grow with the
collection, and nothing from the end of the ranking is shown only because it is different."""


def maximal_marginal_relevance(
    scores: np.ndarray,
    vectors: np.ndarray,
    k: int,
    diversity: float,
    allowed: np.ndarray | None = None,
) -> np.ndarray:
    """Choose k rows that fit the query and are unlike each other, in the order chosen.

    The best score comes first. Each next row has the highest (1 - diversity) * its score -
    diversity * its cosine with the most similar row chosen so far (Carbonell and Goldstein 1998,
    doi 10.1145/290941.291025; their lambda is 1 - diversity); values within `TIE` go to the
    better score. 0 is exactly the ranking of `best`; 1 looks only at what is new. Only the best
    2 k scores are considered.

    scores: (n,). vectors: (n, d), rows of length 1. allowed: (n,) bool, the rows that may be
    chosen; None allows all. Returns (k,) int64, fewer where fewer rows are allowed. Raises
    SharedSpaceError when diversity is not between 0 and 1.
    """
    if not 0 <= diversity <= 1:
        raise SharedSpaceError("Diversity goes from 0 to 1. Choose a value between them.")
    pool = best(scores, POOL_PER_RESULT * max(k, 0), allowed)
    k = min(max(k, 0), len(pool.rows))
    if k == 0:
        return pool.rows[:0]
    candidates = np.asarray(vectors)[pool.rows]
    relevance = (1 - diversity) * pool.scores
    chosen = [0]
    closest = query_scores(candidates[0], candidates)
    while len(chosen) < k:
        value = relevance - diversity * closest
        value[chosen] = -np.inf
        chosen.append(int(np.flatnonzero(value >= value.max() - TIE)[0]))
        np.maximum(closest, query_scores(candidates[chosen[-1]], candidates), out=closest)
    return pool.rows[chosen]
