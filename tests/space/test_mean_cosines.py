import numpy as np

from space.modality import mean_between, mean_within


def unit(n, seed):
    rows = np.random.default_rng(seed).normal(size=(n, 5)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_the_mean_within_leaves_out_each_row_with_itself():
    rows = unit(7, 1)
    cosines = rows @ rows.T
    expected = cosines[~np.eye(7, dtype=bool)].mean()
    assert np.isclose(mean_within(rows), expected, atol=1e-6)


def test_the_mean_between_is_that_of_all_pairs():
    left, right = unit(4, 2), unit(6, 3)
    assert np.isclose(mean_between(left, right), (left @ right.T).mean(), atol=1e-6)


def test_too_few_rows_have_no_mean():
    assert mean_within(unit(1, 4)) is None
    assert mean_between(unit(0, 4), unit(3, 5)) is None
