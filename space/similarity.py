"""Cosine similarity in the original space, and the scales it can be shown on.

Cosines of two providers are not on one scale: 0.3 may be a strong match for one and a weak match
for another. Each `Scale` says whether its values may be compared across providers.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from collection.errors import SharedSpaceError
from space.setting import Setting

TEMPERATURE = Setting("temperature", "Temperature", 0.01, 0.5, default=0.05, step=0.01)
"""Of the softmax. The least is the one that CLIP learned (logit scale 100; Radford et al. 2021,
arXiv 2103.00020, section 2.5), at which most models leave all to the best match."""

TIE = 1e-6
"""Cosines closer than this are equal: float32 rounding of a dot product stays below it."""

_FLAT = 1e-6  # a spread below float32 rounding is no spread


def cosine_similarity(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Cosine of every row of `a` with every row of `b`.

    a: (n, d), b: (m, d), rows of length 1. Returns (n, m) float32 in [-1, 1].
    """
    product = np.asarray(a, np.float32) @ np.asarray(b, np.float32).T
    return np.clip(product, -1.0, 1.0, out=product)


def row_ranks(similarity: np.ndarray) -> np.ndarray:
    """Rank of each value within its row: 1 is the most similar.

    Values within `TIE` of their neighbour in the sorted row share the best (lowest) rank.
    similarity: (n, m). Returns (n, m) int32.
    """
    matrix = np.asarray(similarity)
    order = np.argsort(-matrix, axis=1, kind="stable")
    ordered = np.take_along_axis(matrix, order, axis=1)
    first_of_tie = np.ones(matrix.shape, bool)
    first_of_tie[:, 1:] = ordered[:, :-1] - ordered[:, 1:] > TIE
    position = np.arange(1, matrix.shape[1] + 1, dtype=np.int32)
    shared = np.maximum.accumulate(np.where(first_of_tie, position, 0), axis=1)
    ranks = np.empty(matrix.shape, np.int32)
    np.put_along_axis(ranks, order, shared.astype(np.int32), axis=1)
    return ranks


def row_softmax(similarity: np.ndarray, temperature: float = TEMPERATURE.default) -> np.ndarray:
    """Softmax of each row: the zero-shot probability of each column.

    similarity: (n, m). Returns (n, m) float32, each row adds up to 1. A lower temperature makes
    the best match stand out more. Raises SharedSpaceError if the temperature is not above 0.
    """
    if not temperature > 0:
        raise SharedSpaceError("The temperature must be above 0. Choose a larger one.")
    matrix = np.asarray(similarity, np.float64)
    highest = matrix.max(axis=1, keepdims=True, initial=-np.inf)
    weights = np.exp((matrix - highest) / temperature)
    return (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)


def z_scores(similarity: np.ndarray) -> np.ndarray:
    """Each value as a number of standard deviations from the mean of the whole matrix.

    similarity: (n, m). Returns (n, m) float32; zeros where all values are the same.
    """
    matrix = np.asarray(similarity, np.float64)
    if matrix.size == 0 or matrix.std() < _FLAT:
        return np.zeros(matrix.shape, np.float32)
    return ((matrix - matrix.mean()) / matrix.std()).astype(np.float32)


@dataclass(frozen=True)
class Scale:
    """One way to show a matrix of cosines.

    apply: (matrix (n, m), parameter) -> matrix (n, m).
    parameter: the number that `apply` takes, None where it takes none and ignores it.
    comparable: may values of two providers share one colour bar?
    diverging: is there a meaningful middle (0), with colours to both sides?
    low_is_best: is the smallest value the best match (ranks)?
    fixed_range: the range of the colour bar, or None to take it from the values shown.
    """

    title: str
    sentence: str
    apply: Callable[[np.ndarray, float], np.ndarray]
    comparable: bool
    diverging: bool = False
    low_is_best: bool = False
    fixed_range: tuple[float, float] | None = None
    parameter: Setting | None = None


SCALES: dict[str, Scale] = {
    "cosine": Scale(
        title="Cosine similarity",
        sentence="How closely two vectors point the same way: 1 is the same direction, 0 is "
        "unrelated; each provider has its own usual range.",
        apply=lambda matrix, _parameter: matrix,
        comparable=False,
    ),
    "rank": Scale(
        title="Rank in the row",
        sentence="The order of the matches within each row: 1 is the best match.",
        apply=lambda matrix, _parameter: row_ranks(matrix),
        comparable=True,
        low_is_best=True,
    ),
    "softmax": Scale(
        title="Zero-shot probability",
        sentence="The share of its belief that each row gives to each column; a row adds up to 1, "
        "and a lower temperature favours the best match.",
        apply=row_softmax,
        comparable=True,
        fixed_range=(0.0, 1.0),
        parameter=TEMPERATURE,
    ),
    "z": Scale(
        title="Z-score",
        sentence="How many standard deviations a cosine lies above or below the mean of all pairs "
        "in the rows shown, for this provider.",
        apply=lambda matrix, _parameter: z_scores(matrix),
        comparable=True,
        diverging=True,
    ),
}
"""The scales of a heatmap, by name, in the order they are offered."""
