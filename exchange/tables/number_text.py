"""Vectors in digits, from which the same vectors can be read."""

import numpy as np

from collection.embeddings import FloatArray


def joined_numbers(vector: FloatArray, separator: str) -> str:
    """Return a finite vector, float32 (d,), in digits that JSON knows, to the last bit.

    9 significant digits tell every float32 from its neighbours, also for a reader that goes by
    way of a double; the shortest digits that do would not (7.038531e-26 is read wrong).
    """
    numbers = separator.join(["%.9g"] * len(vector)) % tuple(vector.tolist())
    if not np.signbit(vector[vector == 0]).any():
        return numbers
    # A JSON reader takes -0 for a whole number, which has no sign where it is zero.
    return separator.join("-0.0" if n == "-0" else n for n in numbers.split(separator))
