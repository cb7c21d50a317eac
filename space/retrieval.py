"""Retrieval: at which rank does a query find what it belongs to?"""

from dataclasses import dataclass

import numpy as np

from space.arrays import FloatArray, IntArray
from space.similarity import TIE, cosine_similarity

_BLOCK = 1024


@dataclass(frozen=True)
class Retrieval:
    """What each query that has a right document finds.

    queries: (q,) int64, rows of the queries, ascending. ranks: (q,) int64, the rank of the best
    right document, from 1 on. taken: (q,) int64, the closest wrong document, -1 where there is
    none; where the rank is not 1, it is what the query takes for its own.
    """

    queries: IntArray
    ranks: IntArray
    taken: IntArray


def retrieval(queries: FloatArray, documents: FloatArray, pairs: IntArray) -> Retrieval:
    """Return for each query that has a right document what it finds.

    `queries`: float32 (n, d) and `documents`: float32 (m, d), rows of length 1; `pairs`: (p, 2)
    query row and document row of what belongs together. Any of several right documents counts. A
    wrong document that ties with the right one counts as closer, so that a model that cannot tell
    two documents apart is not said to have found one.
    """
    ranks, taken = [], []
    with_answer = np.unique(pairs[:, 0]) if len(pairs) else np.zeros(0, np.int64)
    for start in range(0, len(with_answer), _BLOCK):
        block = with_answer[start : start + _BLOCK]
        cosines = cosine_similarity(queries[block], documents)
        for row, query in enumerate(block):
            right = pairs[pairs[:, 0] == query, 1]
            best = cosines[row, right].max()
            cosines[row, right] = -np.inf
            ranks.append(1 + int(np.sum(cosines[row] >= best - TIE)))
            wrong = int(cosines[row].argmax())
            taken.append(wrong if np.isfinite(cosines[row, wrong]) else -1)
    return Retrieval(with_answer, np.asarray(ranks, np.int64), np.asarray(taken, np.int64))


def true_ranks(queries: FloatArray, documents: FloatArray, pairs: IntArray) -> IntArray:
    """Return the ranks of `retrieval`, ordered by query row."""
    return retrieval(queries, documents, pairs).ranks


def recall_at(ranks: IntArray, k: int) -> float:
    """Return recall@k: the share of queries whose right document is among the first k.

    Raises ValueError when there is no query to judge by.
    """
    if not len(ranks):
        raise ValueError("recall@k needs at least one query with a right document.")
    return float(np.mean(ranks <= k))
