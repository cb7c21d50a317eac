import numpy as np

from space.query_differences import query_differences


def test_queries_on_which_setups_differ_most_come_first_then_the_worst_found():
    found = query_differences(np.asarray([[1, 1, 9, 2], [1, 50, 9, 4]]))
    assert found.order.tolist() == [1, 3, 2, 0]
    assert found.spread[0] == 0
    assert found.spread[1] == 1 - 1 / 50


def test_a_setup_wins_where_it_is_right_and_another_is_not():
    found = query_differences(np.asarray([[1, 1, 3], [1, 2, 1], [1, 2, 2]]))
    assert found.wins.tolist() == [[False, True, False], [False, False, True], [False] * 3]


def test_one_setup_differs_from_nobody_and_no_query_is_no_trouble():
    assert not query_differences(np.asarray([[1, 4]])).wins.any()
    assert query_differences(np.asarray([[1, 4]])).order.tolist() == [1, 0]
    assert len(query_differences(np.zeros((2, 0), np.int64)).order) == 0
