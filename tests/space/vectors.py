"""Rows of length 1, given or by chance."""

import numpy as np


def unit(rows):
    """Return the rows at length 1, float32 (n, d)."""
    matrix = np.asarray(rows, np.float64)
    return (matrix / np.linalg.norm(matrix, axis=1, keepdims=True)).astype(np.float32)


def unit_rows(n, d=16, seed=0):
    """Return n random rows of length 1, float32 (n, d); `seed`: a number, or a generator."""
    return unit(np.random.default_rng(seed).normal(size=(n, d)))
