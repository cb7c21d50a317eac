import numpy as np
import pytest

from space.retrieval import recall_at, retrieval, true_ranks

AXES = np.eye(4, dtype=np.float32)


def pairs(*rows):
    return np.asarray(rows, np.int64).reshape(-1, 2)


def test_a_query_that_equals_its_document_has_rank_one():
    assert true_ranks(AXES, AXES, pairs(*((i, i) for i in range(4)))).tolist() == [1, 1, 1, 1]


def test_the_rank_is_one_plus_how_many_wrong_documents_are_closer():
    documents = np.asarray([[1, 0], [0.8, 0.6], [0, 1]], np.float32)
    query = np.asarray([[1, 0]], np.float32)
    assert true_ranks(query, documents, pairs((0, 2))).tolist() == [3]


def test_the_best_of_several_right_documents_counts():
    documents = np.asarray([[1, 0], [0.8, 0.6], [0, 1]], np.float32)
    query = np.asarray([[1, 0]], np.float32)
    assert true_ranks(query, documents, pairs((0, 2), (0, 0))).tolist() == [1]


def test_a_tie_counts_against_the_model():
    documents = np.repeat(AXES[:1], 3, axis=0)
    assert true_ranks(AXES[:1], documents, pairs((0, 2))).tolist() == [3]


def test_a_tie_among_right_documents_counts_against_nobody():
    documents = np.repeat(AXES[:1], 3, axis=0)
    assert true_ranks(AXES[:1], documents, pairs((0, 0), (0, 1), (0, 2))).tolist() == [1]


def test_queries_without_a_right_document_are_left_out():
    assert len(true_ranks(AXES, AXES, pairs((2, 2)))) == 1
    assert len(true_ranks(AXES, AXES, pairs())) == 0


def test_recall_is_the_share_of_ranks_up_to_k():
    ranks = np.asarray([1, 1, 2, 5])
    assert [recall_at(ranks, k) for k in (1, 2, 5)] == [0.5, 0.75, 1.0]


def test_recall_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        recall_at(np.zeros(0, np.int64), 1)


def test_what_is_taken_for_the_right_one_is_the_closest_wrong_one():
    documents = np.asarray([[1, 0], [0.8, 0.6], [0, 1]], np.float32)
    queries = np.asarray([[1, 0], [0, 1]], np.float32)
    found = retrieval(queries, documents, pairs((0, 2), (1, 2)))
    assert (found.queries.tolist(), found.ranks.tolist()) == ([0, 1], [3, 1])
    assert found.taken.tolist() == [0, 1]


def test_where_every_document_is_right_none_is_taken_for_it():
    found = retrieval(AXES[:1], AXES[:2], pairs((0, 0), (0, 1)))
    assert found.taken.tolist() == [-1]
