import numpy as np
import pytest

from space.corrections import CORRECTIONS, CSLS, NONE
from space.hubs import (
    csls_query,
    csls_vectors,
    k_occurrence,
    mean_of_nearest,
    skewness,
    usable_k,
)
from space.retrieval_measures import query_outcomes
from space.undefined import Undefined
from tests.space.vectors import unit, unit_rows

TEXTS = unit([[1, 0, 0], [0.8, 0.6, 0], [0.8, 0, 0.6]])
PICTURES = unit([[1, 0, 0], [0, 1, 0], [0, 0, 1]])


def test_occurrences_are_counted_by_hand():
    assert k_occurrence(TEXTS, PICTURES, 1).tolist() == [3, 0, 0]
    assert k_occurrence(TEXTS, PICTURES, 2).tolist() == [3, 2, 1]
    assert k_occurrence(TEXTS, PICTURES, 9).tolist() == [3, 3, 3]
    assert k_occurrence(TEXTS[:0], PICTURES, 2).tolist() == [0, 0, 0]
    assert k_occurrence(TEXTS, PICTURES[:0], 2).tolist() == []


def test_of_equal_cosines_at_the_cut_the_first_rows_count():
    same = unit([[1, 1, 1]])
    assert k_occurrence(same, PICTURES, 2).tolist() == [1, 1, 0]


@pytest.mark.parametrize("k", [1, 3, 10])
def test_occurrences_of_many_are_those_of_a_plain_sort(k):
    queries, documents = unit_rows(1_500, 8, 1), unit_rows(40, 8, 2)
    nearest = np.argsort(-(queries @ documents.T), axis=1)[:, :k]
    expected = np.bincount(nearest.ravel(), minlength=40)
    assert k_occurrence(queries, documents, k).tolist() == expected.tolist()


def test_skewness_is_the_standardised_third_moment():
    counts = np.asarray([3, 0, 0])
    z = (counts - counts.mean()) / counts.std()
    assert skewness(counts) == pytest.approx(np.mean(z**3))
    assert skewness(np.asarray([0, 1, 2])) == pytest.approx(0)


@pytest.mark.parametrize("counts", [[], [1, 5], [2, 2, 2, 2]])
def test_skewness_says_where_it_is_not_defined(counts):
    assert isinstance(skewness(np.asarray(counts, np.int64)), Undefined)


def test_neighbours_are_ten_but_at_most_a_fifth():
    assert [usable_k(n) for n in (0, 4, 10, 26, 49, 50, 1000)] == [1, 1, 2, 5, 9, 10, 10]


def test_the_mean_of_the_nearest_is_that_worked_out_by_hand():
    assert mean_of_nearest(TEXTS, PICTURES, 2).tolist() == pytest.approx([0.5, 0.7, 0.7])
    assert mean_of_nearest(TEXTS[:0], PICTURES, 2).tolist() == []


def test_csls_is_that_worked_out_by_hand():
    texts, pictures = csls_vectors(TEXTS, PICTURES)  # k is 1: the nearest only
    cosines = np.asarray([[1, 0, 0], [0.8, 0.6, 0], [0.8, 0, 0.6]])
    of_texts, of_pictures = np.asarray([1, 0.8, 0.8]), np.asarray([1, 0.6, 0.6])
    expected = 2 * cosines - of_texts[:, None] - of_pictures
    assert 2 * texts @ pictures.T == pytest.approx(expected, abs=1e-6)


def test_csls_takes_a_hub_back_so_that_recall_rises():
    pairs = np.stack([np.arange(3)] * 2, axis=1)
    nearer = unit([[1, 0, 0], [0.75, 0.65, 0], [0.75, 0, 0.65]])
    assert query_outcomes(nearer, PICTURES, pairs).ranks.tolist() == [1, 2, 2]
    assert query_outcomes(*csls_vectors(nearer, PICTURES), pairs).ranks.tolist() == [1, 1, 1]


def test_a_query_meets_the_other_kind_as_if_it_were_one_of_the_rows():
    texts, pictures = csls_vectors(TEXTS, PICTURES)
    assert csls_query(TEXTS[1], PICTURES, is_text=True) == pytest.approx(texts[1])
    assert csls_query(PICTURES[2], TEXTS, is_text=False) == pytest.approx(pictures[2])


def test_csls_without_the_other_kind_changes_no_cosine():
    texts, pictures = csls_vectors(TEXTS, PICTURES[:0])
    assert pictures.shape == (0, 5)
    assert texts @ texts.T == pytest.approx(TEXTS @ TEXTS.T)


@pytest.mark.parametrize("name", CORRECTIONS)
def test_each_correction_keeps_the_order_of_the_rows(name):
    is_text = np.asarray([True, False, True, False, True, False])
    vectors = np.empty((6, 3), np.float32)
    vectors[is_text], vectors[~is_text] = TEXTS, PICTURES
    found = CORRECTIONS[name].apply(vectors, is_text)
    if name == NONE:
        assert found is vectors
    elif name == CSLS:
        assert found[is_text] == pytest.approx(csls_vectors(TEXTS, PICTURES)[0])
    else:
        assert found[is_text].sum(axis=0) != pytest.approx(TEXTS.sum(axis=0))
    assert len(found) == 6
