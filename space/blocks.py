"""How alike texts, pictures, and texts and pictures are on average."""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]


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
