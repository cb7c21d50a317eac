"""Which Setup does best on the same pairs, and does it differ from the others?"""

import math
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np

from space.arrays import Float64Array
from space.paired_tests import LEVEL, groups_needed, holm, sign_flip_p
from space.seed import SEED
from space.undefined import Undefined


class Outcome(StrEnum):
    """What can be said of the best."""

    ALONE = "alone"  # there is no other Setup
    CLEAR = "clear"  # it differs from every other
    PARTLY = "partly"  # it differs from some, not from others
    TOO_FEW = "too few"  # it differs from none: too few pairs, or no difference


@dataclass(frozen=True)
class PairedComparison:
    """Two Setups by number, the first with the higher or the same score.

    difference: of the scores, at least 0. p: of the sign-flip test. corrected: p after Holm's
    correction for all comparisons made. pairs_needed: how many pairs would show this difference.
    """

    better: int
    worse: int
    difference: float
    p: float
    corrected: float
    pairs_needed: int | Undefined

    @property
    def differs(self) -> bool:
        """Whether chance hardly explains the difference."""
        return self.corrected <= LEVEL


@dataclass(frozen=True)
class BestSetup:
    """The best Setup by number, the first of those with the same score, and what it differs from.

    scores: one a Setup. behind: those that it differs from; level: those that it does not; both
    from the highest score down. comparisons: every two Setups. pairs: how many there are.
    pairs_needed: how many would tell the best from those of `level`, so far as a number can say;
    None where there is none to tell it from.
    """

    outcome: Outcome
    best: int
    scores: tuple[float, ...]
    behind: tuple[int, ...]
    level: tuple[int, ...]
    comparisons: tuple[PairedComparison, ...]
    pairs: int
    pairs_needed: int | Undefined | None

    def between(self, one: int, other: int) -> PairedComparison:
        """Return the comparison of two different Setups."""
        return next(c for c in self.comparisons if {c.better, c.worse} == {one, other})


def best_setup(added: Float64Array, pairs: int, seed: int = SEED) -> BestSetup | Undefined:
    """Return which Setup is best, tested against every other.

    added: (s, g) float64, what each group of pairs adds to the score of each Setup, a row's sum is
    its score (higher is better); the groups are the same for all. pairs: how many pairs are in
    these groups. All s (s - 1) / 2 comparisons are corrected together, as the best was not known
    beforehand; the pairs needed are for the corrected level. Undefined without a Setup or a group.
    """
    if not added.size:
        return Undefined("no pair is known")
    scores = added.sum(axis=1)
    best = int(scores.argmax())
    comparisons = _comparisons(added, pairs, seed)
    others = [int(row) for row in np.argsort(-scores, kind="stable") if row != best]
    of_best = {
        c.worse if c.better == best else c.better: c
        for c in comparisons
        if best in (c.better, c.worse)
    }
    behind = tuple(row for row in others if of_best[row].differs)
    level = tuple(row for row in others if not of_best[row].differs)
    return BestSetup(
        outcome=_outcome(behind, level),
        best=best,
        scores=tuple(float(score) for score in scores),
        behind=behind,
        level=level,
        comparisons=comparisons,
        pairs=pairs,
        pairs_needed=_most([of_best[row].pairs_needed for row in level]),
    )


def _outcome(behind: tuple[int, ...], level: tuple[int, ...]) -> Outcome:
    if not level:
        return Outcome.CLEAR if behind else Outcome.ALONE
    return Outcome.PARTLY if behind else Outcome.TOO_FEW


def _comparisons(added: Float64Array, pairs: int, seed: int) -> tuple[PairedComparison, ...]:
    both = list(combinations(range(len(added)), 2))
    if not both:
        return ()
    differences = np.stack([added[one] - added[other] for one, other in both], axis=1)
    found = sign_flip_p(differences, seed)
    per_group = pairs / added.shape[1]
    compared = []
    for (one, other), column, p, corrected in zip(
        both, differences.T, found, holm(found), strict=True
    ):
        better, worse = (one, other) if column.sum() >= 0 else (other, one)
        needed = groups_needed(column, LEVEL / len(both))
        if not isinstance(needed, Undefined):
            needed = math.ceil(needed * per_group)
        compared.append(
            PairedComparison(
                better, worse, abs(float(column.sum())), float(p), float(corrected), needed
            )
        )
    return tuple(compared)


def _most(needed: list[int | Undefined]) -> int | Undefined | None:
    """Return the largest number; where one has none, why."""
    without = [one for one in needed if isinstance(one, Undefined)]
    if without:
        return without[0]
    return max((one for one in needed if not isinstance(one, Undefined)), default=None)
