import numpy as np
import pytest

from space.hit_significance import FEWEST, deviations_by_chance, score_distribution


def noise(n, seed=0):
    return np.random.default_rng(seed).normal(0.05, 0.1, n).astype(np.float32)


def test_worked_example():
    scores = np.array([0.0, 0.1, 0.1, 0.2, 0.2, 0.3, 0.3, 0.4, 1.2])
    found = score_distribution(scores)  # distances from 0.2: 0 0 .1 .1 .1 .1 .2 .2 1
    assert found.count == 9
    assert found.median == pytest.approx(0.2)
    assert found.deviation == pytest.approx(0.14826)
    assert found.limit == pytest.approx(0.2 + 3.5 * 0.14826)
    assert found.best == pytest.approx(1.2)
    assert found.significant == 1


def test_a_planted_hit_stands_out():
    scores = noise(60)
    scores[17] = 0.7
    found = score_distribution(scores)
    assert found.significant == 1
    assert found.best == pytest.approx(0.7)
    assert found.limit is not None
    assert found.limit < 0.7


def test_several_hits_do_not_hide_each_other():
    scores = noise(40)
    scores[:10] = 0.8
    assert score_distribution(scores).significant == 10


def test_scores_far_below_the_others_do_not_stand_out():
    scores = noise(60)
    scores[:5] = -1
    assert score_distribution(scores).significant == 0


@pytest.mark.parametrize("n", [8, 26, 100, 1000])
def test_in_noise_something_stands_out_for_about_one_query_in_twenty(n):
    alarms = [score_distribution(noise(n, seed)).significant > 0 for seed in range(600)]
    assert 0.02 < np.mean(alarms) < 0.1


def test_more_scores_need_a_hit_further_out():
    assert deviations_by_chance(20) == deviations_by_chance(200) == 3.5
    assert 3.5 < deviations_by_chance(1000) < deviations_by_chance(10_000) < 5


def test_stretching_and_shifting_the_scores_changes_nothing():
    scores = noise(50)
    scores[3] = 0.6
    found, other = score_distribution(scores), score_distribution(0.2 * scores + 0.7)
    assert found.significant == other.significant == 1


def test_too_few_scores_have_no_limit():
    scores = [*noise(FEWEST - 2), 0.9]
    found = score_distribution(np.array(scores))
    assert found.limit is None
    assert found.significant == 0
    assert found.best == pytest.approx(0.9)
    assert score_distribution(np.array([*scores, 0.1])).limit is not None


def test_scores_without_spread_have_no_limit():
    for scores in (np.full(30, 0.3), np.append(np.full(30, 0.3), 0.9)):
        found = score_distribution(scores)
        assert found.limit is None
        assert found.significant == 0
        assert found.median == pytest.approx(0.3)


def test_no_scores_have_no_figures():
    found = score_distribution(np.zeros(0, np.float32))
    assert found.count == found.significant == 0
    assert np.isnan([found.median, found.deviation, found.best]).all()
    assert found.limit is None


def test_where_no_cosine_could_stand_out_there_is_no_limit():
    found = score_distribution(np.array([0.8] * 6 + [0.1, 0.12, 0.09, 0.11, 0.08, 0.1]))
    assert found.limit is None
    assert found.significant == 0
