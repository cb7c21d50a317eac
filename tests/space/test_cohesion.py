import numpy as np
import pytest

from space.cohesion import cohesion
from tests.space.vectors import unit_rows


def test_it_is_the_mean_cosine_with_the_centre():
    vectors = unit_rows(12, 5)
    labels = np.arange(12) % 3
    for number, found in enumerate(cohesion(vectors, labels)):
        members = vectors[labels == number].astype(np.float64)
        centre = members.mean(axis=0) / np.linalg.norm(members.mean(axis=0))
        assert found == pytest.approx((members @ centre).mean(), abs=1e-6)


def test_the_same_item_keeps_together_and_opposite_ones_do_not():
    one = unit_rows(1, 4)[0]
    vectors = np.stack([one, one, one, -one])
    assert cohesion(vectors, np.array([0, 0, 1, 1])) == pytest.approx([1, 0], abs=1e-6)


def test_items_in_no_group_count_nowhere():
    vectors = np.eye(3, dtype=np.float32)
    assert cohesion(vectors, np.array([0, -1, -1])) == pytest.approx([1])
    assert len(cohesion(vectors, np.full(3, -1))) == 0
    assert len(cohesion(vectors[:0], np.zeros(0, np.int64))) == 0
