import numpy as np
import pytest

from space.probes import CHANCE, forced_choices, near_chance, probe_accuracy
from space.undefined import Undefined

X, Y = np.eye(2, dtype=np.float32)
BETWEEN = (X + Y) / np.sqrt(2, dtype=np.float32)


def test_each_picture_chooses_a_caption_and_each_caption_a_picture():
    right, wrong = ([X, Y], [X, Y]), ([X, Y], [Y, X])
    texts, pictures = (np.asarray(side) for side in zip(right, wrong, strict=True))
    assert forced_choices(texts, pictures).tolist() == [[1, 1, 1, 1], [0, 0, 0, 0]]


def test_both_pictures_that_look_like_the_first_caption_are_half_right():
    picture = np.asarray([[X, (3 * X + Y) / np.sqrt(10, dtype=np.float32)]])
    assert forced_choices(np.asarray([[X, Y]]), picture).tolist() == [[1, 0, 1, 1]]


def test_captions_of_the_same_vector_are_a_tie_for_the_pictures():
    same = np.asarray([[BETWEEN, BETWEEN]])
    assert forced_choices(same, np.asarray([[X, Y]])).tolist() == [[0.5] * 4]


def test_accuracy_is_of_each_kind_and_of_all():
    texts = np.asarray([[X, Y]] * 4)
    pictures = np.asarray([[X, Y], [Y, X], [X, Y], [X, Y]])
    found = probe_accuracy(texts, pictures, np.asarray([0, 0, 1, 1]))
    assert [kind.value for kind in found.by_kind] == [0.5, 1]
    assert found.overall.value == 0.75
    assert found.ties == 0
    assert [near_chance(kind) for kind in found.by_kind] == [True, False]
    assert isinstance(found.by_kind[1].interval, Undefined)


def test_vectors_drawn_by_lot_are_near_chance():
    drawn = np.random.default_rng(0).normal(size=(2, 400, 2, 8)).astype(np.float32)
    texts, pictures = drawn / np.linalg.norm(drawn, axis=-1, keepdims=True)
    found = probe_accuracy(texts, pictures, np.zeros(400, np.int64))
    assert found.overall.value == pytest.approx(CHANCE, abs=0.05)
    assert near_chance(found.overall)


def test_without_pairs_nothing_is_defined():
    none = np.zeros((0, 2, 4), np.float32)
    assert isinstance(probe_accuracy(none, none, np.zeros(0, np.int64)).overall.value, Undefined)
