import numpy as np
import pytest

from space.score_bins import MAX_BINS, score_bins


def scores(count):
    return np.random.default_rng(0).normal(0.2, 0.03, count).astype(np.float32)


@pytest.mark.parametrize("count", [2, 3, 24, 5_000])
def test_every_score_is_counted_once(count):
    edges, counts = score_bins(scores(count))
    assert counts.sum() == count
    assert len(edges) == len(counts) + 1 <= MAX_BINS + 1


def test_the_bins_reach_from_the_smallest_score_to_the_largest():
    values = scores(100)
    edges, _ = score_bins(values)
    np.testing.assert_allclose(edges[[0, -1]], [values.min(), values.max()])
    np.testing.assert_allclose(np.diff(edges), edges[1] - edges[0])


@pytest.mark.parametrize("count", [24, 200, 1_000])
def test_the_width_is_that_of_numpy_where_it_needs_no_cap(count):
    values = scores(count).astype(np.float64)
    edges, counts = score_bins(values)
    expected_counts, expected_edges = np.histogram(values, bins="auto")
    assert len(expected_counts) <= MAX_BINS
    np.testing.assert_allclose(edges, expected_edges)
    np.testing.assert_array_equal(counts, expected_counts)


def test_no_score_gives_no_bin():
    edges, counts = score_bins(np.zeros(0, np.float32))
    assert edges.shape == (1,)
    assert counts.shape == (0,)


@pytest.mark.parametrize("count", [1, 7])
def test_scores_that_are_all_the_same_give_one_narrow_bin_around_them(count):
    edges, counts = score_bins(np.full(count, 0.3, np.float32))
    assert counts.tolist() == [count]
    assert edges[0] < 0.3 < edges[1]
    assert edges[1] - edges[0] < 0.05


def test_float32_rounding_of_one_score_is_one_bin():
    values = np.float32(0.3) + np.arange(4, dtype=np.float32) * np.float32(3e-8)
    assert len(score_bins(values)[1]) == 1


def test_one_far_outlier_among_near_equal_scores_does_not_make_many_bins():
    values = np.append(0.2 + 1e-8 * np.arange(3_000), 0.9)
    _, counts = score_bins(values)
    assert len(counts) == MAX_BINS
    assert counts[-1] == 1
