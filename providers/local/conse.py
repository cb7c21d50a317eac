"""ConSE: a picture's place among the texts, from what a classifier says about it.

Norouzi et al., "Zero-Shot Learning by Convex Combination of Semantic Embeddings", ICLR 2014
(arXiv 1312.5650). Each class has a text vector, that of its name and definition. A picture's
vector is the mean of the vectors of its likeliest classes, weighted by their probability, so
pictures land in the space of the text encoder without having been trained for it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from collection.embeddings import FloatArray
from providers.local.asset_files import read_arrays

TEMPERATURE = 1.5
"""The logits are divided by this before the softmax: above 1, second guesses count for more."""

CLASSES_KEPT = 50
"""How many of the 1000 classes, the likeliest, have a say."""


@dataclass(frozen=True, slots=True)
class LabelSpace:
    """The classes as points in the space of one text encoder.

    `labels`: float32 (1000, d), rows of length 1, one per class. `centre`: float32 (d,), the mean
    of the classes before centring: a constant of the model, never of the user's data.
    """

    labels: FloatArray
    centre: FloatArray

    @classmethod
    def read(cls, name: str) -> "LabelSpace":
        """Return the committed label space of this file name; raises ProviderFailed."""
        arrays = read_arrays(name)
        return cls(arrays["labels"].astype(np.float32), arrays["centre"])

    def text_vectors(self, encoded: FloatArray) -> FloatArray:
        """Return encoder output, float32 (n, d), as vectors of this space: centred, length 1."""
        return unit_rows(unit_rows(encoded) - self.centre)

    def picture_vector(self, logits: FloatArray) -> FloatArray:
        """Return float32 (d,), length 1, for a classifier's logits, float32 (1000,)."""
        probabilities = softmax(logits / TEMPERATURE)
        kept = np.argsort(-probabilities, kind="stable")[:CLASSES_KEPT]
        weights = probabilities[kept] / probabilities[kept].sum()
        # A plain sum, not a matrix product: it rounds the same on every run and processor.
        return unit_rows((weights[:, None] * self.labels[kept]).sum(axis=0, keepdims=True))[0]


def softmax(logits: FloatArray) -> npt.NDArray[np.float64]:
    """Return probabilities, float64 (n,), that sum to 1."""
    powers = np.exp(logits.astype(np.float64) - logits.max())
    return np.asarray(powers / powers.sum())


def unit_rows(vectors: npt.NDArray[np.floating]) -> FloatArray:
    """Return the rows, (n, d), scaled to length 1, as float32; the lengths must not be zero."""
    exact = vectors.astype(np.float64)
    lengths = np.sqrt((exact**2).sum(axis=1, keepdims=True))
    return (exact / lengths).astype(np.float32)
