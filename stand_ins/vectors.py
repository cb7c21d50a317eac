"""Vectors without a model: the same content, model and role always give the same numbers.

They carry no meaning: two likenesses of one cat are as far apart as any two things.
"""

import hashlib

import numpy as np

_DECIMALS = 7  # about what a float32 holds, and what services write


def vector_of(kind, content, role, model, dimension, *, length=1.0):
    """Return `dimension` floats decided by all other arguments, as a list of the given length.

    `content` is a text (str) or the bytes of a picture; `role` is whatever the API calls it (task
    type, input type) or None. Components are drawn one after the other, so a shorter vector
    points where the beginning of a longer one points, as with Matryoshka models.
    """
    digest = hashlib.sha256(f"{kind}\0{model}\0{role}\0".encode())
    digest.update(content.encode() if isinstance(content, str) else content)
    draws = np.random.default_rng(int.from_bytes(digest.digest()[:16]))
    vector = draws.standard_normal(dimension)
    vector *= length / np.linalg.norm(vector)
    return vector.round(_DECIMALS).tolist()
