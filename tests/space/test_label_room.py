import numpy as np

from space.label_room import covered, free_boxes, middle_rows, with_room


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


WITHIN = np.asarray([0.0, 0.0, 10.0, 10.0])
NOTHING = np.zeros((0, 4))


def box(left, bottom):
    return (left, bottom, left + 2.0, bottom + 1.0)


def test_a_label_takes_its_best_box_that_is_free():
    boxes = np.asarray([[box(0, 0), box(4, 4)], [box(1, 0), box(6, 6)]])
    assert free_boxes(boxes, NOTHING, WITHIN, np.asarray([], int)).tolist() == [0, 1]
    taken = np.asarray([box(0, 0)])
    assert free_boxes(boxes, taken, WITHIN, np.asarray([], int)).tolist() == [1, 1]


def test_a_label_without_a_free_box_has_none_unless_it_comes_first():
    boxes = np.asarray([[box(0, 0)], [box(0, 0)]])
    assert free_boxes(boxes, NOTHING, WITHIN, np.asarray([], int)).tolist() == [0, -1]
    assert free_boxes(boxes, NOTHING, WITHIN, np.asarray([1])).tolist() == [-1, 0]
    assert free_boxes(boxes, NOTHING, WITHIN, np.asarray([0, 1])).tolist() == [0, 0]


def test_boxes_that_touch_do_not_overlap_and_none_leaves_the_map():
    boxes = np.asarray([[box(0, 0)], [box(2, 0)], [box(9, 0)]])
    assert free_boxes(boxes, NOTHING, WITHIN, np.asarray([], int)).tolist() == [0, 0, -1]
