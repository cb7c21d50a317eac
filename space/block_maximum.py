"""The similarity matrix of a large collection, made small: the highest of each block of cells."""

import numpy as np

from space.arrays import FloatArray, IntArray
from space.similarity import cosine_similarity

_AT_A_TIME = 40
"""So many rows of blocks are worked out together: of 5,000 items in 400 parts, 500 rows."""


def block_maximum(rows: FloatArray, columns: FloatArray, most: int) -> FloatArray:
    """Return the cosines of rows with columns, cut into at most `most` parts along each axis.

    Each cell is the highest cosine of its block, so that a true pair among many others can still
    be seen. Only a part of the matrix is held at a time. rows: float32 (n, d), columns: float32
    (m, d), rows of length 1, both at least one. Returns float32 (min(n, most), min(m, most)).
    """
    row_starts, column_starts = _starts(len(rows), most), _starts(len(columns), most)
    strips = []
    for first in range(0, len(row_starts), _AT_A_TIME):
        starts = row_starts[first : first + _AT_A_TIME]
        after = row_starts[first + _AT_A_TIME : first + _AT_A_TIME + 1]
        end = int(after[0]) if len(after) else len(rows)
        matrix = cosine_similarity(rows[starts[0] : end], columns)
        highest = np.maximum.reduceat(matrix, starts - starts[0], axis=0)
        strips.append(np.maximum.reduceat(highest, column_starts, axis=1))
    return np.concatenate(strips)


def _starts(count: int, most: int) -> IntArray:
    parts = min(count, most)
    return np.arange(parts, dtype=np.int64) * count // parts
