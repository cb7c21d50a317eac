import numpy as np
import pytest

from space.modality import centre_modalities, centred_query, modality_gap


def two_modalities(n=40, d=16, gap=1.5):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(n, d))
    is_text = np.arange(n) % 3 == 0
    x[is_text, 0] += gap * np.sqrt(d)
    x[~is_text, 0] -= gap * np.sqrt(d)
    return (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32), is_text


def test_gap_of_equal_clouds_is_zero():
    x, _ = two_modalities()
    assert modality_gap(x, x) == pytest.approx(0, abs=1e-6)


def test_gap_is_the_distance_between_the_centres():
    texts = np.array([[1, 0], [0, 1]], np.float32)
    pictures = np.array([[-1, 0]], np.float32)
    assert modality_gap(texts, pictures) == pytest.approx(np.hypot(1.5, 0.5))


def test_gap_of_opposite_points_is_two():
    assert modality_gap(np.array([[1.0, 0]]), np.array([[-1.0, 0]])) == pytest.approx(2)


def test_gap_is_blind_to_rotation_and_to_the_order_of_its_arguments():
    x, is_text = two_modalities()
    rotation = np.linalg.qr(np.random.default_rng(1).normal(size=(16, 16)))[0]
    gap = modality_gap(x[is_text], x[~is_text])
    assert modality_gap(x[is_text] @ rotation, x[~is_text] @ rotation) == pytest.approx(gap)
    assert modality_gap(x[~is_text], x[is_text]) == pytest.approx(gap)


def test_without_texts_or_pictures_there_is_no_gap():
    x, _ = two_modalities()
    assert modality_gap(x[:0], x) is None
    assert modality_gap(x, x[:0]) is None


def test_centring_closes_most_of_the_gap_and_keeps_unit_length():
    x, is_text = two_modalities()
    centred = centre_modalities(x, is_text)
    before = modality_gap(x[is_text], x[~is_text])
    assert modality_gap(centred[is_text], centred[~is_text]) < 0.2 * before
    np.testing.assert_allclose(np.linalg.norm(centred, axis=1), 1, atol=1e-6)
    assert centred.dtype == np.float32


def test_centring_takes_away_the_mean_of_the_own_modality():
    x, is_text = two_modalities()
    row = int(np.flatnonzero(is_text)[2])
    expected = x[row] - x[is_text].mean(axis=0)
    np.testing.assert_allclose(
        centre_modalities(x, is_text)[row], expected / np.linalg.norm(expected), atol=1e-5
    )


def test_a_modality_of_one_row_stays_untouched():
    x, _ = two_modalities()
    is_text = np.arange(len(x)) == 7
    centred = centre_modalities(x, is_text)
    np.testing.assert_array_equal(centred[7], x[7])
    assert not np.allclose(centred[0], x[0])


def test_a_row_equal_to_the_mean_keeps_its_vector():
    x = np.tile(np.array([[0.6, 0.8]], np.float32), (5, 1))
    np.testing.assert_array_equal(centre_modalities(x, np.arange(5) < 3), x)


def test_no_rows_are_no_problem():
    assert centre_modalities(np.zeros((0, 4), np.float32), np.zeros(0, bool)).shape == (0, 4)


def test_centring_leaves_its_arguments_untouched():
    x, is_text = two_modalities()
    copy = x.copy()
    centre_modalities(x, is_text)
    np.testing.assert_array_equal(x, copy)


@pytest.mark.parametrize("row", [0, 1])
def test_a_query_is_centred_as_its_row_would_be(row):
    x, is_text = two_modalities()
    query = centred_query(x[row], x[is_text], x[~is_text], float(is_text[row]))
    assert query == pytest.approx(centre_modalities(x, is_text)[row], abs=1e-6)


def test_a_query_of_both_loses_both_means_by_their_share():
    x, is_text = two_modalities()
    moved = x[2] - 0.25 * x[is_text].mean(axis=0) - 0.75 * x[~is_text].mean(axis=0)
    found = centred_query(x[2], x[is_text], x[~is_text], 0.25)
    assert found == pytest.approx(moved / np.linalg.norm(moved), abs=1e-6)


def test_a_query_that_is_the_mean_keeps_its_vector():
    same = np.asarray([[1, 0]] * 3, np.float32)
    assert centred_query(same[0], same, same[:0], 1.0).tolist() == [1, 0]
    assert centred_query(same[0], same[:1], same, 1.0).tolist() == [1, 0]
