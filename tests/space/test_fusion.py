import numpy as np
import pytest

from space.fusion import fused_outcomes, reciprocal_rank_fusion
from space.retrieval_measures import query_outcomes
from space.scorecard import Direction, scorecard, with_all_together
from space.similarity import row_ranks
from tests.space.vectors import unit, unit_rows

RNG = np.random.default_rng(0)
SCORES = RNG.uniform(-1, 1, (4, 9)).astype(np.float32)


def test_the_fusion_of_equal_rankings_is_that_ranking():
    for same in ([SCORES], [SCORES] * 3, [SCORES, 5 * SCORES - 2]):
        assert row_ranks(reciprocal_rank_fusion(same)).tolist() == row_ranks(SCORES).tolist()


def test_the_score_is_the_sum_of_reciprocal_ranks_worked_out_by_hand():
    one, other = (
        np.asarray([[0.9, 0.5, 0.1]], np.float32),
        np.asarray([[0.2, 0.8, 0.1]], np.float32),
    )
    most = 2 / 61
    expected = [(1 / 61 + 1 / 62) / most, (1 / 62 + 1 / 61) / most, (2 / 63) / most]
    assert reciprocal_rank_fusion([one, other])[0] == pytest.approx(expected)


def test_low_ranks_among_many_documents_are_still_told_apart():
    many = np.linspace(1, -1, 5_000, dtype=np.float32)[np.newaxis]
    assert row_ranks(reciprocal_rank_fusion([many]))[0].tolist() == list(range(1, 5_001))


def test_fused_outcomes_of_one_space_are_those_of_the_space():
    texts, pictures = unit_rows(12, 6, RNG), unit_rows(10, 6, RNG)
    pairs = np.asarray([[0, 1], [1, 1], [2, 3], [2, 4], [5, 9]])
    found, plain = (
        fused_outcomes([(texts, pictures)], pairs),
        query_outcomes(texts, pictures, pairs),
    )
    assert found.ranks.tolist() == plain.ranks.tolist()
    assert found.ndcg.tolist() == plain.ndcg.tolist()


def test_all_together_is_one_more_row_and_leaves_the_others_as_they_are():
    pairs = np.stack([np.arange(20)] * 2, axis=1)
    pictures = unit_rows(20, 8, RNG)
    spaces = [(unit(pictures + RNG.normal(scale=0.3, size=(20, 8))), pictures) for _ in range(3)]
    card = scorecard(spaces, pairs, replicates=50)
    more = with_all_together(card, spaces, pairs, replicates=50)
    assert len(more.estimates) == 4
    for before, after in zip(card.estimates, more.estimates, strict=False):
        assert {cell: e.value for cell, e in before.items()} == {
            cell: e.value for cell, e in after.items()
        }
    assert len(more.best[Direction.BOTH].scores) == 4
