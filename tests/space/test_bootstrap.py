import numpy as np
import pytest
from scipy.stats import bootstrap

from space.bootstrap import bootstrap_intervals, mean_statistic, median_statistic, resampled

SIMULATED = 1000


def covered(values, sizes, truth):
    """Share of simulated data sets (columns of values: (q, c)) whose interval holds the truth."""
    group_of = np.repeat(np.arange(len(sizes)), sizes)
    sums = np.add.reduceat(values, np.concatenate([[0], np.cumsum(sizes)[:-1]]), axis=0)
    ends = bootstrap_intervals(mean_statistic(sums, np.asarray(sizes)), len(sizes))
    assert len(group_of) == len(values)
    return np.mean((ends[:, 0] <= truth) & (truth <= ends[:, 1]))


@pytest.mark.parametrize("groups", [50, 120, 400])
@pytest.mark.parametrize("rate", [0.2, 0.5, 0.8])
def test_intervals_of_a_rate_cover_the_truth(groups, rate):
    hits = np.random.default_rng(groups).random((groups, SIMULATED)) < rate
    assert 0.92 <= covered(hits.astype(float), [1] * groups, rate) <= 0.98


@pytest.mark.parametrize("rate", [0.2, 0.5, 0.8])
def test_intervals_cover_the_truth_where_queries_of_a_group_stand_or_fall_together(rate):
    rng = np.random.default_rng(3)
    sizes = 1 + np.arange(60) % 3
    together = np.repeat(rng.random((60, SIMULATED)) < rate, sizes, axis=0)
    assert 0.92 <= covered(together.astype(float), sizes, rate) <= 0.98
    # As if each query were a witness of its own: too narrow, which is why groups are drawn.
    assert covered(together.astype(float), [1] * len(together), rate) < 0.92


def test_intervals_of_a_mean_reciprocal_rank_cover_the_truth():
    rng = np.random.default_rng(4)
    ranks = rng.geometric(0.4, (60, SIMULATED))
    truth = (1 / rng.geometric(0.4, 1_000_000)).mean()
    assert 0.92 <= covered(1 / ranks, [1] * 60, truth) <= 0.98


def test_intervals_of_a_median_rank_cover_the_truth():
    rng = np.random.default_rng(5)
    everyone = np.arange(75)
    found = []
    for _ in range(200):
        ranks = rng.geometric(0.05, 75)
        found.append(bootstrap_intervals(median_statistic(ranks, everyone, 75), 75, 500)[0])
    ends = np.asarray(found)
    assert np.mean((ends[:, 0] <= 14) & (ends[:, 1] >= 14)) >= 0.92


def test_the_interval_is_that_of_scipy():
    values = np.random.default_rng(6).exponential(size=80)
    own = bootstrap_intervals(mean_statistic(values[:, np.newaxis], np.ones(80)), 80, 20_000)[0]
    theirs = bootstrap(
        (values,), np.mean, n_resamples=20_000, method="percentile", rng=1
    ).confidence_interval
    assert own == pytest.approx(tuple(theirs), abs=0.01)


@pytest.mark.parametrize(("queries", "groups", "most"), [(31, 20, 9), (900, 500, 400), (9, 9, 2)])
def test_the_median_of_each_replicate_is_that_of_numpy(queries, groups, most):
    rng = np.random.default_rng(7)
    ranks, group_of = rng.integers(1, most, queries), np.arange(queries) % groups
    (drawn,) = resampled(groups, 50)
    # Replicates far from any that is drawn: all of the lowest, and all of the highest ranks.
    lowest, highest = np.zeros((2, 1, groups), np.float32)
    lowest[0, group_of[ranks.argmin()]] = highest[0, group_of[ranks.argmax()]] = groups
    for some in (drawn, np.concatenate([drawn, lowest]), highest):
        expected = [np.median(np.repeat(ranks, one[group_of].astype(int))) for one in some]
        assert median_statistic(ranks, group_of, groups)(some)[:, 0].tolist() == expected


def test_each_replicate_draws_as_many_groups_as_there_are():
    (drawn,) = resampled(30, 200)
    assert drawn.shape == (200, 30)
    assert (drawn.sum(axis=1) == 30).all()
    assert (drawn == 0).any()


def test_the_same_seed_gives_the_same_intervals_whatever_the_blocks(monkeypatch):
    (whole,) = resampled(30, 200)
    monkeypatch.setattr("space.bootstrap._CELLS", 1000)
    blocks = list(resampled(30, 200))
    assert len(blocks) == 7
    assert np.array_equal(np.concatenate(blocks), whole)
    assert not np.array_equal(np.concatenate(list(resampled(30, 200, seed=1))), whole)


def test_groups_that_are_alike_leave_no_width():
    ends = bootstrap_intervals(mean_statistic(np.ones((9, 1)), np.ones(9)), 9)
    assert ends.tolist() == [[1.0, 1.0]]
