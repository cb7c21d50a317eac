import numpy as np
import pytest

from space import neighbours
from space.neighbours import exact_cosine_knn, nearest
from tests.space.vectors import unit_rows


def test_neighbours_are_those_of_a_full_sort():
    x = unit_rows(80, 12)
    indices, distances = exact_cosine_knn(x, 7)
    full = 1 - x.astype(np.float64) @ x.T.astype(np.float64)
    np.fill_diagonal(full, -1)
    expected = np.argsort(full, axis=1)[:, :7]
    np.testing.assert_array_equal(indices, expected)
    np.testing.assert_allclose(
        distances, np.maximum(np.take_along_axis(full, expected, axis=1), 0), atol=1e-6
    )
    assert distances.dtype == np.float32


def test_blocks_do_not_change_the_neighbours(monkeypatch):
    x = unit_rows(50, 6)
    whole = exact_cosine_knn(x, 5)
    monkeypatch.setattr(neighbours, "_BLOCK", 7)
    cut = exact_cosine_knn(x, 5)
    np.testing.assert_array_equal(cut[0], whole[0])
    np.testing.assert_allclose(cut[1], whole[1], atol=1e-6)


def test_each_row_is_its_own_first_neighbour_even_among_duplicates():
    x = np.tile(unit_rows(1, 5), (30, 1))
    indices, distances = exact_cosine_knn(x, 4)
    np.testing.assert_array_equal(indices[:, 0], np.arange(30))
    assert distances.max() < 1e-6
    assert all(len(set(row)) == 4 for row in indices.tolist())


def test_distances_are_never_negative_and_grow_along_the_row():
    x = np.repeat(unit_rows(40, 700), 2, axis=0)
    _, distances = exact_cosine_knn(x, 10)
    assert distances.min() >= 0
    assert (np.diff(distances, axis=1) >= 0).all()


@pytest.mark.parametrize(("n", "k", "expected"), [(0, 3, 0), (1, 3, 1), (3, 9, 3), (3, 0, 0)])
def test_k_is_cut_to_the_number_of_rows(n, k, expected):
    indices, distances = exact_cosine_knn(unit_rows(n, 4), k)
    assert indices.shape == distances.shape == (n, expected)


def test_nearest_is_sorted_by_cosine_and_leaves_the_query_out():
    x = unit_rows(20, 5)
    (found,) = nearest(x, [3], 19)
    assert 3 not in found.indices
    np.testing.assert_allclose(found.cosines, x[found.indices] @ x[3], atol=1e-6)
    assert (np.diff(found.cosines) <= 0).all()


def test_nearest_keeps_other_rows_with_the_same_vector():
    x = unit_rows(6, 5)
    x[5] = x[2]
    (found,) = nearest(x, [2], 1)
    np.testing.assert_array_equal(found.indices, [5])


def test_nearest_of_equal_rows_is_in_row_order():
    x = np.tile(np.array([[1, 0]], np.float32), (5, 1))
    (found,) = nearest(x, [2], 4)
    np.testing.assert_array_equal(found.indices, [0, 1, 3, 4])


def test_nearest_without_candidates_is_empty():
    x = unit_rows(1, 4)
    (found,) = nearest(x, [0], 2)
    assert found.indices.shape == found.cosines.shape == (0,)
    assert nearest(x, [], 2) == []
