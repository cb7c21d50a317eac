import numpy as np
import pytest

from space.alignment import procrustes_fit


def turned(points, angle, scale, shift, mirror=False):
    c, s = np.cos(angle), np.sin(angle)
    rotation = np.array([[c, -s], [s, c]])
    if mirror:
        rotation = rotation @ np.diag([1.0, -1.0])
    return scale * points @ rotation + np.asarray(shift)


@pytest.fixture
def points():
    return np.random.default_rng(0).normal(size=(12, 2))


@pytest.mark.parametrize("mirror", [False, True])
def test_a_turned_scaled_and_shifted_map_is_recovered(points, mirror):
    rows = np.arange(12)
    other = turned(points, 2.2, 3.5, (4, -7), mirror)
    np.testing.assert_allclose(procrustes_fit(points, other, rows, rows), points, atol=1e-5)


def test_rows_that_are_not_shared_move_along(points):
    other = turned(points, 1.0, 0.2, (1, 1))
    fitted = procrustes_fit(points[:6], other[::-1], np.array([0, 2, 5]), np.array([11, 9, 6]))
    np.testing.assert_allclose(fitted, points[::-1], atol=1e-5)


def test_no_other_similarity_transform_fits_better(points):
    rng = np.random.default_rng(1)
    rows = np.arange(12)
    other = turned(points, 0.7, 2.0, (3, 0)) + 0.3 * rng.normal(size=points.shape)
    fitted = procrustes_fit(points, other, rows, rows).astype(np.float64)
    error = np.square(fitted - points).sum()
    centre = fitted.mean(axis=0)
    for angle, scale, shift in (
        (0.05, 1, 0),
        (-0.05, 1, 0),
        (0, 1.05, 0),
        (0, 0.95, 0),
        (0, 1, 0.1),
    ):
        nudged = turned(fitted - centre, angle, scale, centre + shift)
        assert np.square(nudged - points).sum() > error


def test_distances_within_the_map_keep_their_ratios(points):
    rng = np.random.default_rng(2)
    other = rng.normal(size=(12, 2))
    rows = np.arange(12)
    fitted = procrustes_fit(points, other, rows, rows)
    before = np.linalg.norm(other[:-1] - other[1:], axis=1)
    after = np.linalg.norm(fitted[:-1] - fitted[1:], axis=1)
    np.testing.assert_allclose(after / before, after[0] / before[0], rtol=1e-4)


def test_a_map_laid_over_itself_stays(points):
    rows = np.arange(12)
    np.testing.assert_allclose(procrustes_fit(points, points, rows, rows), points, atol=1e-6)


def spread(points):
    return np.sqrt(np.square(points - points.mean(axis=0)).sum(axis=1).mean())


@pytest.mark.parametrize("shared", [0, 1])
def test_with_fewer_than_two_shared_rows_it_is_only_centred_and_scaled(points, shared):
    other = 7 * points[::-1] + 100
    rows = np.arange(shared)
    fitted = procrustes_fit(points, other, rows, rows)
    np.testing.assert_allclose(fitted.mean(axis=0), points.mean(axis=0), atol=1e-5)
    assert spread(fitted) == pytest.approx(spread(points), rel=1e-5)
    np.testing.assert_allclose(
        (fitted - fitted.mean(axis=0)) / spread(fitted),
        (other - other.mean(axis=0)) / spread(other),
        atol=1e-5,
    )


def test_shared_rows_on_one_spot_only_centre_and_scale(points):
    rows = np.arange(12)
    spot = np.full((12, 2), 3.3, np.float32)
    np.testing.assert_allclose(
        procrustes_fit(points, spot, rows, rows), np.tile(points.mean(0), (12, 1)), atol=1e-6
    )
    fitted = procrustes_fit(spot, points, rows, rows)
    np.testing.assert_allclose(fitted, points - points.mean(axis=0) + 3.3, atol=1e-5)


def test_empty_maps_stay_empty():
    none = np.zeros((0, 2), np.float32)
    rows = np.array([], int)
    assert procrustes_fit(none, none, rows, rows).shape == (0, 2)
    np.testing.assert_allclose(procrustes_fit(none, np.array([[2.0, 3.0]]), rows, rows), [[0, 0]])


def test_the_arguments_stay_untouched(points):
    other = turned(points, 2.2, 3.5, (4, -7))
    rows = np.arange(12)
    copies = points.copy(), other.copy(), rows.copy()
    procrustes_fit(points, other, rows, rows)
    for argument, copy in zip((points, other, rows), copies, strict=True):
        np.testing.assert_array_equal(argument, copy)
