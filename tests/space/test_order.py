import numpy as np
import pytest

from space import order
from space.order import ORDERS, by_cluster, by_pair, leaf_order
from tests.space.vectors import unit_rows

NO_PAIRS = (np.array([], int), np.array([], int))


def rows_of(count):
    return np.ones((count, 2), np.float32)


def two_groups_mixed():
    """Rows 0, 2, 4, … near one direction, rows 1, 3, 5, … near another."""
    rng = np.random.default_rng(0)
    x = 0.05 * rng.normal(size=(10, 6))
    x[::2, 0] += 1
    x[1::2, 1] += 1
    return (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32)


def test_as_given_leaves_everything_in_place():
    rows, columns = ORDERS["given"].apply(rows_of(3), rows_of(2), NO_PAIRS)
    np.testing.assert_array_equal(rows, [0, 1, 2])
    np.testing.assert_array_equal(columns, [0, 1])


def test_by_pair_puts_true_pairs_on_the_diagonal():
    pairs = (np.array([0, 1, 2]), np.array([2, 0, 1]))
    rows, columns = by_pair(rows_of(3), rows_of(3), pairs)
    truth = np.zeros((3, 3), bool)
    truth[pairs] = True
    np.testing.assert_array_equal(truth[np.ix_(rows, columns)], np.eye(3, dtype=bool))
    np.testing.assert_array_equal(columns, [0, 1, 2])


def test_by_pair_keeps_the_captions_of_one_picture_together():
    pairs = (np.array([0, 1, 2, 3]), np.array([1, 0, 1, 0]))
    rows, columns = by_pair(rows_of(4), rows_of(2), pairs)
    np.testing.assert_array_equal(rows, [1, 3, 0, 2])
    np.testing.assert_array_equal(columns, [0, 1])


def test_by_pair_puts_items_without_a_partner_last():
    pairs = (np.array([3, 1]), np.array([1, 3]))
    rows, columns = by_pair(rows_of(4), rows_of(4), pairs)
    np.testing.assert_array_equal(rows, [3, 1, 0, 2])
    np.testing.assert_array_equal(columns, [1, 3, 0, 2])


def test_by_pair_puts_a_caption_of_several_pictures_beside_the_first():
    pairs = (np.array([0, 1, 1, 2]), np.array([1, 2, 0, 3]))
    rows, columns = by_pair(rows_of(3), rows_of(4), pairs)
    np.testing.assert_array_equal(rows, [1, 0, 2])
    np.testing.assert_array_equal(columns, [0, 1, 2, 3])


def test_by_cluster_makes_each_group_one_run():
    found = leaf_order(two_groups_mixed())
    parity = found % 2
    assert np.count_nonzero(np.diff(parity)) == 1


def test_by_cluster_orders_rows_and_columns_each_for_themselves():
    x = two_groups_mixed()
    rows, columns = by_cluster(x, x[:5], NO_PAIRS)
    np.testing.assert_array_equal(rows, leaf_order(x))
    np.testing.assert_array_equal(columns, leaf_order(x[:5]))


def test_optimal_leaf_order_brings_neighbours_closer_than_plain_leaf_order(monkeypatch):
    x = unit_rows(60, 8, 1)

    def similarity_of_neighbours():
        placed = x[leaf_order(x)]
        return np.sum(placed[:-1] * placed[1:])

    optimal = similarity_of_neighbours()
    monkeypatch.setattr(order, "OPTIMAL_LIMIT", 10)
    assert optimal > similarity_of_neighbours() + 0.5


@pytest.mark.parametrize("name", ORDERS)
@pytest.mark.parametrize(("n", "m"), [(0, 0), (1, 0), (0, 1), (1, 1), (2, 1), (5, 2), (600, 3)])
def test_every_order_names_every_row_and_column_once(name, n, m):
    rng = np.random.default_rng(2)
    rows, columns = ORDERS[name].apply(unit_rows(n, 4, rng), unit_rows(m, 4, rng), NO_PAIRS)
    np.testing.assert_array_equal(np.sort(rows), np.arange(n))
    np.testing.assert_array_equal(np.sort(columns), np.arange(m))


def test_identical_rows_can_be_clustered():
    same = np.tile(unit_rows(1, 5, 3), (6, 1))
    np.testing.assert_array_equal(np.sort(leaf_order(same)), np.arange(6))
