"""Cosines of known pairs, and the range in which to show them."""

import numpy as np
import numpy.typing as npt

_NARROWEST = 0.3


def pair_cosines(
    vectors: npt.NDArray[np.float32], pairs: npt.NDArray[np.int64]
) -> npt.NDArray[np.float32]:
    """Return the cosine of each pair, float32 (p,).

    `vectors`: float32 (n, d), rows of length 1; `pairs`: (p, 2) row numbers.
    """
    left, right = vectors[pairs[:, 0]], vectors[pairs[:, 1]]
    return np.clip(np.einsum("ij,ij->i", left, right), -1.0, 1.0)


def shown_range(cosines: npt.NDArray[np.float32], room: float = 0.0) -> tuple[float, float]:
    """Return the smallest and the largest value, at least `_NARROWEST` apart; (0, 1) for none.

    A few pairs of nearly the same cosine would else seem to be worlds apart. `room`: how much is
    left free at both ends, as a share of the range.
    """
    if not len(cosines):
        return 0.0, 1.0
    low, high = float(cosines.min()), float(cosines.max())
    widen = max(0.0, _NARROWEST - (high - low)) / 2
    widen += room * (high - low + 2 * widen)
    return low - widen, high + widen


def drawn_pairs(
    pairs: npt.NDArray[np.int64],
    cosines: npt.NDArray[np.float32],
    selected: npt.NDArray[np.int64],
    *,
    all_up_to: int,
    else_farthest: int,
) -> npt.NDArray[np.bool_]:
    """Return which pairs to join by a line, bool (p,): all of few, of many the telling ones.

    These are the pairs of the selected rows and the `else_farthest` of the lowest cosine.
    """
    if len(pairs) <= all_up_to:
        return np.ones(len(pairs), bool)
    drawn = np.isin(pairs, selected)[:, 0] | np.isin(pairs, selected)[:, 1]
    drawn[np.argsort(cosines, kind="stable")[:else_farthest]] = True
    return drawn


def with_partners(
    pairs: npt.NDArray[np.int64], selected: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return the selected rows and those that they are paired with, ascending."""
    touched = pairs[np.isin(pairs, selected).any(axis=1)]
    return np.unique(np.concatenate([np.asarray(selected, np.int64), touched.ravel()]))
