"""Several rankings as one: is combining worth it?"""

from collections.abc import Sequence

import numpy as np

from space.arrays import FloatArray, IntArray
from space.retrieval_measures import QueryOutcomes, outcomes_by
from space.similarity import cosine_similarity, row_ranks

K = 60
"""The constant of the paper, with which no single first place decides."""


def reciprocal_rank_fusion(scores: Sequence[FloatArray]) -> FloatArray:
    """Return the fused scores of several score matrices, float32 (n, m) in (0, 1].

    Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009, SIGIR): the sum over all of
    1 / (60 + rank in the row), here divided by the most it could be. Only ranks count, so scores
    of different scales may be fused. Equal scores share the better rank, as in `row_ranks`.
    scores: at least one, each (n, m), the same queries and documents.
    """
    total = np.zeros(scores[0].shape, np.float64)
    for one in scores:
        total += (K + 1) / (K + row_ranks(one))
    return (total / len(scores)).astype(np.float32)


def fused_outcomes(
    spaces: Sequence[tuple[FloatArray, FloatArray]], pairs: IntArray
) -> QueryOutcomes:
    """Return how each query fares in the fused ranking; see `query_outcomes`.

    spaces: of each Setup its queries (n, d) and documents (m, d), rows of length 1, whose d may
    differ; pairs: (p, 2) rows of both.
    """
    return outcomes_by(
        lambda rows: reciprocal_rank_fusion([cosine_similarity(q[rows], d) for q, d in spaces]),
        len(spaces[0][1]),
        pairs,
    )
