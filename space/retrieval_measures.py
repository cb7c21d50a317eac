"""Measures of retrieval in the field's own words, and what each would be by chance.

A query is a caption that looks for its pictures, or a picture that looks for its captions. It may
have several right documents. A wrong document that ties with a right one (within `TIE`) counts as
closer, as in `space.retrieval`: what cannot tell two documents apart has not found one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from space.arrays import Float64Array, FloatArray, IntArray
from space.similarity import TIE, cosine_similarity
from space.undefined import Measured, Undefined

_BLOCK = 1024
CUT = 10
"""nDCG looks at so many documents."""

ScoresOf = Callable[[IntArray], FloatArray]
"""Rows of queries (q,) → their scores with all documents, a new float32 (q, m); high is close."""

NO_QUERY = Undefined("no pair is known")
NO_WRONG = Undefined("every document is a right one")


class Measure(StrEnum):
    """The measures, by the names that the field has for them."""

    RECALL_1 = "recall@1"
    RECALL_5 = "recall@5"
    RECALL_10 = "recall@10"
    MRR = "MRR"
    MEDIAN_RANK = "median rank"
    NDCG = "nDCG@10"
    PAIR_ACCURACY = "pair accuracy"


RECALLS = {Measure.RECALL_1: 1, Measure.RECALL_5: 5, Measure.RECALL_10: 10}


@dataclass(frozen=True)
class QueryOutcomes:
    """How each query that has a right document fares among all documents.

    queries: (q,) int64, rows, ascending. right: (q,) int64, how many right documents each has, at
    least 1. documents: how many there are in all. ranks: (q,) int64, the rank of the best right
    document, from 1 on. ndcg: (q,) float64 in [0, 1]. preferred: (q,) float64 in [0, 1], see
    `Measure.PAIR_ACCURACY` in `values_of`; 0 where every document is right.
    """

    queries: IntArray
    right: IntArray
    documents: int
    ranks: IntArray
    ndcg: Float64Array
    preferred: Float64Array


def query_outcomes(queries: FloatArray, documents: FloatArray, pairs: IntArray) -> QueryOutcomes:
    """Return how each query fares that has a right document.

    queries: float32 (n, d), documents: float32 (m, d), rows of length 1; pairs: (p, 2) query row
    and document row of what belongs together; a pair named twice counts once. Without pairs there
    is no query. Needs memory for 1,024 queries at a time.
    """
    return outcomes_by(
        lambda rows: cosine_similarity(queries[rows], documents), len(documents), pairs
    )


def outcomes_by(scores_of: ScoresOf, documents: int, pairs: IntArray) -> QueryOutcomes:
    """Return the same by any scores; documents: how many there are."""
    rows = np.unique(np.asarray(pairs, np.int64).reshape(-1, 2), axis=0)
    names, starts, right = np.unique(rows[:, 0], return_index=True, return_counts=True)
    if not len(rows):
        none = np.zeros(0)
        return QueryOutcomes(names, right, documents, names, none, none)
    ahead = _wrong_ahead(scores_of, rows, names)
    ordered = ahead[np.lexsort((ahead, rows[:, 0]))]
    position = 1 + ordered + np.arange(len(rows)) - np.repeat(starts, right)
    discount = np.where(position <= CUT, 1 / np.log2(position + 1), 0.0)
    wrong = np.maximum(documents - right, 1)
    preferred = 1 - np.add.reduceat(ahead, starts) / (right * wrong)
    return QueryOutcomes(
        queries=names,
        right=right,
        documents=documents,
        ranks=1 + np.minimum.reduceat(ahead, starts),
        ndcg=np.add.reduceat(discount, starts) / _ideal(right),
        preferred=np.where(right < documents, preferred, 0.0),
    )


def _wrong_ahead(scores_of: ScoresOf, pairs: IntArray, names: IntArray) -> IntArray:
    """Return for each pair how many wrong documents are at least as close as its own, (p,)."""
    ahead = np.empty(len(pairs), np.int64)
    for start in range(0, len(names), _BLOCK):
        block = names[start : start + _BLOCK]
        first, last = np.searchsorted(pairs[:, 0], (block[0], block[-1] + 1))
        row = np.searchsorted(block, pairs[first:last, 0])
        cosines = scores_of(block)
        own = cosines[row, pairs[first:last, 1]]
        cosines[row, pairs[first:last, 1]] = -np.inf
        for at in range(0, len(row), _BLOCK):
            some = slice(at, at + _BLOCK)
            closer = cosines[row[some]] >= own[some, np.newaxis] - TIE
            ahead[first + at : first + at + len(closer)] = np.count_nonzero(closer, axis=1)
    return ahead


def _discounts(count: int) -> Float64Array:
    """Return the discounts of the first `count` ranks, at most `CUT` of them."""
    return 1 / np.log2(np.arange(min(count, CUT)) + 2)


def _ideal(right: IntArray) -> Float64Array:
    """Return the discounted gain of a ranking that has all right documents first, (q,)."""
    return np.cumsum(_discounts(CUT))[np.minimum(right, CUT) - 1]


def values_of(outcomes: QueryOutcomes, measure: Measure) -> Float64Array:
    """Return the value of each query, float64 (q,), of which `measured` is the mean or the median.

    recall@k: 1 if any right document is among the first k, else 0, as image-text retrieval counts
    it (Karpathy and Fei-Fei 2015, section 4.2). MRR: 1 / rank (Voorhees 1999, TREC-8 question
    answering). median rank: the rank. nDCG@10: the sum of 1 / log2(1 + rank) over the right
    documents among the first 10, divided by the most it could be (Järvelin and Kekäläinen 2002,
    with gains of 0 and 1). pair accuracy: the share of couples of a right and a wrong document in
    which the right one is closer; the AUC of the query, but that ties count against it.
    """
    if measure in RECALLS:
        return (outcomes.ranks <= RECALLS[measure]).astype(np.float64)
    values: dict[Measure, Callable[[], Float64Array]] = {
        Measure.MRR: lambda: 1 / outcomes.ranks,
        Measure.MEDIAN_RANK: lambda: outcomes.ranks.astype(np.float64),
        Measure.NDCG: lambda: outcomes.ndcg,
        Measure.PAIR_ACCURACY: lambda: outcomes.preferred,
    }
    return values[measure]()


def measured(outcomes: QueryOutcomes, measure: Measure) -> Measured:
    """Return the measure over all queries: their mean, or for the median rank their median.

    All lie in [0, 1] but the median rank, from 1 on. Pair accuracy leaves out queries to which
    every document is right.
    """
    if not len(outcomes.queries):
        return NO_QUERY
    values = values_of(outcomes, measure)
    if measure is Measure.MEDIAN_RANK:
        return float(np.median(values))
    if measure is Measure.PAIR_ACCURACY:
        values = values[outcomes.right < outcomes.documents]
        if not len(values):
            return NO_WRONG
    return float(values.mean())


def chance_of(right: IntArray, documents: int, measure: Measure) -> Measured:
    """Return what the measure is expected to be if every order of the documents is as likely.

    right: (q,) int64, how many right documents each query has; documents: how many there are. In
    closed form, exact. For the median rank it is the median of the distribution of all ranks; the
    middle of both where half of the ranks lie on each side.
    """
    if not len(right):
        return NO_QUERY
    if measure is Measure.PAIR_ACCURACY:
        return 0.5 if np.any(right < documents) else NO_WRONG
    if measure is Measure.NDCG:
        gain = right / documents * _discounts(documents).sum()
        return float(np.mean(gain / _ideal(right)))
    numbers, counts = np.unique(right, return_counts=True)
    shares = counts / counts.sum()
    after = shares @ np.stack([_rank_beyond(int(number), documents) for number in numbers])
    if measure in RECALLS:
        return float(1 - after[min(RECALLS[measure], documents)])
    if measure is Measure.MRR:
        return float((after[:-1] - after[1:]) @ (1 / np.arange(1, documents + 1)))
    half = 0.5 + 1e-12 * np.array([1, -1])
    lower, upper = (int(np.argmax(after < bound)) for bound in half)
    return (lower + upper) / 2


def _rank_beyond(right: int, documents: int) -> Float64Array:
    """Return the chance that the first of `right` documents has a rank beyond 0, 1, … (m + 1,).

    The first k are all wrong: the product of (m - r - i) / (m - i) for i below k.
    """
    drawn = np.arange(documents)
    wrong_next = np.maximum(documents - right - drawn, 0) / (documents - drawn)
    return np.concatenate([[1.0], np.cumprod(wrong_next)])
