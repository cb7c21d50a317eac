import numpy as np

from space.pairs import drawn_pairs, pair_cosines, shown_range, with_partners


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


def test_of_few_pairs_all_are_drawn_of_many_the_farthest_and_those_of_the_selected():
    known = np.asarray([(i, i + 6) for i in range(6)])
    cosines = np.asarray([0.9, 0.1, 0.8, 0.2, 0.7, 0.6], np.float32)
    selected = np.asarray([10])
    assert drawn_pairs(known, cosines, selected, all_up_to=6, else_farthest=2).all()
    drawn = drawn_pairs(known, cosines, selected, all_up_to=5, else_farthest=2)
    assert np.flatnonzero(drawn).tolist() == [1, 3, 4]


def test_the_partners_of_the_selected_stand_with_them():
    known = np.asarray([(0, 3), (1, 3), (2, 4)])
    assert with_partners(known, np.asarray([3])).tolist() == [0, 1, 3]
    assert with_partners(known, np.asarray([], np.int64)).tolist() == []
    assert with_partners(known[:0], np.asarray([2])).tolist() == [2]
