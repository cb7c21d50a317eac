"""The similarity matrix of a large collection, made small: the highest of each block of cells."""

from itertools import pairwise

import numpy as np

from space.arrays import FloatArray
from space.similarity import cosine_similarity


def block_maximum(rows: FloatArray, columns: FloatArray, most: int) -> FloatArray:
    """Return the cosines of rows with columns, cut into at most `most` parts along each axis.

    Each cell is the highest cosine of its block, so that a true pair among many others can still
    be seen. Only one strip of the matrix is held at a time. rows: float32 (n, d), columns: float32
    (m, d), rows of length 1, both at least one. Returns float32 (min(n, most), min(m, most)).
    """
    starts = _starts(len(columns), most)
    ends = [*_starts(len(rows), most), len(rows)]
    strips = (
        cosine_similarity(rows[start:end], columns).max(axis=0) for start, end in pairwise(ends)
    )
    return np.stack([np.maximum.reduceat(strip, starts) for strip in strips])


def _starts(count: int, most: int) -> list[int]:
    parts = min(count, most)
    return [count * part // parts for part in range(parts)]
