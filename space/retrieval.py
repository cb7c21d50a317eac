"""Retrieval: at which rank does a query find what it belongs to?"""

import numpy as np

from space.arrays import FloatArray, IntArray
from space.similarity import TIE, cosine_similarity

_BLOCK = 1024


def true_ranks(queries: FloatArray, documents: FloatArray, pairs: IntArray) -> IntArray:
    """Return for each query that has a right document the rank of its best right one.

    `queries`: float32 (n, d) and `documents`: float32 (m, d), rows of length 1; `pairs`: (p, 2)
    query row and document row of what belongs together. Ranks begin at 1; a wrong document that
    ties with the right one counts as closer, so that a model that cannot tell two documents apart
    is not said to have found one. The result is ordered by query row.
    """
    ranks = []
    with_answer = np.unique(pairs[:, 0]) if len(pairs) else np.zeros(0, np.int64)
    for start in range(0, len(with_answer), _BLOCK):
        block = with_answer[start : start + _BLOCK]
        cosines = cosine_similarity(queries[block], documents)
        for row, query in enumerate(block):
            right = pairs[pairs[:, 0] == query, 1]
            wrong = np.delete(cosines[row], right)
            ranks.append(1 + int(np.sum(wrong >= cosines[row, right].max() - TIE)))
    return np.asarray(ranks, dtype=np.int64)


def recall_at(ranks: IntArray, k: int) -> float:
    """Return recall@k: the share of queries whose right document is among the first k.

    Raises ValueError when there is no query to judge by.
    """
    if not len(ranks):
        raise ValueError("recall@k needs at least one query with a right document.")
    return float(np.mean(ranks <= k))
