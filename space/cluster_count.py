"""How many groups: the choice by silhouette, and where a silhouette is too weak to follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, sqrt

USUAL = 12
"""So many groups are always tried: as many as can still be told apart by eye on one page."""

MOST = 30
"""Most groups that are tried where the silhouette goes on rising."""

FEWEST_EACH = 3
"""Beyond `USUAL`, groups hold so many items on average, or there would be one for each caption
with its picture."""

PATIENCE = 3
"""A silhouette that has not risen for so many numbers has seen its highest."""

REASONABLE = 0.5
"""A silhouette above this shows a reasonable structure, one below a weak one (Kaufman and
Rousseeuw 1990, "Finding Groups in Data", chapter 2)."""

SUBSTANTIAL = 0.25
"""A silhouette up to this shows no substantial structure (same table)."""

LARGEST_SHARE = 2 / 3
"""Largest share of the items that one group may hold where there is no substantial structure."""

NEAR_TIE = 0.005
"""Silhouettes this close count as equal, and then fewer groups are easier to look at."""


@dataclass(frozen=True)
class Tried:
    """What came out for one number of groups: its silhouette and its largest group's share."""

    silhouette: float
    largest_share: float


def counts_to_try(items: int) -> range:
    """Numbers of groups that may be tried for this many different items, fewer than items.

    2 to `USUAL`, and up to `MOST` where each group would still hold `FEWEST_EACH` items.
    """
    return range(2, min(items - 1, max(USUAL, min(MOST, items // FEWEST_EACH))) + 1)


def worth_trying(count: int, tried: Mapping[int, Tried]) -> bool:
    """Whether to try this number after the smaller ones: beyond `USUAL`, each takes its time.

    There, as long as the silhouette goes on rising.
    """
    return count <= USUAL or (bool(tried) and count - _best(tried) <= PATIENCE)


def choose_count(tried: Mapping[int, Tried], items: int) -> tuple[int, str]:
    """Choose the number of groups with the highest silhouette; near ties go to the fewest.

    Embeddings of everyday pictures and captions seldom give a silhouette above 0.25. In such weak
    structure the plain maximum goes wrong in three ways, and so it is not followed there: it
    splits small collections into pairs (a number up to the square root of the items is a common
    limit, Pal and Bezdek 1995, "On cluster validity for the fuzzy c-means model"), it splits large
    ones into more groups than anybody looks at, or it sets one small group against all the rest.

    tried: number of groups -> what came out, not empty; items: different items. Returns the
    number, and one sentence where the highest silhouette was passed over, or where it may still
    rise beyond the numbers that were tried, or nothing.
    """
    useful = {
        count: one
        for count, one in tried.items()
        if not (_too_small(count, one, items) or _too_many(count, one) or _lopsided(one))
    }
    best = _best(tried)
    chosen = _best(useful or tried)
    if not useful or tried[chosen].silhouette >= tried[best].silhouette - NEAR_TIE:
        most = max(tried)
        open_end = USUAL <= chosen == most < items - 1
        return chosen, f"More than {most} groups were not tried." if open_end else ""
    if _lopsided(tried[best]):
        why = "one of them would hold more than two thirds of the items"
    elif _too_small(best, tried[best], items):
        why = "they would be very small"
    else:
        why = "they would be many that hardly stand apart"
    return chosen, f"{best} groups have a higher silhouette, but {why}, so there are {chosen}."


def _best(tried: Mapping[int, Tried]) -> int:
    highest = max(one.silhouette for one in tried.values())
    return min(count for count, one in tried.items() if one.silhouette >= highest - NEAR_TIE)


def _too_small(count: int, one: Tried, items: int) -> bool:
    return one.silhouette <= REASONABLE and count > max(2, ceil(sqrt(items)))


def _too_many(count: int, one: Tried) -> bool:
    return one.silhouette <= SUBSTANTIAL and count > USUAL


def _lopsided(one: Tried) -> bool:
    return one.silhouette <= SUBSTANTIAL and one.largest_share > LARGEST_SHARE
