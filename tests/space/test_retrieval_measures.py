import itertools

import numpy as np
import pytest
from sklearn.metrics import ndcg_score, roc_auc_score

from space.retrieval import true_ranks
from space.retrieval_measures import (
    NO_QUERY,
    NO_WRONG,
    Measure,
    chance_of,
    measured,
    query_outcomes,
    values_of,
)
from space.similarity import cosine_similarity
from tests.space.vectors import unit, unit_rows

AXES = np.eye(4, dtype=np.float32)


def pairs(*rows):
    return np.asarray(rows, np.int64).reshape(-1, 2)


def several(n, m, seed=0):
    """Pairs in which queries have one to three right documents, and documents several queries."""
    rng = np.random.default_rng(seed)
    return pairs(*((q, d) for q in range(n) for d in rng.choice(m, 1 + q % 3, replace=False)))


def line(*angles):
    """Rows in the plane at these angles, in degrees."""
    radians = np.deg2rad(angles)
    return unit(np.stack([np.cos(radians), np.sin(radians)], axis=1))


def by_hand(ordered_right, documents):
    """All measures of one query whose right documents have these ranks (no ties)."""
    first, right = ordered_right[0], len(ordered_right)
    ideal = sum(1 / np.log2(1 + rank) for rank in range(1, min(right, 10) + 1))
    gain = sum(1 / np.log2(1 + rank) for rank in ordered_right if rank <= 10)
    wrong = [rank for rank in range(1, documents + 1) if rank not in ordered_right]
    won = [mine < other for mine in ordered_right for other in wrong]
    return {
        Measure.RECALL_1: float(first <= 1),
        Measure.RECALL_5: float(first <= 5),
        Measure.RECALL_10: float(first <= 10),
        Measure.MRR: 1 / first,
        Measure.MEDIAN_RANK: float(first),
        Measure.NDCG: gain / ideal,
        Measure.PAIR_ACCURACY: float(np.mean(won)) if won else 0.0,
    }


def test_measures_of_a_query_with_two_right_documents_by_hand():
    documents = line(10, 20, 30, 40, 50, 60)
    found = query_outcomes(line(0), documents, pairs((0, 1), (0, 4)))
    assert found.ranks.tolist() == [2]
    assert found.right.tolist() == [2]
    ideal = 1 + 1 / np.log2(3)
    assert found.ndcg == pytest.approx((1 / np.log2(3) + 1 / np.log2(6)) / ideal)
    assert found.preferred == pytest.approx((3 + 1) / 8)  # of 4 wrong, 3 are behind, 1 is behind


def test_measures_are_means_over_queries_and_the_median_of_ranks():
    documents = line(10, 20, 30, 40)
    queries = line(0, 0, 0)
    found = query_outcomes(queries, documents, pairs((0, 0), (1, 1), (2, 3)))
    assert found.ranks.tolist() == [1, 2, 4]
    values = {measure: measured(found, measure) for measure in Measure}
    assert values[Measure.RECALL_1] == pytest.approx(1 / 3)
    assert values[Measure.RECALL_5] == 1
    assert values[Measure.MRR] == pytest.approx((1 + 1 / 2 + 1 / 4) / 3)
    assert values[Measure.MEDIAN_RANK] == 2
    assert values[Measure.PAIR_ACCURACY] == pytest.approx((1 + 2 / 3 + 0) / 3)


def test_ties_count_against_the_setup_in_every_measure():
    same = np.repeat(AXES[:1], 5, axis=0)
    found = query_outcomes(AXES[:1], same, pairs((0, 2), (0, 3)))
    assert found.ranks.tolist() == [4]
    assert found.preferred.tolist() == [0.0]
    assert found.ndcg == pytest.approx((1 / np.log2(5) + 1 / np.log2(6)) / (1 + 1 / np.log2(3)))


def test_any_of_several_right_documents_counts_for_recall():
    found = query_outcomes(line(0), line(10, 20, 30), pairs((0, 2), (0, 0)))
    assert measured(found, Measure.RECALL_1) == 1
    assert found.preferred == pytest.approx(1 / 2)


def test_ranks_are_those_of_true_ranks_in_both_directions():
    queries, documents = unit_rows(60, 8, 1), unit_rows(50, 8, 2)
    of = several(60, 50)
    assert query_outcomes(queries, documents, of).ranks.tolist() == (
        true_ranks(queries, documents, of).tolist()
    )
    assert query_outcomes(documents, queries, of[:, ::-1]).ranks.tolist() == (
        true_ranks(documents, queries, of[:, ::-1]).tolist()
    )


def test_ndcg_and_pair_accuracy_are_those_of_scikit_learn_where_nothing_ties():
    queries, documents = unit_rows(40, 8, 1), unit_rows(30, 8, 2)
    of = several(40, 30)
    relevant = np.zeros((40, 30))
    relevant[of[:, 0], of[:, 1]] = 1
    cosines = cosine_similarity(queries, documents)
    found = query_outcomes(queries, documents, of)
    expected = [ndcg_score(relevant[[q]], cosines[[q]], k=10) for q in range(40)]
    assert found.ndcg == pytest.approx(expected)
    assert found.preferred == pytest.approx(
        [roc_auc_score(relevant[q], cosines[q]) for q in range(40)]
    )


def test_blocks_change_nothing(monkeypatch):
    queries, documents, of = unit_rows(40, 8, 1), unit_rows(30, 8, 2), several(40, 30)
    whole = query_outcomes(queries, documents, of)
    monkeypatch.setattr("space.retrieval_measures._BLOCK", 7)
    parts = query_outcomes(queries, documents, of)
    assert whole.ranks.tolist() == parts.ranks.tolist()
    assert whole.ndcg.tolist() == parts.ndcg.tolist()


def test_the_order_of_pairs_and_a_pair_named_twice_change_nothing():
    queries, documents, of = unit_rows(20, 8, 1), unit_rows(15, 8, 2), several(20, 15)
    again = np.concatenate([of[::-1], of[:7]])
    one, other = query_outcomes(queries, documents, of), query_outcomes(queries, documents, again)
    assert one.right.tolist() == other.right.tolist()
    assert one.preferred.tolist() == other.preferred.tolist()


def test_queries_without_a_right_document_are_left_out():
    assert query_outcomes(AXES, AXES, pairs((2, 2))).queries.tolist() == [2]


@pytest.mark.parametrize("n", [0, 4])
def test_without_pairs_nothing_is_defined_and_nothing_breaks(n):
    found = query_outcomes(AXES[:n], AXES[:n], pairs())
    for measure in Measure:
        assert measured(found, measure) == NO_QUERY
        assert chance_of(found.right, found.documents, measure) == NO_QUERY
        assert len(values_of(found, measure)) == 0


def test_one_text_and_its_one_picture_prefer_nothing_to_anything():
    found = query_outcomes(AXES[:1], AXES[:1], pairs((0, 0)))
    assert measured(found, Measure.RECALL_1) == 1
    assert measured(found, Measure.PAIR_ACCURACY) == NO_WRONG
    assert chance_of(found.right, 1, Measure.PAIR_ACCURACY) == NO_WRONG
    assert chance_of(found.right, 1, Measure.RECALL_1) == 1
    assert chance_of(found.right, 1, Measure.MEDIAN_RANK) == 1


def test_pair_accuracy_leaves_out_queries_to_which_every_document_is_right():
    found = query_outcomes(line(0, 0), line(10, 20), pairs((0, 0), (0, 1), (1, 1)))
    assert measured(found, Measure.PAIR_ACCURACY) == 0.0


@pytest.mark.parametrize(("right", "documents"), [(1, 2), (1, 6), (2, 6), (3, 5), (5, 6), (4, 4)])
def test_chance_is_the_mean_over_every_order_of_the_documents(right, documents):
    every = [
        by_hand([1 + at for at in chosen], documents)
        for chosen in itertools.combinations(range(documents), right)
    ]
    for measure in Measure:
        expected = [one[measure] for one in every]
        found = chance_of(np.asarray([right]), documents, measure)
        if measure is Measure.PAIR_ACCURACY and right == documents:
            assert found == NO_WRONG
        elif measure is Measure.MEDIAN_RANK:
            assert found == np.median(expected)
        else:
            assert found == pytest.approx(np.mean(expected))


def test_chance_of_queries_with_different_numbers_of_right_documents_is_their_mean():
    mixed = np.asarray([1, 3, 3, 1, 2])
    for measure in (Measure.RECALL_5, Measure.MRR, Measure.NDCG):
        each = [chance_of(np.asarray([one]), 12, measure) for one in mixed]
        assert chance_of(mixed, 12, measure) == pytest.approx(np.mean(each))


def test_random_vectors_do_as_well_as_chance():
    queries, documents = unit_rows(1500, 64, 1), unit_rows(40, 64, 2)
    of = several(1500, 40)
    found = query_outcomes(queries, documents, of)
    for measure in Measure:
        by_chance = chance_of(found.right, 40, measure)
        values = values_of(found, measure)
        error = values.std() / np.sqrt(len(values))
        assert abs(measured(found, measure) - by_chance) < 4 * error
