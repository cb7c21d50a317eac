import itertools

import numpy as np
import pytest
from scipy.stats import binom, binomtest, permutation_test

from space.paired_tests import DRAWS, EXACT_UP_TO, groups_needed, holm, sign_flip_p
from space.undefined import Undefined

SIMULATED = 2000


def false_alarms(differences, level=0.05):
    return int(np.count_nonzero(sign_flip_p(differences) <= level))


def band(level=0.05, trials=SIMULATED):
    """The numbers of false alarms between which 99 % of such simulations lie."""
    return binom.ppf(0.005, trials, level), binom.ppf(0.995, trials, level)


@pytest.mark.parametrize("groups", [20, 60])
def test_without_a_difference_false_alarms_are_as_many_as_the_level_says(groups):
    rng = np.random.default_rng(groups)
    # Differences of reciprocal ranks, of two Setups that are equally good.
    ranks = rng.geometric(0.3, (2, groups, SIMULATED))
    low, high = band()
    assert low <= false_alarms(1 / ranks[0] - 1 / ranks[1]) <= high


def test_of_recall_false_alarms_are_never_more_than_the_level_says():
    hits = np.random.default_rng(1).random((2, 60, SIMULATED)) < 0.6
    assert 0 < false_alarms(hits[0].astype(float) - hits[1]) <= band()[1]


def test_after_holm_any_false_alarm_among_three_setups_is_as_rare_as_the_level_says():
    scores = np.random.default_rng(2).normal(size=(3, 40, SIMULATED))
    p = np.stack([sign_flip_p(scores[a] - scores[b]) for a, b in ((0, 1), (0, 2), (1, 2))])
    alarms = sum(bool((holm(one) <= 0.05).any()) for one in p.T)
    uncorrected = int((p.min(axis=0) <= 0.05).sum())
    assert alarms <= band()[1] < uncorrected


def test_exact_p_is_the_share_of_all_sign_flips():
    values = np.random.default_rng(3).normal(size=6)
    sums = [abs(np.dot(signs, values)) for signs in itertools.product((-1, 1), repeat=6)]
    expected = np.mean([one >= abs(values.sum()) - 1e-9 for one in sums])
    assert sign_flip_p(values[:, np.newaxis])[0] == expected


def test_of_wins_and_losses_it_is_the_sign_test():
    for wins, losses in ((8, 2), (5, 5), (30, 14), (6, 0)):
        values = np.repeat([1.0, -1.0, 0.0], [wins, losses, 7])[:, np.newaxis]
        exact = binomtest(wins, wins + losses).pvalue
        assert sign_flip_p(values)[0] == pytest.approx(exact, abs=0.006)


def test_many_groups_give_the_p_of_scipy():
    rng = np.random.default_rng(4)
    one, other = rng.normal(0.3, 1, 40), rng.normal(0, 1, 40)
    theirs = permutation_test(
        (one, other), lambda x, y: np.mean(x - y), permutation_type="samples", rng=1
    ).pvalue
    assert sign_flip_p((one - other)[:, np.newaxis])[0] == pytest.approx(theirs, abs=0.02)


def test_exact_and_drawn_agree():
    values = np.random.default_rng(5).normal(0.3, 1, EXACT_UP_TO)
    padded = np.concatenate([values, [1e-7]])  # one group more: drawn
    exact, drawn = (sign_flip_p(v[:, np.newaxis])[0] for v in (values, padded))
    assert drawn == pytest.approx(exact, abs=0.02)


def test_p_is_never_zero_and_1_where_nothing_differs():
    clear = np.ones((200, 1))
    assert sign_flip_p(clear)[0] == 1 / (DRAWS + 1)
    assert sign_flip_p(np.zeros((200, 1)))[0] == 1
    assert sign_flip_p(np.zeros((0, 3))).tolist() == [1, 1, 1]
    assert sign_flip_p(np.ones((1, 1)))[0] == 1


def test_the_unit_and_the_order_of_setups_change_no_p():
    values = np.random.default_rng(6).normal(0.2, 1, (40, 2))
    assert sign_flip_p(values).tolist() == sign_flip_p(-values * 1e-6).tolist()


def test_blocks_change_no_p(monkeypatch):
    values = np.random.default_rng(6).normal(0.2, 1, (40, 2))
    whole = sign_flip_p(values)
    monkeypatch.setattr("space.paired_tests._CELLS", 4000)
    assert sign_flip_p(values).tolist() == whole.tolist()


def test_holm_by_hand():
    assert holm(np.asarray([0.01, 0.04, 0.03])).tolist() == pytest.approx([0.03, 0.06, 0.06])
    assert holm(np.asarray([0.5, 0.9])).tolist() == [1.0, 1.0]
    assert holm(np.zeros(0)).tolist() == []


def test_as_many_groups_as_needed_show_the_difference_in_four_of_five_collections():
    rng = np.random.default_rng(7)
    seen = rng.normal(0.4, 1, 5000)
    needed = groups_needed(seen)
    assert 40 <= needed <= 60  # 49 for exactly 0.4 standard deviations
    shown = np.mean(sign_flip_p(rng.normal(seen.mean(), seen.std(), (needed, 1000))) <= 0.05)
    assert 0.75 <= shown <= 0.85


def test_no_fewer_groups_are_needed_than_the_test_can_use():
    assert groups_needed(np.ones(3)) == 6  # 2 / 2 ** 6 is the first below 0.05
    assert groups_needed(np.ones(3), 0.05 / 3) == 7


def test_where_no_number_would_do_it_says_why():
    assert groups_needed(np.asarray([1.0, -1.0])) == Undefined("no difference was seen")
    assert groups_needed(np.zeros(9)) == Undefined("no difference was seen")
    assert isinstance(groups_needed(np.ones(1)), Undefined)
