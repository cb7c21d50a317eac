"""Near-duplicates: the pairs of items that are most alike."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from space.similarity import TIE, cosine_similarity

DEFAULT_THRESHOLD = 0.9
"""Pictures at least this alike are near-duplicates until someone moves the threshold. With the
embedded models, most mirrored, cropped and recompressed copies lie above it and different
pictures far below; models that hold all pictures to be alike need a higher one."""

_BLOCK = 128  # rows at a time: 640,000 cosines against 5,000 rows


@dataclass(frozen=True)
class ClosePairs:
    """The closest pairs of different rows, closest first.

    pairs: (p, 2) int64, the lower row first; cosines: (p,) float32. complete_above: every pair
    with a cosine above this value is in the list; -1.0 where all pairs are.
    """

    pairs: npt.NDArray[np.int64]
    cosines: npt.NDArray[np.float32]
    complete_above: float


def close_pairs(vectors: np.ndarray, most: int = 2000) -> ClosePairs:
    """Find the `most` closest pairs of different rows.

    vectors: (n, d), rows of length 1. Equal cosines are in row order. Only pairs that can still
    be among the closest are kept on the way, so memory does not grow with the square of n.
    Raises ValueError if `most` is below 1.
    """
    if most < 1:
        raise ValueError("The closest pairs are at least one: most is below 1.")
    x = np.ascontiguousarray(vectors, np.float32)
    pairs, cosines = np.empty((0, 2), np.int64), np.empty(0, np.float32)
    cut = -np.inf
    for start in range(0, len(x), _BLOCK):
        block = cosine_similarity(x[start : start + _BLOCK], x[start:])
        left, right = np.nonzero(np.triu(block > cut, k=1))
        pairs = np.concatenate([pairs, np.stack([left, right], axis=1) + start])
        cosines = np.concatenate([cosines, block[left, right]])
        if len(cosines) > most:
            closest = np.argpartition(-cosines, most - 1)[:most]
            pairs, cosines = pairs[closest], cosines[closest]
            cut = float(cosines.min())
    order = np.lexsort((pairs[:, 1], pairs[:, 0], -cosines))
    return ClosePairs(pairs[order], cosines[order], max(cut, -1.0))


def above(close: ClosePairs, threshold: float) -> ClosePairs:
    """Return the pairs with a cosine of at least `threshold` (within `TIE`), without a new search.

    Its `complete_above` is above the threshold where the list was too short to hold all of them.
    """
    count = int(np.sum(close.cosines >= threshold - TIE))
    complete = max(close.complete_above, threshold, -1.0)
    return ClosePairs(close.pairs[:count], close.cosines[:count], complete)
