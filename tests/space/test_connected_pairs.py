import numpy as np

from space.connected_pairs import pair_groups


def groups(rows, left=5, right=5):
    return pair_groups(np.asarray(rows, np.int64).reshape(-1, 2), left, right)


def test_pairs_that_share_nothing_are_groups_of_their_own():
    found = groups([(0, 3), (2, 1)])
    assert found.count == 2
    assert len(set(found.of_pair)) == 2
    assert found.of_left.tolist() == [found.of_pair[0], -1, found.of_pair[1], -1, -1]


def test_a_picture_with_three_captions_is_one_group():
    found = groups([(0, 1), (1, 1), (2, 1), (3, 0)])
    assert found.count == 2
    assert len(set(found.of_pair[:3])) == 1
    assert found.of_pair[3] != found.of_pair[0]


def test_pairs_linked_by_others_are_one_group():
    found = groups([(0, 0), (1, 1), (0, 1)])
    assert found.count == 1
    assert found.of_right.tolist() == [0, 0, -1, -1, -1]


def test_the_same_row_of_both_sides_is_not_the_same_item():
    assert groups([(0, 1), (1, 0)]).count == 2


def test_without_pairs_or_items_there_is_no_group():
    assert groups([]).count == 0
    assert groups([]).of_left.tolist() == [-1] * 5
    nothing = groups([], 0, 0)
    assert (nothing.count, len(nothing.of_left), len(nothing.of_pair)) == (0, 0, 0)


def test_the_order_of_pairs_only_orders_the_answer():
    rows = np.asarray([(0, 0), (1, 1), (2, 1), (3, 4), (4, 4)])
    order = np.asarray([3, 1, 4, 0, 2])
    assert groups(rows[order]).of_pair.tolist() == groups(rows).of_pair[order].tolist()
