"""Exact nearest neighbours by cosine in the original space."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from space.similarity import cosine_similarity

_BLOCK = 1000  # rows at a time: 5,000 items then need 20 MB instead of 100 MB


def exact_cosine_knn(x: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """The k nearest rows of every row by cosine distance (1 - cosine), nearest first.

    Each row is its own first neighbour at distance 0, even where others are the same; equal
    distances are in row order. x: (n, d), rows of length 1. Returns indices (n, k) int32 and
    distances (n, k) float32, never below 0; k is cut to n.
    """
    x = np.ascontiguousarray(x, np.float32)
    count = len(x)
    k = min(k, count)
    indices = np.empty((count, k), np.int32)
    distances = np.empty((count, k), np.float32)
    if k < 1:
        return indices, distances
    for start in range(0, count, _BLOCK):
        block = slice(start, min(start + _BLOCK, count))
        distance = 1.0 - x[block] @ x.T
        own = np.arange(len(distance))
        distance[own, start + own] = -1.0
        nearest = np.argpartition(distance, k - 1, axis=1)[:, :k]
        value = np.take_along_axis(distance, nearest, axis=1)
        order = np.lexsort((nearest, value), axis=1)
        indices[block] = np.take_along_axis(nearest, order, axis=1)
        distances[block] = np.take_along_axis(value, order, axis=1)
    return indices, np.maximum(distances, 0.0, out=distances)


@dataclass(frozen=True)
class Neighbours:
    """The nearest rows of one query, nearest first: indices (k,) int64, cosines (k,) float32."""

    indices: np.ndarray
    cosines: np.ndarray


def nearest(x: np.ndarray, query_rows: Sequence[int] | np.ndarray, k: int) -> list[Neighbours]:
    """The k other rows of `x` most similar to each query row, by cosine in the original space.

    x: (n, d), rows of length 1. Others with the same vector count. Returns one `Neighbours` a
    query, with fewer than k rows where there are fewer; equal cosines are in row order.
    """
    queries = np.asarray(query_rows, np.int64)
    found = []
    for query, row in zip(queries, cosine_similarity(x[queries], x), strict=True):
        order = np.argsort(-row, kind="stable")
        order = order[order != query][: max(k, 0)]
        found.append(Neighbours(order, row[order]))
    return found
