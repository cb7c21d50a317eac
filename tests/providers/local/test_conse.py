import numpy as np
import pytest

from providers.local.conse import CLASSES_KEPT, TEMPERATURE, LabelSpace, softmax, unit_rows

NEVER = -1e9


def space(labels, centre=None):
    labels = np.asarray(labels, dtype=np.float32)
    centre = np.zeros(labels.shape[1], np.float32) if centre is None else centre
    return LabelSpace(labels, np.asarray(centre, dtype=np.float32))


def logits(values, classes=1000):
    full = np.full(classes, NEVER, dtype=np.float32)
    full[: len(values)] = values
    return full


def random_space():
    return space(unit_rows(np.random.default_rng(0).normal(size=(1000, 8))))


def test_a_certain_picture_lies_where_its_class_lies():
    labels = random_space()
    assert labels.picture_vector(logits([5])) == pytest.approx(labels.labels[0])


def test_two_classes_weigh_as_their_probability_at_the_temperature():
    axes = np.zeros((1000, 2), np.float32)
    axes[0], axes[1] = (1, 0), (0, 1)
    vector = space(axes).picture_vector(logits([TEMPERATURE * np.log(3), 0]))
    assert vector == pytest.approx(np.array([0.75, 0.25]) / np.hypot(0.75, 0.25))


def test_only_the_likeliest_classes_have_a_say():
    labels = random_space()
    falling = -np.arange(1000, dtype=np.float32) / 100
    before = labels.picture_vector(falling)
    labels.labels[CLASSES_KEPT] *= -1
    assert np.array_equal(labels.picture_vector(falling), before)
    labels.labels[CLASSES_KEPT - 1] *= -1
    assert not np.array_equal(labels.picture_vector(falling), before)


def test_of_equally_likely_classes_the_first_ones_count():
    labels = random_space()
    expected = unit_rows(labels.labels[:CLASSES_KEPT].sum(axis=0, keepdims=True))[0]
    assert labels.picture_vector(np.zeros(1000, np.float32)) == pytest.approx(expected, abs=1e-6)


def test_adding_a_constant_to_all_logits_changes_nothing():
    values = np.random.default_rng(1).normal(size=1000).astype(np.float32)
    assert softmax(values) == pytest.approx(softmax(values + 32), rel=1e-4)
    assert softmax(values).sum() == pytest.approx(1)


def test_texts_are_centred_and_have_length_one():
    vectors = space(np.eye(2), centre=[0.5, 0]).text_vectors(np.array([[2, 0], [0, 3]], np.float32))
    assert vectors == pytest.approx(np.array([[1, 0], [-(0.2**0.5), 0.8**0.5]]))


def test_a_row_has_the_same_bits_alone_and_among_others():
    rows = np.random.default_rng(2).normal(size=(33, 384)).astype(np.float32)
    together = unit_rows(rows)
    assert all(np.array_equal(unit_rows(rows[[i]])[0], together[i]) for i in range(33))


@pytest.mark.parametrize(
    ("name", "dimension"), [("minilm_labels.npz", 384), ("static_labels.npz", 256)]
)
def test_the_committed_classes_are_unit_vectors_around_a_common_centre(name, dimension):
    labels = LabelSpace.read(name)
    assert labels.labels.shape == (1000, dimension)
    assert labels.labels.dtype == labels.centre.dtype == np.float32
    assert np.linalg.norm(labels.labels, axis=1) == pytest.approx(1, abs=1e-3)
    assert np.linalg.norm(labels.labels.mean(axis=0)) < 0.1
    assert 0.1 < np.linalg.norm(labels.centre) < 1
