"""How far the best of a ranking is ahead of the next: a tie, a narrow lead or a clear one."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from space.hit_significance import ScoreDistribution
from space.ranking import best
from space.similarity import TIE


class LeadKind(StrEnum):
    """What can be said of the best score and the next."""

    ALONE = "alone"  # there is no other
    TIED = "tied"  # some or all share the best score
    CLEAR = "clear"  # the best stands out, and the next is well below
    NARROW = "narrow"
    UNTOLD = "untold"  # too few or too odd scores to say which


@dataclass(frozen=True)
class Lead:
    """The best row and the next, and how far they are apart.

    second: the next row, None where there is none. tied: how many share the best score, itself
    included. count: how many were ranked.
    """

    kind: LeadKind
    first: int
    second: int | None
    tied: int
    count: int


def lead_of(
    scores: np.ndarray, found: ScoreDistribution, allowed: np.ndarray | None = None
) -> Lead | None:
    """The lead of the best among the allowed rows; None where no row is allowed.

    scores: (n,). allowed: (n,) bool; None allows all. found: the distribution of the allowed
    scores. In one sentence: a lead is clear if the best score stands out from all others, and the
    next lies below it by more than scores usually lie from the middle one (a robust standard
    deviation); any other lead is narrow, since others are close behind. Scores within `TIE` of
    the best share the first place.
    """
    top = best(scores, 2, allowed)
    if not len(top.rows):
        return None
    first = int(top.rows[0])
    if len(top.rows) == 1:
        return Lead(LeadKind.ALONE, first, None, 1, 1)
    ranked = np.asarray(scores, np.float32) if allowed is None else np.asarray(scores)[allowed]
    tied = int(np.count_nonzero(ranked >= top.scores[0] - TIE))
    kind = _kind(float(top.scores[0]), float(top.scores[1]), tied, found)
    return Lead(kind, first, int(top.rows[1]), tied, top.ranked_count)


def _kind(first: float, second: float, tied: int, found: ScoreDistribution) -> LeadKind:
    if tied > 1:
        return LeadKind.TIED
    if found.limit is None:
        return LeadKind.UNTOLD
    clear = first >= found.limit and first - second > found.deviation
    return LeadKind.CLEAR if clear else LeadKind.NARROW
