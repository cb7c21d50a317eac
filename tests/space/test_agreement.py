import numpy as np
import pytest
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from space.agreement import agreement, matched, same_everywhere


def labels(*numbers):
    return np.array(numbers, np.int64)


def test_a_group_takes_the_number_of_the_group_it_shares_most_with():
    found = matched(labels(0, 0, 0, 1, 1, 2), labels(2, 2, 2, 0, 0, 1))
    assert found.tolist() == [2, 2, 2, 0, 0, 1]
    assert found.dtype == np.int64


def test_counterparts_are_chosen_for_all_groups_together():
    # group 0 shares 3 items with reference 0 and 2 with 1; group 1 shares 3 with 0 alone
    mine = labels(0, 0, 0, 0, 0, 1, 1, 1)
    reference = labels(0, 0, 0, 1, 1, 0, 0, 0)
    assert matched(mine, reference).tolist() == [1, 1, 1, 1, 1, 0, 0, 0]


def test_groups_without_a_counterpart_come_behind_those_of_the_reference():
    assert matched(labels(0, 0, 1, 2, 3), labels(1, 1, 1, 1, 0)).tolist() == [1, 1, 2, 3, 0]


def test_groups_that_share_nothing_are_no_counterparts():
    assert matched(labels(0, 0, 1, 1), labels(0, 0, -1, -1)).tolist() == [0, 0, 1, 1]
    assert matched(labels(0, 0, 1, 1), labels(-1, -1, 1, 1)).tolist() == [2, 2, 1, 1]
    assert matched(labels(0, 0), labels(-1, -1)).tolist() == [0, 0]


def test_no_group_stays_no_group():
    assert matched(labels(-1, 0, -1), labels(0, 1, 1)).tolist() == [-1, 1, -1]
    assert matched(labels(-1, -1), labels(0, 1)).tolist() == [-1, -1]


def test_matching_renumbers_and_never_joins_or_splits():
    rng = np.random.default_rng(0)
    for _ in range(20):
        mine, reference = rng.integers(-1, 6, 40), rng.integers(-1, 4, 40)
        found = matched(mine, reference)
        assert len(set(zip(mine, found, strict=True))) == len(set(mine)) == len(set(found))


def test_matching_keeps_at_least_as_many_items_as_the_numbers_at_hand():
    rng = np.random.default_rng(1)
    for _ in range(20):
        mine, reference = rng.integers(0, 5, 40), rng.integers(0, 5, 40)
        assert (matched(mine, reference) == reference).sum() >= (mine == reference).sum()


def test_scores_are_those_of_scikit_learn():
    rng = np.random.default_rng(2)
    for _ in range(10):
        mine, reference = rng.integers(-1, 4, 30), rng.integers(-1, 5, 30)
        found = agreement(mine, reference)
        assert found.adjusted_rand == adjusted_rand_score(reference, mine)
        assert found.adjusted_mutual_information == adjusted_mutual_info_score(reference, mine)
        assert found.shared_count == 30


def test_the_same_groups_under_other_numbers_agree_fully():
    found = agreement(labels(1, 1, 0, 2), labels(0, 0, 2, 1))
    assert (found.adjusted_rand, found.adjusted_mutual_information) == (1.0, 1.0)
    assert found.changed.tolist() == []
    assert found.shared_count == 4


def test_changed_are_the_rows_whose_matched_group_differs():
    found = agreement(labels(1, 1, 1, 0, 0, -1, 0), labels(0, 0, 1, 1, 1, 1, -1))
    assert found.changed.tolist() == [2, 5, 6]
    assert found.changed.dtype == np.int64


@pytest.mark.parametrize("n", [0, 1])
def test_none_or_one_item_agree_fully(n):
    found = agreement(np.zeros(n, np.int64), np.zeros(n, np.int64))
    assert (found.adjusted_rand, found.adjusted_mutual_information) == (1.0, 1.0)
    assert (found.changed.tolist(), found.shared_count) == ([], n)


def test_every_item_a_group_of_its_own_agrees_without_a_warning():
    rng = np.random.default_rng(3)
    assert agreement(rng.permutation(30), rng.permutation(30)).adjusted_rand == 1.0


def test_several_groupings_are_numbered_alike_where_they_agree():
    first = np.array([0, 0, 1, 1, 1, 1])
    second = matched(np.array([2, 2, 0, 0, 1, 1]), first)
    third = matched(np.array([1, 1, 2, 2, 0, 0]), first, second)
    assert second.tolist() == third.tolist()
    assert second[:2].tolist() == [0, 0]
    assert sorted(set(second[2:])) == [1, 2]


def test_a_group_without_any_counterpart_gets_a_number_of_its_own():
    first = np.array([0, 0, -1, -1])
    second = matched(np.array([-1, -1, 0, 0]), first)
    assert second.tolist() == [-1, -1, 1, 1]
    assert matched(np.array([3, 3, -1])).tolist() == [0, 0, -1]


def test_items_with_the_same_number_in_every_grouping_are_told_from_the_others():
    found = same_everywhere([labels(0, 1, -1, 2), labels(0, 1, -1, 0), labels(0, 0, -1, 2)])
    assert found.tolist() == [True, False, True, False]


def test_those_that_agree_and_those_that_change_are_all_there_are():
    both = agreement(labels(0, 0, 1, 1), labels(1, 1, 1, 0))
    assert both.agreed_count + len(both.changed) == both.shared_count == 4
    assert both.agreed_count == 3
