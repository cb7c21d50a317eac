"""Unusual pairs: captions and pictures that fit each other less well than the other pairs do."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from space.pairs import pair_cosines
from space.similarity import z_scores

LIMIT = -2.0
"""A pair this many standard deviations below the mean of all pairs is unusual."""

_FEWEST = 4  # fewer pairs have no usual fit


@dataclass(frozen=True)
class PairFit:
    """How well each known pair fits, against all known pairs.

    cosines: (p,) float32; z: (p,) float32, standard deviations above or below the mean of the
    pairs; mean, deviation: of the cosines, 0.0 where there is no pair. rows: (f,) int64, pairs
    with a z of at most `LIMIT`, lowest first.
    """

    cosines: npt.NDArray[np.float32]
    z: npt.NDArray[np.float32]
    mean: float
    deviation: float
    rows: npt.NDArray[np.int64]


def pair_fit(vectors_text: np.ndarray, vectors_picture: np.ndarray, pairs: np.ndarray) -> PairFit:
    """Compare the cosine of each known pair with those of all known pairs.

    vectors_text: (n, d), vectors_picture: (m, d), rows of length 1; pairs: (p, 2) text row and
    picture row. With fewer than four pairs, or when all fit alike, none is flagged. One of p
    values is never more than (p - 1) / sqrt(p) deviations from the mean, so the first flag
    needs six pairs.
    """
    known = np.asarray(pairs, np.int64).reshape(-1, 2)
    if len(known) == 0:
        empty = np.zeros(0, np.float32)
        return PairFit(empty, empty, 0.0, 0.0, np.zeros(0, np.int64))
    ends = np.asarray(vectors_text, np.float32), np.asarray(vectors_picture, np.float32)
    cosines = pair_cosines(np.concatenate(ends), known + np.asarray((0, len(vectors_text))))
    z = z_scores(cosines)
    lowest_first = np.argsort(z, kind="stable")
    flagged = lowest_first[z[lowest_first] <= LIMIT]
    return PairFit(
        cosines=cosines,
        z=z,
        mean=float(cosines.mean(dtype=np.float64)),
        deviation=float(cosines.std(dtype=np.float64)),
        rows=flagged if len(known) >= _FEWEST else flagged[:0],
    )
