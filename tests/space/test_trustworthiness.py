import numpy as np
import pytest
from sklearn import manifold

from space import trustworthiness as module
from space.trustworthiness import trustworthiness, usable_k
from tests.space.vectors import unit_rows


@pytest.mark.parametrize(("n", "k"), [(5, 2), (12, 5), (60, 15), (300, 7)])
def test_it_equals_the_one_of_scikit_learn(n, k):
    x = unit_rows(n, 20)
    xy = x[:, :2] + 0.2 * unit_rows(n, 2, seed=1)
    expected = manifold.trustworthiness(x.astype(np.float64), xy, n_neighbors=k, metric="cosine")
    assert trustworthiness(x, xy, k) == pytest.approx(expected, abs=1e-12)
    assert 0 < expected < trustworthiness(x, x, k)  # something was lost, and not all


def test_blocks_do_not_change_it(monkeypatch):
    x, xy = unit_rows(50, 6), unit_rows(50, 2, seed=1)
    whole = trustworthiness(x, xy, 5)
    monkeypatch.setattr(module, "_BLOCK", 7)
    assert trustworthiness(x, xy, 5) == whole


def test_a_map_that_keeps_all_neighbours_has_trust_one():
    angle = np.linspace(0, 2, 40) ** 1.3
    circle = np.c_[np.cos(angle), np.sin(angle)].astype(np.float32)
    assert trustworthiness(np.pad(circle, ((0, 0), (0, 6))), 3 * circle + 1, 10) == 1


def test_a_random_map_has_about_half_trust():
    assert trustworthiness(unit_rows(400, 8), unit_rows(400, 2, seed=1), 15) == pytest.approx(
        0.5, abs=0.05
    )


@pytest.mark.parametrize(
    ("n", "k", "used"),
    [
        (0, 15, None),
        (4, 15, None),
        (5, 15, 2),
        (6, 15, 2),
        (30, 15, 14),
        (31, 15, 15),
        (99, 0, None),
    ],
)
def test_k_stays_below_half_of_the_items(n, k, used):
    assert usable_k(n, k) == used


@pytest.mark.parametrize("n", [0, 1, 4])
def test_there_is_none_for_fewer_than_five_items(n):
    assert trustworthiness(unit_rows(n, 4), np.zeros((n, 2), np.float32)) is None


def test_identical_rows_can_not_be_told_apart_and_keep_full_trust():
    same = np.tile(np.array([[0.5, 0.5, 0.5, 0.5]], np.float32), (20, 1))
    assert trustworthiness(same, unit_rows(20, 2)) == 1
