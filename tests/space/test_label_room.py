import numpy as np

from space.label_room import covered, middle_rows, with_room


def test_the_middle_of_a_group_is_one_of_its_own_members():
    xy = np.array([[0, 0], [9, 0], [1, 0], [2, 0], [5, 5]], float)
    assert middle_rows(xy, np.array([0, 1, 0, 0, -1])).tolist() == [2, 1]


def test_no_group_has_no_middle():
    assert middle_rows(np.zeros((2, 2)), np.array([-1, -1])).tolist() == []


def test_places_too_close_to_one_chosen_before_are_left_out():
    places = np.array([[0, 0], [0.5, 0.5], [2, 0], [2.1, 3]], float)
    assert with_room(places, 1, np.array([], int)).tolist() == [0, 2, 3]


def test_apart_along_one_axis_is_apart():
    places = np.array([[0, 0], [0, 1], [1, 0]], float)
    assert with_room(places, 1, np.array([], int)).tolist() == [0, 1, 2]


def test_those_that_come_first_are_all_chosen_and_the_others_keep_clear_of_them():
    places = np.array([[0, 0], [0.2, 0], [0.4, 0], [3, 0]], float)
    assert with_room(places, 1, np.array([1, 2])).tolist() == [1, 2, 3]


def test_nothing_has_no_labels():
    assert with_room(np.zeros((0, 2)), 1, np.array([], int)).tolist() == []


def test_what_lies_inside_a_square_is_covered_and_its_corner_is_not():
    places = np.array([[0.9, 0], [1, 1], [-3, 0]], float)
    assert covered(places, np.zeros((1, 2)), 2).tolist() == [True, False, False]
