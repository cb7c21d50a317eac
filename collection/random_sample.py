"""Which pictures of a collection that is larger than a session come in: a random few."""

from collections.abc import Sequence

import numpy as np

SAMPLE_SEED = 7
"""The seed of the first sample; another one gives other pictures."""


def sample_pictures(
    captions_per_picture: Sequence[int], limit: int, seed: int = SAMPLE_SEED
) -> list[int]:
    """Return the indices, ascending, of random pictures that fit `limit` with all their captions.

    A picture takes one item and one more for each caption. Pictures are drawn without
    replacement, each as likely as the others, until the next one no longer fits; one that would
    not fit even alone is never drawn. All come in if they fit. The same numbers and the same
    seed give the same pictures.
    """
    sizes = 1 + np.asarray(captions_per_picture, dtype=np.int64)
    candidates = np.flatnonzero(sizes <= limit)
    drawn = np.random.default_rng(seed).permutation(candidates)
    fitting = np.searchsorted(np.cumsum(sizes[drawn]), limit, side="right")
    indices: list[int] = np.sort(drawn[:fitting]).tolist()
    return indices


def sample_numbers(count: int, wanted: int, seed: int = SAMPLE_SEED) -> list[int]:
    """Return so many different numbers below `count`, ascending, each as likely as the others."""
    drawn = np.random.default_rng(seed).choice(count, wanted, replace=False)
    numbers: list[int] = np.sort(drawn).tolist()
    return numbers
