import numpy as np
import pytest
from sklearn.metrics import precision_recall_curve, roc_auc_score

from space.score_separation import separation
from space.undefined import Undefined
from tests.space.vectors import unit, unit_rows


def pairs(*rows):
    return np.asarray(rows, np.int64).reshape(-1, 2)


def matched_spaces(n=120, noise=1.5, seed=0):
    """Texts and pictures of n pairs, the pictures a noisy copy of the texts."""
    rng = np.random.default_rng(seed)
    texts = rng.normal(size=(n, 12))
    return unit(texts), unit(texts + noise * rng.normal(size=(n, 12)))


def diagonal(n):
    return np.stack([np.arange(n)] * 2, axis=1)


def labelled(texts, pictures, of):
    cosines = np.clip(texts @ pictures.T, -1, 1)
    truth = np.zeros(cosines.shape, bool)
    truth[of[:, 0], of[:, 1]] = True
    return truth.ravel(), cosines.ravel()


def test_auc_is_that_of_scikit_learn():
    texts, pictures = matched_spaces()
    of = diagonal(120)
    expected = roc_auc_score(*labelled(texts, pictures, of))
    assert separation(texts, pictures, of).auc == pytest.approx(expected, abs=1e-9)


def test_auc_of_ties_is_that_of_scikit_learn():
    # Few directions, so that a matched cosine often equals an unmatched one.
    rng = np.random.default_rng(1)
    texts, pictures = (np.eye(4, dtype=np.float32)[rng.integers(4, size=n)] for n in (60, 40))
    of = np.unique(rng.integers((60, 40), size=(90, 2)), axis=0)
    expected = roc_auc_score(*labelled(texts, pictures, of))
    assert separation(texts, pictures, of).auc == pytest.approx(expected, abs=1e-9)


def test_precision_and_recall_at_any_hundredth_are_those_counted():
    texts, pictures = matched_spaces()
    of = diagonal(120)
    truth, cosines = labelled(texts, pictures, of)
    curve = separation(texts, pictures, of).curve
    for threshold in np.arange(-100, int(100 * cosines.max())) / 100:
        called = cosines >= threshold
        precision, recall = curve.at(threshold)
        assert precision == pytest.approx(truth[called].mean())
        assert recall == pytest.approx(called[truth].mean())


def test_the_best_threshold_has_the_highest_f1_of_all_that_scikit_learn_tries():
    texts, pictures = matched_spaces()
    of = diagonal(120)
    precision, recall, thresholds = precision_recall_curve(*labelled(texts, pictures, of))
    f1 = (2 * precision * recall / np.maximum(precision + recall, 1e-12))[:-1]
    curve = separation(texts, pictures, of).curve
    assert curve.f1[curve.best] == pytest.approx(f1.max())
    assert curve.thresholds[curve.best] == pytest.approx(thresholds[f1.argmax()], abs=1e-6)
    assert curve.at(curve.thresholds[curve.best]) == (
        curve.precision[curve.best],
        curve.recall[curve.best],
    )


def test_above_every_cosine_precision_is_not_defined():
    texts, pictures = matched_spaces()
    precision, recall = separation(texts, pictures, diagonal(120)).curve.at(1.5)
    assert isinstance(precision, Undefined)
    assert recall == 0


def test_d_prime_is_the_distance_of_the_means_in_pooled_deviations():
    texts, pictures = matched_spaces()
    of = diagonal(120)
    truth, cosines = labelled(texts, pictures, of)
    mine, others = cosines[truth].astype(float), cosines[~truth].astype(float)
    expected = (mine.mean() - others.mean()) / np.sqrt((mine.var() + others.var()) / 2)
    found = separation(texts, pictures, of)
    assert found.d_prime == pytest.approx(expected, rel=1e-5)
    assert found.mean_matched == pytest.approx(mine.mean(), abs=1e-6)
    assert found.mean_unmatched == pytest.approx(others.mean(), abs=1e-6)
    assert found.unmatched_count == len(others)


def test_vectors_by_chance_are_not_told_apart():
    found = separation(unit_rows(80, 32, 1), unit_rows(80, 32, 2), diagonal(80))
    assert 0.35 < found.auc < 0.65
    assert abs(found.d_prime) < 0.5


def test_densities_have_an_area_of_one_and_their_hills_where_the_cosines_are():
    found = separation(*matched_spaces(), diagonal(120))
    x = found.densities.x
    for density, mean in (
        (found.densities.matched, found.mean_matched),
        (found.densities.unmatched, found.mean_unmatched),
    ):
        assert np.trapezoid(density, x) == pytest.approx(1, abs=0.01)
        assert np.trapezoid(density * x, x) == pytest.approx(mean, abs=0.02)


def test_blocks_change_nothing(monkeypatch):
    texts, pictures = matched_spaces()
    whole = separation(texts, pictures, diagonal(120))
    monkeypatch.setattr("space.score_separation._BLOCK", 17)
    parts = separation(texts, pictures, diagonal(120))
    assert parts.auc == pytest.approx(whole.auc, abs=1e-6)
    assert parts.curve.f1.max() == pytest.approx(whole.curve.f1.max(), abs=1e-6)


def test_several_captions_of_a_picture_are_all_matched():
    texts, pictures = matched_spaces(6)
    found = separation(texts, pictures[:2], pairs((0, 0), (1, 0), (2, 0), (3, 1), (0, 0)))
    assert (len(found.matched), found.unmatched_count) == (4, 8)


def test_where_it_is_not_defined_it_says_why():
    texts, pictures = matched_spaces(4)
    nothing = texts[:0]
    assert separation(texts, pictures, pairs()) == Undefined("no pair is known")
    assert separation(nothing, nothing, pairs()) == Undefined("no pair is known")
    assert isinstance(separation(texts[:1], pictures[:1], pairs((0, 0))), Undefined)


def test_constant_vectors_have_an_auc_of_one_half_and_no_d_prime():
    same = np.repeat(unit_rows(1), 5, axis=0)
    found = separation(same, same, diagonal(5))
    assert found.auc == 0.5
    assert isinstance(found.d_prime, Undefined)
    assert np.isfinite(found.densities.matched).all()
    assert found.curve.precision[found.curve.best] == 5 / 25
