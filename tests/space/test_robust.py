import numpy as np
import pytest

from space.robust import robust_deviation


def test_of_normal_values_it_is_their_standard_deviation():
    values = np.random.default_rng(0).normal(3.0, 0.5, 20_000)
    assert robust_deviation(values) == pytest.approx(0.5, rel=0.03)


def test_a_few_values_far_away_hardly_move_it():
    values = np.random.default_rng(1).normal(0.0, 1.0, 1_000)
    moved = values.copy()
    moved[:50] = 100.0
    assert robust_deviation(moved) == pytest.approx(robust_deviation(values), rel=0.15)


def test_where_most_values_are_the_same_there_is_none():
    assert robust_deviation(np.array([1.0, 1.0, 1.0, 9.0])) == 0
