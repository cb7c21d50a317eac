"""The modality gap: texts and pictures often sit in two separate regions of the shared space."""

import numpy as np

from space.arrays import FloatArray

_ZERO = 1e-6  # a shorter row is float32 rounding of zero and has no direction


def modality_gap(texts: np.ndarray, pictures: np.ndarray) -> float | None:
    """Distance between the centre of the texts and the centre of the pictures.

    Euclidean distance of the two mean vectors, from 0 (no gap) to 2 (opposite ends), as in Liang
    et al. 2022, "Mind the Gap", arXiv 2203.02053, section 2. texts: (n, d), pictures: (m, d), rows
    of length 1. None where one of the two is empty.
    """
    if len(texts) == 0 or len(pictures) == 0:
        return None
    difference = _mean(texts) - _mean(pictures)
    return float(np.linalg.norm(difference))


def centre_modalities(vectors: np.ndarray, is_text: np.ndarray) -> np.ndarray:
    """Take away each modality's own mean, which closes the gap, and bring rows back to length 1.

    A row equal to its modality's mean has no direction left and keeps its original vector; so a
    modality of one row is left untouched.
    vectors: (n, d), rows of length 1; is_text: (n,) bool. Returns a new (n, d) float32 array.
    """
    original = np.asarray(vectors, np.float32)
    centred = original.copy()
    texts = np.asarray(is_text, bool)
    for rows in (np.flatnonzero(texts), np.flatnonzero(~texts)):
        if len(rows) == 0:
            continue
        moved = original[rows].astype(np.float64) - _mean(original[rows])
        length = np.linalg.norm(moved, axis=1)
        directed = length > _ZERO
        centred[rows[directed]] = moved[directed] / length[directed, np.newaxis]
    return centred


def centred_query(
    query: FloatArray, texts: FloatArray, pictures: FloatArray, share_of_words: float
) -> FloatArray:
    """Return a query (d,) of length 1 as `centre_modalities` would have it.

    texts: (n, d), pictures: (m, d): whose means are taken away, by the share that words have in
    the query, 0 to 1. A query equal to that mean keeps its vector; so does one whose kind has
    fewer than two rows, which are not centred either.
    """
    moved = np.asarray(query, np.float64).copy()
    for rows, share in ((texts, share_of_words), (pictures, 1 - share_of_words)):
        if share and len(rows) > 1:
            moved -= share * _mean(rows)
    length = float(np.linalg.norm(moved))
    return query if length <= _ZERO else (moved / length).astype(np.float32)


def _mean(vectors: np.ndarray) -> np.ndarray:
    return np.asarray(vectors).mean(axis=0, dtype=np.float64)


def mean_within(vectors: FloatArray) -> float | None:
    """Return the mean cosine between two different rows, float32 (n, d) of unit length.

    None when there are fewer than two rows. The sum over all pairs is the squared length of the
    sum of the rows, so no n × n matrix is needed.
    """
    n = len(vectors)
    if n < 2:
        return None
    total = vectors.sum(axis=0, dtype=np.float64)
    return float((total @ total - n) / (n * (n - 1)))


def mean_between(left: FloatArray, right: FloatArray) -> float | None:
    """Return the mean cosine between a row of one and a row of the other; None if one is empty."""
    if not len(left) or not len(right):
        return None
    means = left.mean(axis=0, dtype=np.float64), right.mean(axis=0, dtype=np.float64)
    return float(means[0] @ means[1])
