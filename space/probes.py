"""Minimal pairs: two captions and two pictures that differ in one thing, each to find its own."""

from dataclasses import dataclass

import numpy as np

from space.arrays import Float64Array, FloatArray, IntArray
from space.estimates import Estimate, mean_estimate
from space.similarity import TIE
from space.undefined import Undefined

CHANCE = 0.5


@dataclass(frozen=True)
class ProbeAccuracy:
    """How often a Setup is right in a choice of two.

    by_kind: for each kind from 0 on; overall: of all kinds together; ties: the share of choices in
    which both answers are equally close.
    """

    by_kind: tuple[Estimate, ...]
    overall: Estimate
    ties: float


def forced_choices(texts: FloatArray, pictures: FloatArray) -> Float64Array:
    """Return for each of p minimal pairs four choices of two: right 1, wrong 0, a tie 0.5; (p, 4).

    texts, pictures: float32 (p, 2, d), rows of length 1; caption i belongs to picture i. Both
    pictures choose a caption, then both captions a picture, as in Winoground (Thrush et al. 2022,
    arXiv 2204.03162, section 3.2), but each choice counts by itself. A tie counts half, for who
    cannot tell two answers apart would be right half of the time; so chance is 0.5 for everybody.
    """
    cosines = np.einsum("ptd,pvd->ptv", texts, pictures)
    own = cosines[:, [0, 1], [0, 1]]
    of_pictures = own - cosines[:, [1, 0], [0, 1]]
    of_captions = own - cosines[:, [0, 1], [1, 0]]
    lead = np.concatenate([of_pictures, of_captions], axis=1)
    return np.where(lead > TIE, 1.0, np.where(lead < -TIE, 0.0, 0.5))


def probe_accuracy(texts: FloatArray, pictures: FloatArray, numbers: IntArray) -> ProbeAccuracy:
    """Return the accuracy of each kind; the four choices of a pair are drawn anew together.

    texts, pictures: (p, 2, d), see `forced_choices`; numbers: (p,) the kind of each
    pair, from 0 on without a gap.
    """
    choices = forced_choices(texts, pictures)
    return ProbeAccuracy(
        tuple(
            _estimate(choices[numbers == kind]) for kind in range(int(numbers.max(initial=-1)) + 1)
        ),
        _estimate(choices),
        float(np.mean(choices == CHANCE)) if len(choices) else 0.0,
    )


def near_chance(estimate: Estimate) -> bool:
    """Whether the figure cannot be told from chance: its interval holds it."""
    if isinstance(estimate.interval, Undefined):
        return estimate.value == CHANCE
    return estimate.interval.low <= CHANCE <= estimate.interval.high


def _estimate(choices: Float64Array) -> Estimate:
    pairs = np.repeat(np.arange(len(choices)), choices.shape[1])
    return mean_estimate(choices.ravel(), pairs)
