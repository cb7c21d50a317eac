import numpy as np
import pytest

from space.hit_significance import score_distribution
from space.lead import Lead, LeadKind, lead_of

USUAL = [0.0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09]
DEVIATION = score_distribution(np.asarray(USUAL)).deviation


def lead(scores, allowed=None):
    values = np.asarray(scores, np.float32)
    rows = np.ones(len(values), bool) if allowed is None else np.asarray(allowed)
    return lead_of(values, score_distribution(values[rows]), rows)


def test_a_best_score_that_stands_out_far_above_the_next_has_a_clear_lead():
    assert lead([*USUAL, 0.9]) == Lead(LeadKind.CLEAR, first=10, second=9, tied=1, count=11)


def test_a_best_score_that_does_not_stand_out_has_a_narrow_lead():
    assert lead(USUAL) == Lead(LeadKind.NARROW, first=9, second=8, tied=1, count=10)


def test_of_two_that_stand_out_close_together_the_first_has_a_narrow_lead():
    near, far = 0.9 - 0.5 * DEVIATION, 0.9 - 2 * DEVIATION
    assert lead([*USUAL, 0.9, near]).kind is LeadKind.NARROW
    assert lead([*USUAL, 0.9, far]).kind is LeadKind.CLEAR


def test_equal_best_scores_are_tied_and_counted():
    found = lead([0.5, *USUAL, 0.5, 0.5])
    assert (found.kind, found.first, found.second, found.tied) == (LeadKind.TIED, 0, 11, 3)


def test_all_equal_scores_are_tied():
    assert lead([0.2] * 9).tied == 9


@pytest.mark.parametrize("scores", [[0.1, 0.9], [0.1] * 20 + [0.9]])
def test_where_nothing_can_be_said_to_stand_out_the_lead_is_untold(scores):
    assert lead(scores).kind is LeadKind.UNTOLD


def test_one_score_has_nothing_to_lead_before():
    assert lead([0.3]) == Lead(LeadKind.ALONE, first=0, second=None, tied=1, count=1)


def test_rows_that_are_not_allowed_neither_lead_nor_follow():
    allowed = np.asarray([True] * 10 + [False, True])
    found = lead([*USUAL, 0.95, 0.9], allowed)
    assert (found.kind, found.first, found.second, found.count) == (LeadKind.CLEAR, 11, 9, 11)
    assert lead(USUAL, [False] * 10) is None
