"""Zero-shot classification: which label's words does a picture lie closest to?

As in CLIP (Radford et al. 2021, arXiv 2103.00020, section 3.1): a label stands in one or several
prompts, and its vector is the mean of theirs, of length 1.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from sklearn.metrics import confusion_matrix

from space.arrays import BoolArray, Float64Array, FloatArray, IntArray
from space.estimates import Estimate, mean_estimate
from space.similarity import TIE, cosine_similarity


@dataclass(frozen=True)
class ZeroShot:
    """What a Setup takes n pictures of c labels for.

    predicted: (n,) the label that each is taken for. confusion: (c, c) int64, pictures of the
    row's label taken for the column's. accuracy: with its interval over pictures. recalls: (c,)
    of each label the share of its pictures that are taken for it.
    """

    predicted: IntArray
    confusion: IntArray
    accuracy: Estimate
    recalls: Float64Array

    @property
    def shares(self) -> Float64Array:
        """The confusion matrix by share of its row, (c, c) float64 in [0, 1]."""
        return self.confusion / np.maximum(self.confusion.sum(axis=1, keepdims=True), 1)


class Confusion(NamedTuple):
    """Pictures of one label that were taken for another: both labels, and the pictures' rows."""

    label: int
    taken_for: int
    rows: IntArray


def label_vectors(prompts: FloatArray) -> FloatArray:
    """Return the vector of each label: the mean over its prompts, of length 1.

    prompts: float32 (c, t, d), rows of length 1. Returns (c, d). Prompts that cancel each other
    out leave a vector of zeros, which is close to nothing.
    """
    means = np.asarray(prompts, np.float64).mean(axis=1)
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    return np.divide(means, lengths, out=np.zeros_like(means), where=lengths > TIE).astype(
        np.float32
    )


def zero_shot(pictures: FloatArray, labels: FloatArray, own: IntArray) -> ZeroShot:
    """Return which label each picture is taken for.

    pictures: (n, d), labels: (c, d), rows of length 1; own: (n,) the label that each picture has,
    of which every one occurs. A picture that is as close to a wrong label as to its own is taken
    for the wrong one: what cannot tell two labels apart has not told which it is.
    """
    cosines = cosine_similarity(pictures, labels)
    rows = np.arange(len(own))
    of_own = cosines[rows, own]
    cosines[rows, own] = -np.inf
    wrong = cosines.argmax(axis=1)
    right: BoolArray = of_own > cosines[rows, wrong] + TIE
    predicted = np.where(right, own, wrong).astype(np.int64)
    found = confusion_matrix(own, predicted, labels=np.arange(len(labels)))
    return ZeroShot(
        predicted,
        found.astype(np.int64),
        mean_estimate(right.astype(np.float64)),
        found.diagonal() / found.sum(axis=1),
    )


def worst_confusions(own: IntArray, predicted: IntArray) -> Iterator[Confusion]:
    """Yield the confusions of two labels, the most frequent first, then in the labels' order."""
    cells, counts = np.unique(
        np.stack([own, predicted], axis=1)[own != predicted], axis=0, return_counts=True
    )
    for at in np.argsort(-counts, kind="stable"):
        label, taken_for = (int(number) for number in cells[at])
        yield Confusion(label, taken_for, np.flatnonzero((own == label) & (predicted == taken_for)))


def accuracy_by_chance(own: IntArray) -> tuple[float, float]:
    """Return the accuracy of a label drawn by lot, and that of always the most frequent label."""
    counts = np.unique(own, return_counts=True)[1]
    return 1 / len(counts), float(counts.max() / counts.sum())
