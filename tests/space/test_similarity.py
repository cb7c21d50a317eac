import numpy as np
import pytest

from collection.errors import SharedSpaceError
from space.similarity import (
    SCALES,
    TEMPERATURE,
    cosine_similarity,
    row_ranks,
    row_softmax,
    z_scores,
)
from tests.space.vectors import unit_rows


def test_cosine_of_known_angles():
    a = np.array([[1, 0], [0, 1]], np.float32)
    b = np.array([[1, 0], [-1, 0], [np.sqrt(0.5), np.sqrt(0.5)]], np.float32)
    found = cosine_similarity(a, b)
    assert found.shape == (2, 3)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, [[1, -1, np.sqrt(0.5)], [0, 0, np.sqrt(0.5)]], atol=1e-6)


def test_cosine_never_leaves_its_range():
    x = unit_rows(300, 700, 1)
    # rows a little too long, as rounding makes them
    found = cosine_similarity(x * 1.00001, -x * 1.00001)
    assert found.min() == -1.0
    assert cosine_similarity(x * 1.00001, x * 1.00001).max() == 1.0


def test_cosine_is_blind_to_rotation():
    rng = np.random.default_rng(2)
    a, b = unit_rows(5, 8, rng), unit_rows(7, 8, rng)
    rotation = np.linalg.qr(rng.normal(size=(8, 8)))[0].astype(np.float32)
    np.testing.assert_allclose(
        cosine_similarity(a @ rotation, b @ rotation), cosine_similarity(a, b), atol=1e-5
    )


def test_rank_of_the_best_match_is_one():
    matrix = np.array([[0.1, 0.3, 0.2], [0.9, 0.1, 0.5]], np.float32)
    np.testing.assert_array_equal(row_ranks(matrix), [[3, 1, 2], [1, 3, 2]])


def test_ties_share_the_best_rank_and_the_next_rank_is_skipped():
    matrix = np.array([[0.2, 0.5, 0.5, 0.1], [0.3, 0.3, 0.3, 0.3]], np.float32)
    np.testing.assert_array_equal(row_ranks(matrix), [[3, 1, 1, 4], [1, 1, 1, 1]])


def test_values_that_differ_by_float_rounding_are_ties():
    value = np.float32(0.3)
    matrix = np.array([[value, np.nextafter(value, np.float32(1)), 0.2]], np.float32)
    np.testing.assert_array_equal(row_ranks(matrix), [[1, 1, 3]])


def test_softmax_equals_its_definition_and_adds_up_to_one():
    matrix = np.array([[0.1, 0.3, 0.2], [-0.4, 0.0, 0.4]], np.float32)
    weights = np.exp(matrix.astype(np.float64) / 0.5)
    np.testing.assert_allclose(
        row_softmax(matrix, 0.5), weights / weights.sum(axis=1, keepdims=True), rtol=1e-5
    )


def test_softmax_stays_finite_at_a_tiny_temperature():
    found = row_softmax(np.array([[1.0, 0.9, -1.0]], np.float32), 1e-6)
    np.testing.assert_allclose(found, [[1, 0, 0]], atol=1e-6)


def test_a_lower_temperature_favours_the_best_match():
    matrix = np.array([[0.3, 0.2]], np.float32)
    assert row_softmax(matrix, 0.01)[0, 0] > row_softmax(matrix, 0.1)[0, 0] > 0.5


@pytest.mark.parametrize("temperature", [0.0, -1.0, float("nan")])
def test_softmax_refuses_a_temperature_that_is_not_above_zero(temperature):
    with pytest.raises(SharedSpaceError, match="temperature"):
        row_softmax(np.ones((1, 2), np.float32), temperature)


def test_z_scores_have_mean_zero_and_deviation_one():
    found = z_scores(np.random.default_rng(3).normal(0.3, 0.05, size=(6, 7)))
    assert found.mean() == pytest.approx(0, abs=1e-6)
    assert found.std() == pytest.approx(1, abs=1e-6)


def test_z_scores_are_blind_to_the_scale_of_a_provider():
    matrix = np.random.default_rng(4).normal(size=(4, 5))
    np.testing.assert_allclose(z_scores(0.05 * matrix + 0.8), z_scores(matrix), atol=1e-5)


def test_z_scores_of_a_constant_matrix_are_zero():
    np.testing.assert_array_equal(z_scores(np.full((3, 4), 0.3, np.float32)), np.zeros((3, 4)))


@pytest.mark.parametrize("name", SCALES)
@pytest.mark.parametrize("shape", [(1, 1), (3, 1), (1, 3), (0, 2), (2, 0), (0, 0)])
def test_every_scale_is_defined_for_the_smallest_matrices(name, shape):
    matrix = np.full(shape, 0.25, np.float32)
    shown = SCALES[name].apply(matrix, TEMPERATURE.default)
    assert shown.shape == shape
    assert np.isfinite(shown).all()


def test_scales_of_a_single_cell():
    cell = np.array([[0.25]], np.float32)
    shown = {
        name: float(scale.apply(cell, TEMPERATURE.default)[0, 0]) for name, scale in SCALES.items()
    }
    assert shown == {"cosine": 0.25, "rank": 1.0, "softmax": 1.0, "z": 0.0}


def test_a_constant_row_has_rank_one_and_equal_probabilities():
    row = np.full((1, 4), 0.3, np.float32)
    np.testing.assert_array_equal(SCALES["rank"].apply(row, TEMPERATURE.default), [[1, 1, 1, 1]])
    np.testing.assert_allclose(SCALES["softmax"].apply(row, TEMPERATURE.default), [[0.25] * 4])


def test_only_raw_cosine_may_not_share_a_colour_bar():
    assert [name for name, scale in SCALES.items() if not scale.comparable] == ["cosine"]


def test_no_scale_changes_its_matrix():
    matrix = unit_rows(4, 3, 5)
    before = matrix.copy()
    for scale in SCALES.values():
        scale.apply(matrix, TEMPERATURE.default)
    np.testing.assert_array_equal(matrix, before)
