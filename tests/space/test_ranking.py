import tracemalloc

import numpy as np
import pytest

from collection.errors import SharedSpaceError
from space.ranking import best, combined, hits_of, query_scores
from space.similarity import row_ranks
from tests.space.vectors import unit_rows


def test_scores_are_the_cosines_with_every_row():
    x, query = unit_rows(30, 8), unit_rows(1, 8, seed=1)[0]
    scores = query_scores(query, x)
    np.testing.assert_allclose(scores, [np.dot(row, query) for row in x], atol=1e-6)
    assert scores.dtype == np.float32


def test_scores_never_leave_the_range_of_a_cosine():
    x = unit_rows(50, 700)
    assert max(query_scores(row, x).max() for row in x) <= 1


def test_scores_of_non_contiguous_vectors_are_the_same():
    x = unit_rows(20, 8)
    backwards = np.asfortranarray(x)[::-1]
    np.testing.assert_allclose(
        query_scores(x[2], backwards)[::-1], query_scores(x[2], x), atol=1e-6
    )


def test_scoring_copies_no_vectors():
    x = unit_rows(2000, 64)
    tracemalloc.start()
    query_scores(x[0], x)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < x.nbytes / 10


def test_a_planted_item_is_found_first():
    x = unit_rows(500, 32)
    hits = best(query_scores(x[123], x), 3)
    assert hits.rows[0] == 123
    assert hits.scores[0] == pytest.approx(1, abs=1e-6)
    assert hits.ranks.tolist() == [1, 2, 3]
    assert hits.ranked_count == 500


@pytest.mark.parametrize("k", [1, 5, 12, 60, 99])
def test_best_is_the_head_of_a_stable_sort_also_among_many_equal_scores(k):
    scores = np.random.default_rng(k).integers(0, 9, 60).astype(np.float32)[::-1] / 10
    expected = np.argsort(-scores, kind="stable")[:k]
    hits = best(scores, k)
    np.testing.assert_array_equal(hits.rows, expected)
    np.testing.assert_array_equal(hits.scores, scores[expected])
    np.testing.assert_array_equal(hits.ranks, row_ranks(scores[np.newaxis])[0, expected])
    assert (hits.rows.dtype, hits.scores.dtype, hits.ranks.dtype) == (
        np.int64,
        np.float32,
        np.int64,
    )


def test_scores_within_rounding_share_the_lower_rank():
    hits = best(np.array([0.2, 0.5, 0.9, 0.5 + 3e-7], np.float32), 4)
    assert hits.rows.tolist() == [2, 3, 1, 0]
    assert hits.ranks.tolist() == [1, 2, 2, 4]


def test_only_allowed_rows_are_named_and_counted():
    hits = best(np.array([0.9, 0.1, 0.5, 0.7]), 5, np.array([False, True, True, False]))
    assert hits.rows.tolist() == [2, 1]
    assert hits.ranks.tolist() == [1, 2]
    assert hits.ranked_count == 2


@pytest.mark.parametrize(
    ("n", "k", "allowed", "of"),
    [(0, 5, None, 0), (4, 0, None, 4), (4, -1, None, 4), (4, 3, np.zeros(4, bool), 0)],
)
def test_without_anything_to_name_there_are_no_hits(n, k, allowed, of):
    hits = best(np.linspace(0, 1, n), k, allowed)
    assert hits.rows.shape == hits.scores.shape == hits.ranks.shape == (0,)
    assert hits.ranked_count == of


def test_given_rows_keep_their_order_and_have_their_rank_among_the_allowed():
    scores = np.array([0.1, 0.9, 0.5, 0.5, 0.7])
    hits = hits_of(scores, [3, 0, 4], np.array([True, False, True, True, True]))
    assert hits.rows.tolist() == [3, 0, 4]
    np.testing.assert_allclose(hits.scores, [0.5, 0.1, 0.7])
    assert hits.ranks.tolist() == [2, 4, 1]
    assert hits.ranked_count == 4
    assert hits_of(scores, [1], scores < 0.9).ranks.tolist() == [0]


def test_hits_of_the_best_rows_are_the_best_hits():
    scores = np.random.default_rng(4).normal(size=40).round(1)
    allowed = np.arange(40) % 3 > 0
    expected = best(scores, 9, allowed)
    found = hits_of(scores, expected.rows, allowed)
    np.testing.assert_array_equal(found.scores, expected.scores)
    np.testing.assert_array_equal(found.ranks, expected.ranks)
    assert found.ranked_count == expected.ranked_count


def test_no_rows_give_no_hits():
    assert hits_of(np.zeros(0), []).rows.shape == (0,)
    assert hits_of(np.ones(3), []).ranked_count == 3


def test_the_middle_of_two_directions_is_halfway_between_them():
    x, y = np.eye(2, dtype=np.float32)
    middle = combined([x, y], [0.5, 0.5])
    np.testing.assert_allclose(middle, np.full(2, np.sqrt(0.5)), atol=1e-7)
    assert middle.dtype == np.float32


def test_all_weight_on_one_part_gives_that_part():
    x, y = unit_rows(2, 16)
    np.testing.assert_allclose(combined([x, y], [3, 0]), x, atol=1e-7)


def test_a_weight_below_zero_leads_away_from_a_part():
    x, y = unit_rows(2, 16)
    assert combined([x, y], [1, -0.5]) @ y < x @ y


def test_parts_that_cancel_each_other_out_are_told():
    (x,) = unit_rows(1, 300)
    with pytest.raises(SharedSpaceError, match="cancel each other out"):
        combined([x, -x], [0.5, 0.5])
    with pytest.raises(SharedSpaceError, match="Move the weight"):
        combined([x, x], [0, 0])
