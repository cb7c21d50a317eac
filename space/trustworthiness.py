"""How far the neighbours on a 2-D map can be trusted to be neighbours in the original space."""

import numpy as np
from sklearn.neighbors import NearestNeighbors

K = 15
"""Neighbours looked at by default: as many as UMAP looks at."""

_SMALLEST = 5  # with fewer items every map keeps its one usable neighbour about as often as chance
_BLOCK = 500  # rows at a time: 5,000 items then need 10 MB instead of 100 MB


def usable_k(count: int, k: int = K) -> int | None:
    """The number of neighbours used for `count` items: k, but always below half of the items.

    None for fewer than 5 items, where trustworthiness says nothing.
    """
    if count < _SMALLEST or k < 1:
        return None
    return min(k, (count - 1) // 2)


def trustworthiness(x: np.ndarray, xy: np.ndarray, k: int = K) -> float | None:
    """Share of trust from 0 to 1: 1 if all near points of the map are near in the original space.

    Venna and Kaski 2001, "Neighborhood preservation in nonlinear projection methods"; the same
    value as `sklearn.manifold.trustworthiness(x, xy, metric="cosine")`, worked out in blocks of
    rows so that 5,000 items take about a second and little memory. Original rows at the same
    distance share the best rank, where scikit-learn ranks them by chance.

    x: (n, d), rows of length 1; xy: (n, 2). k is cut as `usable_k` says; None where that is None.
    """
    count = len(x)
    used = usable_k(count, k)
    if used is None:
        return None
    x = np.ascontiguousarray(x, np.float32)
    on_map = NearestNeighbors(n_neighbors=used).fit(xy).kneighbors(return_distance=False)
    excess = 0
    for start in range(0, count, _BLOCK):
        neighbours = on_map[start : start + _BLOCK]
        similarity = x[start : start + _BLOCK] @ x.T
        own = np.arange(len(similarity))
        similarity[own, start + own] = -np.inf
        for column in neighbours.T:
            value = similarity[own, column][:, np.newaxis]
            rank = 1 + np.count_nonzero(similarity > value, axis=1)
            excess += int(np.maximum(rank - used, 0).sum())
    return 1.0 - excess * 2.0 / (count * used * (2.0 * count - 3.0 * used - 1.0))
