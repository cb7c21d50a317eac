"""Hubs: items that are among the nearest neighbours of too many, and two corrections for them.

A query is a row of one kind, a document one of the other kind.
"""

from collections.abc import Iterator

import numpy as np
from scipy.stats import skew

from space.arrays import FloatArray, IntArray
from space.similarity import cosine_similarity
from space.undefined import Measured, Undefined

K = 10
"""Neighbours looked at, as in both papers; see `usable_k`."""

_BLOCK = 1024
HALF = np.float32(0.5)
"""CSLS is halved, which brings it to the scale of a cosine."""


def usable_k(documents: int) -> int:
    """Return how many neighbours are looked at: `K`, but at most a fifth of the documents.

    Where each query has most documents among its neighbours, none can be a hub. At least 1.
    """
    return max(1, min(K, documents // 5))


def k_occurrence(queries: FloatArray, documents: FloatArray, k: int) -> IntArray:
    """Return N_k: of how many queries each document is among the k nearest, (m,) int64.

    Radovanović, Nanopoulos and Ivanović 2010 (JMLR 11, section 3). queries: (n, d), documents:
    (m, d), rows of length 1; k is cut to m. Of equal cosines at the cut, the first rows count. The
    sum is n k.
    """
    counts = np.zeros(len(documents), np.int64)
    k = min(k, len(documents))
    if not k:
        return counts
    for cosines in _blocks(queries, documents):
        # Not sorted as wholes, which would take most of the time.
        cut = np.partition(cosines, -k, axis=1)[:, -k, np.newaxis]
        above, level = cosines > cut, cosines == cut
        room = k - above.sum(axis=1, keepdims=True)
        counts += (above | (level & (level.cumsum(axis=1) <= room))).sum(axis=0)
    return counts


def skewness(counts: IntArray) -> Measured:
    """Return the skewness of N_k, the standardised third moment (the same paper, equation 1).

    0 where occurrences are spread evenly to both sides of their mean; the higher, the more a few
    hubs have most of them. Undefined below 3 documents, or where all occur equally often.
    """
    if len(counts) < 3:
        return Undefined("there are fewer than three items")
    if np.ptp(counts) == 0:
        return Undefined("all occur equally often")
    return float(skew(counts))


def mean_of_nearest(rows: FloatArray, others: FloatArray, k: int) -> FloatArray:
    """Return for each row the mean cosine with its k nearest among the others, float32 (n,).

    rows: (n, d), others: (m, d), rows of length 1, m at least 1; k is cut to m.
    """
    k = min(k, len(others))
    means = [np.partition(c, c.shape[1] - k, axis=1)[:, -k:].mean(1) for c in _blocks(rows, others)]
    return np.concatenate(means) if means else np.zeros(0, np.float32)


def csls_vectors(texts: FloatArray, pictures: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return vectors whose dot products are half the CSLS of texts and pictures.

    Cross-domain similarity local scaling (Conneau et al. 2018, arXiv 1710.04087, section 2.3):
    CSLS(x, y) = 2 cos(x, y) - r(x) - r(y), where r is the mean cosine with the nearest of the other
    kind: who is close to everybody is set back. texts: (n, d), pictures: (m, d), rows of length 1.
    Returns (n, d + 2) and (m, d + 2): two more columns hold r, so that whatever takes cosines of a
    text and a picture takes this instead. Two columns of zeros where one of both is empty.
    """
    if not len(texts) or not len(pictures):
        return _widened(texts, 0.0, 0.0), _widened(pictures, 0.0, 0.0)
    of_texts = -HALF * mean_of_nearest(texts, pictures, usable_k(len(pictures)))
    of_pictures = -HALF * mean_of_nearest(pictures, texts, usable_k(len(texts)))
    return _widened(texts, of_texts, 1.0), _widened(pictures, 1.0, of_pictures)


def csls_query(query: FloatArray, documents: FloatArray, *, is_text: bool) -> FloatArray:
    """Return a query (d,) as `csls_vectors` has it, to meet documents (m, d) of the other kind."""
    row = query[np.newaxis]
    half = -HALF * mean_of_nearest(row, documents, usable_k(len(documents)))
    return (_widened(row, half, 1.0) if is_text else _widened(row, 1.0, half))[0]


def _widened(rows: FloatArray, first: FloatArray | float, second: FloatArray | float) -> FloatArray:
    wide = np.empty((len(rows), rows.shape[1] + 2), np.float32)
    wide[:, :-2], wide[:, -2], wide[:, -1] = rows, first, second
    return wide


def _blocks(rows: FloatArray, others: FloatArray) -> Iterator[FloatArray]:
    for start in range(0, len(rows), _BLOCK):
        yield cosine_similarity(rows[start : start + _BLOCK], others)
