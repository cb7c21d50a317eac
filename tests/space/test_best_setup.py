import numpy as np
import pytest

from space.best_setup import Outcome, best_setup
from space.undefined import Undefined


def added(rates, groups=100, seed=0):
    """What each group adds to the score of Setups that are right at these rates."""
    hits = np.random.default_rng(seed).random((len(rates), groups)) < np.asarray(rates)[:, None]
    return hits / groups


def test_a_clear_winner_differs_from_every_other():
    found = best_setup(added([0.4, 0.9, 0.5]), 100)
    assert (found.outcome, found.best) == (Outcome.CLEAR, 1)
    assert found.behind == (2, 0)
    assert found.level == ()
    assert found.pairs_needed is None
    assert found.between(0, 1).corrected <= 0.05
    assert found.between(0, 1).difference == pytest.approx(found.scores[1] - found.scores[0])


def test_a_winner_may_differ_from_some_only():
    found = best_setup(added([0.86, 0.4, 0.9]), 100)
    assert (found.outcome, found.behind, found.level) == (Outcome.PARTLY, (1,), (0,))
    assert found.pairs_needed > 100
    assert found.pairs_needed == found.between(0, 2).pairs_needed


def test_too_few_pairs_say_how_many_would_be_needed():
    found = best_setup(added([0.5, 0.6, 0.7], groups=20, seed=1), 20)
    assert found.outcome is Outcome.TOO_FEW
    assert set(found.level) == {0, 1, 2} - {found.best}
    assert found.pairs_needed > 20


def test_more_pairs_than_groups_are_needed_where_groups_hold_several_pairs():
    of = added([0.5, 0.7], groups=20, seed=1)
    single, threefold = best_setup(of, 20), best_setup(of, 60)
    assert threefold.pairs_needed == pytest.approx(3 * single.pairs_needed, abs=2)


def test_every_comparison_is_corrected_for_the_number_of_all():
    found = best_setup(added([0.5, 0.6, 0.7, 0.8]), 100)
    assert len(found.comparisons) == 6
    smallest = min(found.comparisons, key=lambda one: one.p)
    assert smallest.corrected == pytest.approx(min(1, 6 * smallest.p))
    assert all(one.corrected >= one.p and one.difference >= 0 for one in found.comparisons)


def test_one_setup_is_alone():
    found = best_setup(added([0.5]), 100)
    assert (found.outcome, found.best, found.comparisons) == (Outcome.ALONE, 0, ())


def test_setups_that_do_the_same_differ_for_no_number_of_pairs():
    one = added([0.5])
    found = best_setup(np.concatenate([one, one]), 100)
    assert (found.outcome, found.best, found.level) == (Outcome.TOO_FEW, 0, (1,))
    assert found.pairs_needed == Undefined("no difference was seen")
    assert found.between(0, 1).p == 1


@pytest.mark.parametrize("groups", [1, 2])
def test_one_or_two_groups_tell_nothing_apart(groups):
    found = best_setup(np.stack([np.full(groups, 1 / groups), np.zeros(groups)]), groups)
    assert (found.outcome, found.best) == (Outcome.TOO_FEW, 0)


def test_without_pairs_or_setups_nothing_is_best():
    assert isinstance(best_setup(np.zeros((2, 0)), 0), Undefined)
    assert isinstance(best_setup(np.zeros((0, 5)), 5), Undefined)
