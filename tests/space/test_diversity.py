import numpy as np
import pytest

from collection.errors import SharedSpaceError
from space.diversity import maximal_marginal_relevance
from space.ranking import best, query_scores
from tests.space.vectors import unit_rows


def at_degrees(*angles):
    radians = np.deg2rad(angles)
    return np.stack([np.cos(radians), np.sin(radians)], axis=1).astype(np.float32)


def by_definition(scores, vectors, k, diversity):
    """The formula of the paper, one row after another, among twice as many as are wanted."""
    left, chosen = list(np.argsort(-scores, kind="stable")[: 2 * k]), []
    while left and len(chosen) < k:
        values = [
            (1 - diversity) * scores[row]
            - (diversity * max(vectors[row] @ vectors[c] for c in chosen) if chosen else 0)
            for row in left
        ]
        chosen.append(left.pop(int(np.argmax(values))) if chosen else left.pop(0))
    return chosen


@pytest.mark.parametrize("diversity", [0.0, 0.2, 0.5, 0.8, 1.0])
def test_rows_are_those_of_the_formula(diversity):
    x = unit_rows(45, 6)
    scores = query_scores(unit_rows(1, 6, seed=1)[0], x)
    found = maximal_marginal_relevance(scores, x, 12, diversity)
    assert found.dtype == np.int64
    np.testing.assert_array_equal(found, by_definition(scores, x, 12, diversity))


def test_a_duplicate_gives_way_to_something_new():
    x = at_degrees(10, 10, 20, -40)
    scores = query_scores(at_degrees(0)[0], x)
    assert maximal_marginal_relevance(scores, x, 2, 0.0).tolist() == [0, 1]
    assert maximal_marginal_relevance(scores, x, 2, 0.5).tolist() == [0, 3]


def test_without_diversity_it_is_exactly_the_plain_ranking():
    x = unit_rows(200, 8)
    scores = query_scores(x[0], x).round(1)
    allowed = np.arange(200) % 4 > 0
    np.testing.assert_array_equal(
        maximal_marginal_relevance(scores, x, 30, 0, allowed), best(scores, 30, allowed).rows
    )


def test_full_diversity_still_starts_with_the_best_hit():
    x = at_degrees(5, 10, 100, 170)
    scores = query_scores(at_degrees(0)[0], x)
    assert maximal_marginal_relevance(scores, x, 3, 1.0).tolist() == [0, 3, 2]


def test_identical_items_stay_in_row_order():
    x = np.tile(unit_rows(1, 300), (30, 1))
    for diversity in (0, 0.5, 1):
        found = maximal_marginal_relevance(np.full(30, 0.4), x, 30, diversity)
        np.testing.assert_array_equal(found, np.arange(30))


def test_only_the_best_scores_are_considered():
    x = unit_rows(300, 5)
    scores = query_scores(x[7], x)
    for k, pool in ((4, 8), (20, 40)):
        found = maximal_marginal_relevance(scores, x, k, 1.0)
        assert set(found) <= set(best(scores, pool).rows)


def test_every_row_is_chosen_once_and_k_is_cut_to_what_is_allowed():
    x = unit_rows(20, 4)
    allowed = np.arange(20) >= 13
    found = maximal_marginal_relevance(query_scores(x[0], x), x, 50, 0.6, allowed)
    assert sorted(found) == list(range(13, 20))


def test_non_contiguous_vectors_give_the_same_rows():
    wide = np.repeat(unit_rows(40, 6), 2, axis=1)
    narrow = wide[:, ::2]
    scores = query_scores(narrow[3], narrow)
    np.testing.assert_array_equal(
        maximal_marginal_relevance(scores, narrow, 10, 0.5),
        maximal_marginal_relevance(scores, narrow.copy(), 10, 0.5),
    )


@pytest.mark.parametrize(
    ("n", "k", "allowed"), [(0, 5, None), (9, 0, None), (9, -2, None), (9, 5, np.zeros(9, bool))]
)
def test_without_anything_to_choose_there_are_no_rows(n, k, allowed):
    found = maximal_marginal_relevance(np.ones(n), unit_rows(n, 3), k, 0.5, allowed)
    assert found.shape == (0,)


@pytest.mark.parametrize("diversity", [-0.1, 1.1, float("nan")])
def test_a_diversity_outside_zero_and_one_is_told(diversity):
    with pytest.raises(SharedSpaceError, match="from 0 to 1"):
        maximal_marginal_relevance(np.ones(3), unit_rows(3, 3), 2, diversity)
