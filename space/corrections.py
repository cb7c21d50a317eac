"""Corrections for hubs that can be laid over the vectors of a Setup."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from space.arrays import BoolArray, FloatArray
from space.hubs import csls_vectors
from space.modality import centre_modalities


@dataclass(frozen=True)
class Correction:
    """One way to set hubs back.

    apply: (vectors (n, d), is_text (n,)) → vectors (n, e) whose dot products of a text and a
    picture take the place of cosines. score: what these are called. across_only: whether they say
    nothing of two items of one kind.
    """

    title: str
    sentence: str
    score: str
    apply: Callable[[FloatArray, BoolArray], FloatArray]
    across_only: bool = False


def _csls(vectors: FloatArray, is_text: BoolArray) -> FloatArray:
    texts, pictures = csls_vectors(vectors[is_text], vectors[~is_text])
    found = np.empty((len(vectors), vectors.shape[1] + 2), np.float32)
    found[is_text], found[~is_text] = texts, pictures
    return found


NONE, CENTRING, CSLS = "none", "centring", "csls"
CORRECTIONS: dict[str, Correction] = {
    NONE: Correction(
        "As it is",
        "The cosine of both vectors as the model gave them.",
        "cosine",
        lambda vectors, _is_text: vectors,
    ),
    CENTRING: Correction(
        "Centred",
        "Captions and pictures each without their own mean, which closes the modality gap.",
        "centred cosine",
        centre_modalities,
    ),
    CSLS: Correction(
        "CSLS",
        "The cosine, less half of the mean cosine that each of the two has with its nearest of the "
        "other kind (Conneau et al. 2018; half its figure, which is on the scale of a cosine).",
        "CSLS",
        _csls,
        across_only=True,
    ),
}
"""By name, in the order in which they are offered."""
