import numpy as np
import pytest

from space.duplicates import above, close_pairs
from tests.space.vectors import unit_rows


def all_pairs(vectors):
    """Every pair of different rows by brute force, closest first."""
    left, right = np.triu_indices(len(vectors), 1)
    cosines = (vectors @ vectors.T)[left, right]
    order = np.argsort(-cosines, kind="stable")
    return np.stack([left, right], axis=1)[order], cosines[order]


def test_all_pairs_are_there_when_they_are_few():
    vectors = unit_rows(20)
    close = close_pairs(vectors)
    pairs, cosines = all_pairs(vectors)
    assert np.array_equal(close.pairs, pairs)
    assert close.cosines == pytest.approx(cosines, abs=1e-6)
    assert close.complete_above == -1.0


def test_the_running_cut_over_several_blocks_keeps_the_closest_pairs():
    vectors = unit_rows(700)
    close = close_pairs(vectors, most=300)
    pairs, cosines = all_pairs(vectors)
    assert set(map(tuple, close.pairs.tolist())) == set(map(tuple, pairs[:300].tolist()))
    assert close.cosines == pytest.approx(cosines[:300], abs=1e-6)
    assert close.complete_above == close.cosines[-1]


def test_a_copy_in_a_later_block_is_the_closest_pair():
    vectors = unit_rows(600)
    vectors[590] = vectors[7]
    close = close_pairs(vectors, most=5)
    assert close.pairs[0].tolist() == [7, 590]
    assert close.cosines[0] == pytest.approx(1.0, abs=1e-6)


def test_each_pair_names_the_lower_row_first_and_no_row_with_itself():
    pairs = close_pairs(unit_rows(300), most=1000).pairs
    assert (pairs[:, 0] < pairs[:, 1]).all()
    assert len(np.unique(pairs, axis=0)) == 1000


def test_equal_cosines_are_in_row_order():
    close = close_pairs(np.repeat(np.eye(2, dtype=np.float32)[:1], 4, axis=0))
    assert close.pairs.tolist() == [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]


def test_a_threshold_keeps_what_is_at_least_that_close():
    vectors = np.asarray([[1, 0], [1, 0], [0.8, 0.6], [0, 1]], np.float32)
    kept = above(close_pairs(vectors), 0.8)
    assert kept.pairs.tolist() == [[0, 1], [0, 2], [1, 2]]
    assert kept.complete_above == 0.8


def test_a_threshold_of_one_keeps_copies_in_spite_of_rounding():
    vectors = unit_rows(50, d=700)
    twice = np.concatenate([vectors, vectors])
    assert len(above(close_pairs(twice), 1.0).pairs) == 50


def test_a_list_too_short_for_the_threshold_says_so():
    close = close_pairs(unit_rows(100), most=10)
    assert above(close, -0.5).complete_above > -0.5
    assert above(close, 0.99).complete_above == 0.99


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_rows_have_no_pair(count):
    close = close_pairs(unit_rows(count))
    assert close.pairs.shape == (0, 2)
    assert close.cosines.shape == (0,)
    assert close.complete_above == -1.0


def test_a_list_for_no_pair_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        close_pairs(unit_rows(3), most=0)
