"""The scorecard: all measures of all Setups on the same pairs, their intervals, and the best."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from space.arrays import Float64Array, FloatArray, IntArray
from space.best_setup import BestSetup, best_setup
from space.bootstrap import (
    REPLICATES,
    Interval,
    Statistic,
    bootstrap_intervals,
    mean_statistic,
    median_statistic,
)
from space.connected_pairs import PairGroups, pair_groups
from space.estimates import Estimate
from space.fusion import fused_outcomes
from space.retrieval_measures import (
    Measure,
    QueryOutcomes,
    chance_of,
    measured,
    query_outcomes,
    values_of,
)
from space.seed import SEED
from space.undefined import Measured, Undefined


class Direction(StrEnum):
    """What looks for what; of both it is the mean."""

    BOTH = "mean of both"
    CAPTIONS = "captions → pictures"
    PICTURES = "pictures → captions"


Cell = tuple[Direction, Measure]
_ROUNDING = 1e-9
_ONE_GROUP = Undefined("all pairs are connected, so nothing can be drawn anew")
_ALIKE = Undefined("every query has the same value")


@dataclass(frozen=True)
class Scorecard:
    """The figures of s Setups on the same pairs.

    estimates: one mapping a Setup. chance: the same for all. best: by recall@1, of each direction.
    outcomes: of each Setup, captions as queries and pictures as queries. groups: how many groups
    of connected pairs there are; pairs: how many pairs.
    """

    estimates: tuple[Mapping[Cell, Estimate], ...]
    chance: Mapping[Cell, Measured]
    best: Mapping[Direction, BestSetup | Undefined]
    outcomes: tuple[tuple[QueryOutcomes, QueryOutcomes], ...]
    pairs: int
    groups: int


def scorecard(
    spaces: Sequence[tuple[FloatArray, FloatArray]],
    pairs: IntArray,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> Scorecard:
    """Return the scorecard of Setups, each given by its texts (n, d) and pictures (m, d).

    Rows of length 1, and the same items in the same order for all; pairs: (p, 2) rows of both. The
    groups of pairs are drawn anew for all Setups alike. Where nothing is defined each cell says
    why.
    """
    rows = np.unique(np.asarray(pairs, np.int64).reshape(-1, 2), axis=0)
    sides = len(spaces[0][0]), len(spaces[0][1])
    groups = pair_groups(rows, *sides)
    outcomes = tuple(
        (query_outcomes(texts, pictures, rows), query_outcomes(pictures, texts, rows[:, ::-1]))
        for texts, pictures in spaces
    )
    return _card(outcomes, groups, len(rows), replicates, seed)


def with_all_together(
    card: Scorecard,
    spaces: Sequence[tuple[FloatArray, FloatArray]],
    pairs: IntArray,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> Scorecard:
    """Return the card of these spaces with one more row: all of them together.

    The last row is the reciprocal rank fusion of all others; see `space.fusion`.
    """
    rows = np.unique(np.asarray(pairs, np.int64).reshape(-1, 2), axis=0)
    groups = pair_groups(rows, len(spaces[0][0]), len(spaces[0][1]))
    turned = [(pictures, texts) for texts, pictures in spaces]
    fused = fused_outcomes(spaces, rows), fused_outcomes(turned, rows[:, ::-1])
    return _card((*card.outcomes, fused), groups, len(rows), replicates, seed)


def _card(
    outcomes: tuple[tuple[QueryOutcomes, QueryOutcomes], ...],
    groups: PairGroups,
    pairs: int,
    replicates: int,
    seed: int,
) -> Scorecard:
    return Scorecard(
        estimates=_estimates(outcomes, groups, replicates, seed),
        chance=_chance(outcomes[0]),
        best=_best(outcomes, groups, pairs, seed),
        outcomes=outcomes,
        pairs=pairs,
        groups=groups.count,
    )


def mean_of_both(one: Measured, other: Measured) -> Measured:
    """Return the mean of two figures; where one has none, why."""
    if isinstance(one, Undefined):
        return one
    if isinstance(other, Undefined):
        return other
    return (one + other) / 2


def best_rows(values: Sequence[Measured], *, low_is_best: bool = False) -> frozenset[int]:
    """Return which values are the best, all that share it; none where there is only one value."""
    known = {row: value for row, value in enumerate(values) if not isinstance(value, Undefined)}
    if len(known) < 2:
        return frozenset()
    best = min(known.values()) if low_is_best else max(known.values())
    return frozenset(row for row, value in known.items() if abs(value - best) <= _ROUNDING)


def _in_directions(by_side: Sequence[Measured]) -> dict[Direction, Measured]:
    captions, pictures = by_side
    both = mean_of_both(captions, pictures)
    return {Direction.BOTH: both, Direction.CAPTIONS: captions, Direction.PICTURES: pictures}


def _chance(both: tuple[QueryOutcomes, QueryOutcomes]) -> dict[Cell, Measured]:
    return {
        (direction, measure): value
        for measure in Measure
        for direction, value in _in_directions(
            [chance_of(side.right, side.documents, measure) for side in both]
        ).items()
    }


def _groups_of(
    both: tuple[QueryOutcomes, QueryOutcomes], groups: PairGroups
) -> tuple[IntArray, ...]:
    return groups.of_left[both[0].queries], groups.of_right[both[1].queries]


def _estimates(
    outcomes: Sequence[tuple[QueryOutcomes, QueryOutcomes]],
    groups: PairGroups,
    replicates: int,
    seed: int,
) -> tuple[dict[Cell, Estimate], ...]:
    """Return value and interval of every cell; all intervals come from one drawing of groups."""
    values = [
        {
            (direction, measure): value
            for measure in Measure
            for direction, value in _in_directions(
                [measured(side, measure) for side in both]
            ).items()
        }
        for both in outcomes
    ]
    if groups.count < 2:
        return tuple({cell: Estimate(v, _ONE_GROUP) for cell, v in of.items()} for of in values)
    ends = bootstrap_intervals(_all_statistics(outcomes, groups), groups.count, replicates, seed)
    ends = ends.reshape(len(outcomes), len(Measure), len(Direction), 2)
    return tuple(
        {
            (direction, measure): Estimate(
                of[direction, measure],
                _interval(both, direction, measure, ends[setup, m, d]),
            )
            for m, measure in enumerate(Measure)
            for d, direction in enumerate(Direction)
        }
        for setup, (both, of) in enumerate(zip(outcomes, values, strict=True))
    )


def _interval(
    both: tuple[QueryOutcomes, QueryOutcomes],
    direction: Direction,
    measure: Measure,
    ends: Float64Array,
) -> Interval | Undefined:
    sides = {Direction.CAPTIONS: both[:1], Direction.PICTURES: both[1:]}.get(direction, both)
    if all(np.ptp(values_of(side, measure)) == 0 for side in sides):
        return _ALIKE
    return Interval(float(ends[0]), float(ends[1]))


def _all_statistics(
    outcomes: Sequence[tuple[QueryOutcomes, QueryOutcomes]], groups: PairGroups
) -> Statistic:
    """Return the statistic of all cells: by Setup, measure and direction, in that order."""
    means = [measure for measure in Measure if measure is not Measure.MEDIAN_RANK]
    of_side = _groups_of(outcomes[0], groups)
    statistics: list[list[Statistic]] = []
    for side in (0, 1):
        group_of = of_side[side]
        counts = np.bincount(group_of, minlength=groups.count).astype(np.float64)
        sums = [
            np.bincount(group_of, values_of(both[side], measure), minlength=groups.count)
            for both in outcomes
            for measure in means
        ]
        medians = [median_statistic(both[side].ranks, group_of, groups.count) for both in outcomes]
        statistics.append([mean_statistic(np.stack(sums, axis=1), counts), *medians])

    def every_cell(drawn: FloatArray) -> Float64Array:
        found = np.empty((len(drawn), len(outcomes), len(Measure), len(Direction)))
        at_means = [list(Measure).index(measure) for measure in means]
        at_median = list(Measure).index(Measure.MEDIAN_RANK)
        for side in (0, 1):
            mean, *medians = statistics[side]
            of_means = mean(drawn).reshape(len(drawn), len(outcomes), len(means))
            found[:, :, at_means, side + 1] = of_means
            found[:, :, at_median, side + 1] = np.concatenate([m(drawn) for m in medians], axis=1)
        found[..., 0] = (found[..., 1] + found[..., 2]) / 2
        return found.reshape(len(drawn), -1)

    return every_cell


def _best(
    outcomes: Sequence[tuple[QueryOutcomes, QueryOutcomes]],
    groups: PairGroups,
    pairs: int,
    seed: int,
) -> dict[Direction, BestSetup | Undefined]:
    """Return who is best by recall@1: what each group adds to it, summed over its queries."""
    if not groups.count:
        return dict.fromkeys(Direction, Undefined("no pair is known"))
    by_side = [
        np.stack(
            [
                np.bincount(
                    group_of,
                    values_of(both[side], Measure.RECALL_1) / len(both[side].queries),
                    minlength=groups.count,
                )
                for both in outcomes
            ]
        )
        for side, group_of in enumerate(_groups_of(outcomes[0], groups))
    ]
    added = {
        Direction.BOTH: (by_side[0] + by_side[1]) / 2,
        Direction.CAPTIONS: by_side[0],
        Direction.PICTURES: by_side[1],
    }
    return {
        direction: best_setup(np.asarray(of, np.float64), pairs, seed)
        for direction, of in added.items()
    }
