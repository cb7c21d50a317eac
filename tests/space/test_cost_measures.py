import pytest

from space.cost_measures import bytes_per_vector, dollars_per_thousand, per_second


def test_dollars_are_of_all_items_of_all_calls():
    assert dollars_per_thousand([(10, 0.002), (30, 0.002)]) == pytest.approx(0.1)
    assert dollars_per_thousand([(5, 0.0)]) == 0


def test_what_is_not_known_stays_unknown():
    assert dollars_per_thousand([(10, 0.002), (30, None)]) is None
    assert dollars_per_thousand([]) is None
    assert dollars_per_thousand([(0, 0.1)]) is None


def test_what_was_not_timed_has_no_speed():
    assert per_second(30, 2.0) == 15
    assert per_second(0, 2.0) is None
    assert per_second(30, 0.0) is None


def test_a_vector_takes_four_bytes_a_dimension():
    assert bytes_per_vector(384) == 1536
