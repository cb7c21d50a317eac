"""Do two Setups differ on the same pairs, or may chance have made the difference?"""

import math
from collections.abc import Iterator

import numpy as np
from scipy.stats import norm

from space.arrays import Float64Array
from space.seed import SEED
from space.undefined import Undefined

LEVEL = 0.05
POWER = 0.8
DRAWS = 9_999
EXACT_UP_TO = 13
"""Up to so many groups that differ, all ways to flip signs are gone through: 8,192."""

_CELLS = 1_000_000  # signs at a time: 8 MB
_ROUNDING = 1e-9


def sign_flip_p(differences: Float64Array, seed: int = SEED) -> Float64Array:
    """Return the two-sided p-value of each of c comparisons, float64 (c,), in (0, 1].

    The paired permutation test (Fisher 1935, The Design of Experiments, section 21; for retrieval
    Smucker et al. 2007, CIKM): if two Setups are no different, each group's difference may as well
    have the other sign. p is the share of sign flips whose sum is at least as far from 0 as the
    one seen. Exact up to `EXACT_UP_TO` groups that differ; beyond that from `DRAWS` random flips
    with what was seen counted among them (Phipson and Smyth 2010), so that p is never 0.
    differences: (g, c), what each group adds to the difference. Where nothing differs p is 1.
    """
    values = np.asarray(differences, np.float64)
    # Relative to the largest, so that rounding is the same small number whatever the unit.
    scale = np.abs(values).max(axis=0, initial=0.0)
    values = values / np.where(scale > 0, scale, 1.0)
    found = np.ones(values.shape[1])
    differing = np.count_nonzero(values, axis=0)
    for column in np.flatnonzero((differing > 0) & (differing <= EXACT_UP_TO)):
        one = values[values[:, column] != 0, column]
        sums = _all_signs(len(one)) @ one
        found[column] = np.mean(np.abs(sums) >= abs(one.sum()) - _ROUNDING)
    many = differing > EXACT_UP_TO
    if many.any():
        found[many] = _drawn_p(values[:, many], seed)
    return found


def _all_signs(count: int) -> Float64Array:
    """Return every way to give signs to so many numbers, (2 ** count, count)."""
    bits = (np.arange(2**count)[:, np.newaxis] >> np.arange(count)) & 1
    return np.asarray(1 - 2 * bits, np.float64)


def _drawn_p(values: Float64Array, seed: int) -> Float64Array:
    values = values[values.any(axis=1)]  # a group in which nothing differs has no sign
    total = values.sum(axis=0)
    seen = np.abs(total) - _ROUNDING
    # With signs 1 and -1 as bits, the sum is twice that of the ones less that of all.
    reached = sum(
        np.count_nonzero(np.abs(2 * (bits @ values) - total) >= seen, axis=0)
        for bits in _coin_flips(len(values), seed)
    )
    return np.asarray((1 + reached) / (1 + DRAWS), np.float64)


def _coin_flips(groups: int, seed: int) -> Iterator[Float64Array]:
    """Yield `DRAWS` rows of as many zeros and ones as there are groups, some rows at a time."""
    rng = np.random.default_rng(seed)
    # Whole bytes a row, and whole rows at a time: the draws do not depend on how many those are.
    width = -(-groups // 8)
    rows = max(1, _CELLS // groups)
    for start in range(0, DRAWS, rows):
        count = min(rows, DRAWS - start)
        drawn = rng.integers(256, size=(count, width), dtype=np.uint8)
        yield np.unpackbits(drawn, axis=1, count=groups).astype(np.float64)


def holm(p: Float64Array) -> Float64Array:
    """Return p-values corrected for their number, (c,), in the same order (Holm 1979).

    Each may be held against the level as it is: the chance of any false alarm among all of them
    is then at most that level, whatever their dependence.
    """
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(np.asarray(p)[order] * np.arange(len(p), 0, -1))
    corrected = np.empty(len(p))
    corrected[order] = np.minimum(stepped, 1.0)
    return corrected


def groups_needed(differences: Float64Array, level: float = LEVEL) -> int | Undefined:
    """Return how many groups would show a difference of this size in 4 of 5 collections.

    n = ((z of 1 - level / 2 + z of the power) × standard deviation / mean)², the paired test of
    means at power 80 %, two-sided (Cohen 1988, Statistical Power Analysis, chapter 2), and never
    fewer than a sign-flip test needs to be able to fall below the level. The mean and the
    deviation are those of the few groups seen, so this is a rough number.
    differences: (g,), what each group adds.
    """
    values = np.asarray(differences, np.float64)
    if len(values) < 2:
        return Undefined("there are fewer than two groups of pairs")
    mean, deviation = abs(values.mean()), values.std(ddof=1)
    if mean <= _ROUNDING * np.abs(values).max(initial=0.0):
        return Undefined("no difference was seen")
    quantiles = norm.isf(level / 2) + norm.ppf(POWER)
    differing = np.count_nonzero(values) / len(values)
    fewest = math.ceil(math.log2(2 / level)) / differing
    return math.ceil(max((quantiles * deviation / mean) ** 2, fewest))
