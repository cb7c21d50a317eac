import numpy as np
import pytest

from space.estimates import mean_estimate
from space.undefined import Undefined
from space.zero_shot import accuracy_by_chance, label_vectors, worst_confusions, zero_shot

LABELS = np.eye(3, dtype=np.float32)
PICTURES = np.asarray(
    [[1, 0, 0], [0.8, 0.6, 0], [0.6, 0.8, 0], [0, 1, 0], [0, 0.8, 0.6], [0.6, 0, 0.8]], np.float32
)
OWN = np.asarray([0, 0, 0, 1, 2, 2])


def test_accuracy_confusion_and_recall_are_those_worked_out_by_hand():
    found = zero_shot(PICTURES, LABELS, OWN)
    assert found.predicted.tolist() == [0, 0, 1, 1, 1, 2]
    assert found.confusion.tolist() == [[2, 1, 0], [0, 1, 0], [0, 1, 1]]
    assert found.shares[0].tolist() == pytest.approx([2 / 3, 1 / 3, 0])
    assert found.accuracy.value == pytest.approx(4 / 6)
    assert found.recalls.tolist() == pytest.approx([2 / 3, 1, 1 / 2])
    assert found.accuracy.interval.low < 4 / 6 < found.accuracy.interval.high


def test_a_tie_with_a_wrong_label_is_a_miss():
    level = np.asarray([[1, 1, 0]], np.float32) / np.sqrt(2, dtype=np.float32)
    pictures, own = np.concatenate([level, LABELS]), np.asarray([0, 0, 1, 2])
    assert zero_shot(pictures, LABELS, own).predicted.tolist() == [1, 0, 1, 2]


def test_the_worst_confusions_come_first_with_the_rows_of_their_pictures():
    own, predicted = np.asarray([0, 0, 1, 2, 2, 2]), np.asarray([0, 1, 1, 0, 0, 2])
    found = [(c.label, c.taken_for, c.rows.tolist()) for c in worst_confusions(own, predicted)]
    assert found == [(2, 0, [3, 4]), (0, 1, [1])]
    assert not list(worst_confusions(own, own))


def test_a_label_of_one_prompt_has_its_vector_and_one_of_several_their_direction():
    one = np.asarray([[[0.6, 0.8]]], np.float32)
    assert label_vectors(one) == pytest.approx(one[:, 0])
    both = np.asarray([[[1, 0], [0, 1]]], np.float32)
    assert label_vectors(both)[0] == pytest.approx([np.sqrt(0.5), np.sqrt(0.5)])
    assert label_vectors(np.asarray([[[1, 0], [-1, 0]]], np.float32)).tolist() == [[0, 0]]


def test_chance_is_a_label_by_lot_or_always_the_most_frequent_one():
    assert accuracy_by_chance(OWN) == (1 / 3, 1 / 2)


def test_a_mean_needs_something_to_count_and_an_interval_something_that_differs():
    assert isinstance(mean_estimate(np.zeros(0)).value, Undefined)
    assert mean_estimate(np.ones(1)).value == 1
    for values in (np.ones(1), np.ones(5)):
        assert isinstance(mean_estimate(values).interval, Undefined)
    together = mean_estimate(np.asarray([0.0, 1.0]), np.asarray([0, 0]))
    assert together.value == 0.5
    assert isinstance(together.interval, Undefined)


def test_values_of_one_group_are_drawn_together_so_that_groups_alike_leave_no_interval():
    values = np.tile([0.0, 1.0], 20)
    apart = mean_estimate(values)
    paired = mean_estimate(values, np.repeat(np.arange(20), 2))
    assert apart.interval.low < 0.5 < apart.interval.high
    assert paired.value == 0.5
    assert isinstance(paired.interval, Undefined)
