import numpy as np
import pytest

from space.outliers import LIMIT, outliers
from tests.space.vectors import unit


def crowd(count, spread=0.3, seed=0):
    """Rows around the first axis of eight."""
    rows = spread * np.random.default_rng(seed).normal(size=(count, 8))
    rows[:, 0] += 1
    return unit(rows)


FAR = -np.eye(8, dtype=np.float32)[:1]


def test_a_row_far_from_a_crowd_is_flagged_and_the_crowd_is_not():
    found = outliers(np.concatenate([crowd(20), FAR]))
    assert found.rows.tolist() == [20]
    assert found.score[20] >= LIMIT


def test_a_crowd_without_a_stranger_has_no_outlier():
    assert len(outliers(crowd(40)).rows) == 0


def test_the_distance_is_the_mean_cosine_distance_to_the_k_nearest_others():
    vectors = crowd(9)
    found = outliers(vectors, k=3)
    nearest_first = np.sort(1 - vectors @ vectors.T, axis=1)
    assert found.distance == pytest.approx(nearest_first[:, 1:4].mean(axis=1), abs=1e-6)
    assert found.k == 3


def test_the_score_is_the_modified_z_score():
    found = outliers(crowd(15))
    away = found.distance - np.median(found.distance)
    assert found.score == pytest.approx(away / (1.4826 * np.median(np.abs(away))), abs=1e-3)


def test_the_nearest_row_is_another_one_even_among_copies():
    found = outliers(np.repeat(FAR, 4, axis=0))
    assert all(found.nearest[row] != row for row in range(4))


def test_a_stranger_that_is_there_twice_is_still_far():
    found = outliers(np.concatenate([crowd(20), FAR, FAR]))
    assert sorted(found.rows) == [20, 21]
    assert found.nearest[20] == 21


def test_the_farthest_stands_first():
    less_far = unit([[0, 1, 0, 0, 0, 0, 0, 0]])
    found = outliers(np.concatenate([crowd(20, spread=0.1), less_far, FAR]))
    assert found.rows.tolist() == [21, 20]


def test_a_stranger_among_copies_is_flagged():
    copies = np.repeat(crowd(1), 8, axis=0)
    assert outliers(np.concatenate([copies, FAR])).rows.tolist() == [8]


def test_nearly_equal_rows_are_not_held_against_each_other():
    almost = crowd(12, spread=0.001)
    almost[3, 1] += 0.02
    assert len(outliers(unit(almost)).rows) == 0


def test_ordinary_rows_beside_many_copies_are_not_flagged():
    copies = np.repeat(crowd(1), 9, axis=0)
    others = np.eye(8, dtype=np.float32)[1:7]
    assert len(outliers(np.concatenate([copies, others])).rows) == 0


@pytest.mark.parametrize("count", range(4))
def test_up_to_three_rows_are_never_flagged(count):
    found = outliers(np.concatenate([crowd(1), crowd(1), FAR])[:count])
    assert len(found.rows) == 0
    assert found.k == max(count - 1, 0)
    assert found.distance.shape == found.score.shape == found.nearest.shape == (count,)
    assert np.isfinite(found.score).all()


def test_a_single_row_has_no_nearest_row():
    assert outliers(FAR).nearest.tolist() == [-1]


def test_copies_of_one_row_have_no_outlier():
    found = outliers(np.repeat(FAR, 30, axis=0))
    assert len(found.rows) == 0
    assert not found.score.any()


def test_k_below_one_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        outliers(crowd(5), k=0)
