import numpy as np
import pytest

from space.best_setup import Outcome
from space.bootstrap import Interval
from space.estimates import Estimate
from space.retrieval import recall_at, true_ranks
from space.retrieval_measures import Measure
from space.scorecard import Direction, best_rows, scorecard
from space.undefined import Undefined
from tests.space.vectors import unit, unit_rows

NONE = np.zeros((0, 2), np.int64)


def diagonal(n):
    return np.stack([np.arange(n)] * 2, axis=1)


def setup(n, noise, seed):
    """Texts and pictures of n pairs, the pictures a noisy copy of the texts."""
    rng = np.random.default_rng(seed)
    texts = rng.normal(size=(n, 16))
    return unit(texts), unit(texts + noise * rng.normal(size=(n, 16)))


def value(card, row, direction, measure):
    return card.estimates[row][direction, measure].value


def test_figures_are_those_of_true_ranks_and_their_mean_that_of_both_directions():
    texts, pictures = setup(60, 1.5, 1)
    card = scorecard([(texts, pictures)], diagonal(60))
    ranks = true_ranks(texts, pictures, diagonal(60)), true_ranks(pictures, texts, diagonal(60))
    for direction, of in zip((Direction.CAPTIONS, Direction.PICTURES), ranks, strict=True):
        assert value(card, 0, direction, Measure.RECALL_5) == recall_at(of, 5)
        assert value(card, 0, direction, Measure.MRR) == pytest.approx((1 / of).mean())
        assert value(card, 0, direction, Measure.MEDIAN_RANK) == np.median(of)
    for measure in Measure:
        sides = [value(card, 0, d, measure) for d in (Direction.CAPTIONS, Direction.PICTURES)]
        assert value(card, 0, Direction.BOTH, measure) == pytest.approx(np.mean(sides))


def test_every_interval_holds_its_figure():
    card = scorecard([setup(60, 1.5, 1), setup(60, 2.5, 2)], diagonal(60))
    for of in card.estimates:
        for estimate in of.values():
            assert estimate.interval.low <= estimate.value + 1e-6
            assert estimate.interval.high >= estimate.value - 1e-6
            assert estimate.interval.low < estimate.interval.high


def test_the_same_setup_has_the_same_interval_beside_any_other():
    one, other = setup(40, 1.5, 1), setup(40, 2.5, 2)
    alone, beside = scorecard([one], diagonal(40)), scorecard([other, one], diagonal(40))
    for cell, estimate in alone.estimates[0].items():
        again = beside.estimates[1][cell]
        assert again.value == estimate.value
        assert again.interval.low == pytest.approx(estimate.interval.low, abs=1e-6)
        assert again.interval.high == pytest.approx(estimate.interval.high, abs=1e-6)


def test_the_seed_decides_the_intervals():
    one = setup(40, 1.5, 1)
    assert scorecard([one], diagonal(40)).estimates == scorecard([one], diagonal(40)).estimates
    assert scorecard([one], diagonal(40)).estimates != scorecard([one], diagonal(40), 500).estimates


def test_the_better_setup_is_best_in_every_direction():
    card = scorecard([setup(120, 4, 1), setup(120, 1, 2)], diagonal(120))
    for direction in Direction:
        assert (card.best[direction].outcome, card.best[direction].best) == (Outcome.CLEAR, 1)
        assert card.best[direction].scores[1] == pytest.approx(
            value(card, 1, direction, Measure.RECALL_1)
        )


def test_chance_lies_below_a_setup_that_knows_and_is_the_same_in_both_directions():
    card = scorecard([setup(50, 1, 1)], diagonal(50))
    assert card.chance[Direction.BOTH, Measure.RECALL_1] == pytest.approx(1 / 50)
    assert card.chance[Direction.BOTH, Measure.MEDIAN_RANK] == 25.5
    assert value(card, 0, Direction.BOTH, Measure.RECALL_1) > 0.1


def test_captions_that_share_a_picture_are_drawn_together():
    texts, pictures = unit_rows(60, 8, 1), unit_rows(20, 8, 2)
    of = np.stack([np.arange(60), np.arange(60) % 20], axis=1)
    card = scorecard([(texts, pictures)], of)
    assert (card.pairs, card.groups) == (60, 20)


def test_items_without_a_partner_are_still_in_the_way():
    texts, pictures = setup(30, 1, 1)
    card = scorecard([(texts, pictures)], diagonal(10))
    assert card.chance[Direction.CAPTIONS, Measure.RECALL_1] == pytest.approx(1 / 30)
    assert len(card.outcomes[0][0].queries) == 10


def test_a_perfect_setup_has_no_interval_as_nothing_varies():
    same = unit_rows(12)
    estimate = scorecard([(same, same)], diagonal(12)).estimates[0][
        Direction.BOTH, Measure.RECALL_1
    ]
    assert estimate == Estimate(1.0, Undefined("every query has the same value"))


@pytest.mark.parametrize("n", [0, 1, 2, 5])
@pytest.mark.parametrize("setups", [1, 3])
def test_few_items_or_no_pairs_give_a_number_or_a_reason_and_never_nan(n, setups):
    spaces = [(unit_rows(n, 6, s), unit_rows(n, 6, s + 9)) for s in range(setups)]
    for of in (NONE, diagonal(n)):
        card = scorecard(spaces, of)
        cells = [cell for one in card.estimates for cell in one.values()]
        for figure in (*(cell.value for cell in cells), *card.chance.values()):
            assert isinstance(figure, Undefined) == (len(of) == 0) or n == 1
            assert isinstance(figure, Undefined) or np.isfinite(figure)
        for cell in cells:
            assert isinstance(cell.interval, Undefined if n < 2 else Undefined | Interval)
        assert isinstance(card.best[Direction.BOTH], Undefined) == (len(of) == 0)


def test_one_modality_only_says_that_no_pair_is_known():
    card = scorecard([(unit_rows(5), unit_rows(0))], NONE)
    found = card.estimates[0][Direction.CAPTIONS, Measure.MRR].value
    assert str(found) == "not defined, because no pair is known"


def test_constant_vectors_find_nothing_and_are_never_nan():
    same = np.repeat(unit_rows(1), 6, axis=0)
    card = scorecard([(same, same)], diagonal(6))
    assert value(card, 0, Direction.BOTH, Measure.RECALL_5) == 0
    assert value(card, 0, Direction.BOTH, Measure.PAIR_ACCURACY) == 0


def test_pairs_that_are_all_connected_have_no_interval():
    star = np.stack([np.arange(5), np.zeros(5, np.int64)], axis=1)
    card = scorecard([(unit_rows(5, 6, 1), unit_rows(3, 6, 2))], star)
    cell = card.estimates[0][Direction.BOTH, Measure.MRR]
    assert isinstance(cell.value, float)
    assert "connected" in cell.interval.reason
    assert card.best[Direction.BOTH].outcome is Outcome.ALONE


def test_the_best_of_a_column_are_all_that_share_it():
    none = Undefined("no pair is known")
    assert best_rows([0.5, 0.7, 0.7, none]) == {1, 2}
    assert best_rows([3.0, 1.0, 2.0], low_is_best=True) == {1}
    assert best_rows([0.5, none]) == best_rows([]) == frozenset()
