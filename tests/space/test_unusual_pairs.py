import numpy as np
import pytest

from space.unusual_pairs import LIMIT, pair_fit


def with_cosines(*cosines):
    """Texts and pictures whose pairs have these cosines."""
    wanted = np.asarray(cosines, np.float32)
    texts = np.tile(np.asarray([[1, 0]], np.float32), (len(wanted), 1))
    pictures = np.stack([wanted, np.sqrt(1 - wanted**2)], axis=1)
    return texts, pictures, np.stack([np.arange(len(wanted))] * 2, axis=1)


def test_a_pair_far_below_the_others_is_unusual():
    fit = pair_fit(*with_cosines(0.5, 0.6, 0.55, 0.5, -0.4, 0.6, 0.55, 0.5))
    assert fit.rows.tolist() == [4]
    assert fit.z[4] <= LIMIT


def test_a_pair_far_above_the_others_is_not():
    assert len(pair_fit(*with_cosines(0.1, 0.2, 0.15, 0.1, 1.0, 0.2, 0.15, 0.1)).rows) == 0


def test_z_counts_standard_deviations_from_the_mean_of_the_known_pairs():
    cosines = (0.1, 0.4, 0.35, 0.8)
    fit = pair_fit(*with_cosines(*cosines))
    assert fit.cosines == pytest.approx(cosines, abs=1e-6)
    assert fit.mean == pytest.approx(np.mean(cosines), abs=1e-6)
    assert fit.deviation == pytest.approx(np.std(cosines), abs=1e-6)
    assert fit.z == pytest.approx((np.array(cosines) - fit.mean) / fit.deviation, abs=1e-4)


def test_the_lowest_stands_first():
    fit = pair_fit(*with_cosines(*[0.5] * 20, 0.0, -0.1))
    assert fit.rows.tolist() == [21, 20]


def test_pairs_name_their_rows_on_each_side():
    texts, pictures, _ = with_cosines(0.1, 0.9, 0.3)
    fit = pair_fit(texts[:1], pictures, np.asarray([[0, 1], [0, 0]]))
    assert fit.cosines == pytest.approx([0.9, 0.1], abs=1e-6)


def test_pairs_that_all_fit_alike_have_no_flag():
    fit = pair_fit(*with_cosines(*[0.4] * 9))
    assert len(fit.rows) == 0
    assert not fit.z.any()


@pytest.mark.parametrize("count", range(4))
def test_fewer_than_four_pairs_have_no_flag(count):
    fit = pair_fit(*with_cosines(*[0.9, 0.8, -0.9][:count]))
    assert len(fit.rows) == 0
    assert fit.cosines.shape == fit.z.shape == (count,)
    assert np.isfinite([fit.mean, fit.deviation]).all()
