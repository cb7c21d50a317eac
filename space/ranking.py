"""Rank every item of a collection by its cosine similarity to one query."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from collection.errors import SharedSpaceError
from space.similarity import TIE, cosine_similarity, row_ranks


def query_scores(query: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    """Cosine of the query with every row.

    query: (d,), of length 1. vectors: (n, d), rows of length 1; float32 is not copied. Returns
    (n,) float32 in [-1, 1].
    """
    return cosine_similarity(np.asarray(query)[np.newaxis], vectors)[0]


@dataclass(frozen=True)
class Hits:
    """Rows that answer a query, in the order in which they are shown.

    rows: (k,) int64. scores: (k,) float32. ranks: (k,) int64, 1 is the best score; scores within
    `TIE` share the lower rank, as in `row_ranks`. ranked_count: how many were ranked.
    """

    rows: np.ndarray
    scores: np.ndarray
    ranks: np.ndarray
    ranked_count: int


def best(scores: np.ndarray, k: int, allowed: np.ndarray | None = None) -> Hits:
    """The k highest scores among the allowed rows, highest first; equal scores in row order.

    scores: (n,). allowed: (n,) bool, the rows that may be named; None allows all. There are fewer
    than k hits where fewer rows are allowed. Only the k hits are sorted, so a large n is cheap.
    """
    candidates = _candidates(len(scores), allowed)
    score = np.asarray(scores, np.float32)[candidates]
    k = min(max(k, 0), len(candidates))
    if k == 0:
        return Hits(candidates[:0], score[:0], candidates[:0], len(candidates))
    # argpartition alone would take any of the scores that are equal at the cut.
    lowest = np.partition(score, len(score) - k)[len(score) - k]
    above = np.flatnonzero(score > lowest)
    at_the_cut = np.flatnonzero(score == lowest)[: k - len(above)]
    chosen = np.concatenate([above, at_the_cut])
    chosen = chosen[np.argsort(-score[chosen], kind="stable")]
    found = score[chosen]
    return Hits(candidates[chosen], found, _ranks(found), len(candidates))


def hits_of(
    scores: np.ndarray, rows: Sequence[int] | np.ndarray, allowed: np.ndarray | None = None
) -> Hits:
    """The given rows in the given order, each with its score and its rank among the allowed.

    scores: (n,). rows: (k,). allowed: (n,) bool; None allows all. The rank of a row that is not
    allowed is 0.
    """
    candidates = _candidates(len(scores), allowed)
    score = np.asarray(scores, np.float32)
    wanted = np.asarray(rows, np.int64)
    ranks = np.zeros(len(score), np.int64)
    ranks[candidates] = _ranks(score[candidates])
    return Hits(wanted, score[wanted], ranks[wanted], len(candidates))


def combined(parts: Sequence[np.ndarray], weights: Sequence[float]) -> np.ndarray:
    """One query out of several: the weighted sum of the parts, brought to length 1.

    parts: each (d,), of length 1. weights: one a part; below 0 means "away from this". Returns
    (d,) float32. Raises SharedSpaceError when the sum has no direction left.
    """
    weight = np.asarray(weights, np.float64)
    total = weight @ np.asarray(parts, np.float64)
    length = np.linalg.norm(total)
    if length <= TIE * np.abs(weight).sum():
        raise SharedSpaceError(
            "The two parts of this query cancel each other out, so nothing is left to search "
            "for. Move the weight towards one of them."
        )
    return (total / length).astype(np.float32)


def _candidates(count: int, allowed: np.ndarray | None) -> np.ndarray:
    if allowed is None:
        return np.arange(count, dtype=np.int64)
    return np.flatnonzero(np.asarray(allowed, bool)).astype(np.int64)


def _ranks(score: np.ndarray) -> np.ndarray:
    return row_ranks(score[np.newaxis])[0].astype(np.int64)
