import numpy as np

from space.pairs import pair_cosines, shown_range


def test_the_cosine_of_a_pair_is_the_dot_product_of_its_rows():
    rows = np.asarray([[1, 0], [0, 1], [0.6, 0.8]], np.float32)
    assert np.allclose(pair_cosines(rows, np.asarray([[0, 2], [1, 2], [0, 1]])), [0.6, 0.8, 0])


def test_no_pairs_give_no_cosines():
    assert pair_cosines(np.eye(2, dtype=np.float32), np.zeros((0, 2), np.int64)).shape == (0,)


def test_the_range_is_from_the_smallest_to_the_largest():
    assert np.allclose(shown_range(np.asarray([0.1, 0.9, 0.4])), (0.1, 0.9))


def test_nearly_equal_cosines_are_not_drawn_worlds_apart():
    low, high = shown_range(np.asarray([0.50, 0.51]))
    assert np.isclose(high - low, 0.3)
    assert low < 0.5 < 0.51 < high
    assert shown_range(np.zeros(0)) == (0.0, 1.0)
