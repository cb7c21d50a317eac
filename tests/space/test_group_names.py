from itertools import pairwise

import numpy as np
import pytest

from space.group_names import GroupName, group_names
from tests.space.vectors import unit

CAPTIONS = [
    "A cute cat",
    "The cat and the dog",
    "A red bus",
    "A red bus in the rain",
    "Two red buses and a cat",
]
AXES = np.eye(4, dtype=np.float32)


VECTORS = unit([[1, 0, 0], [0.9, 0.1, 0], [0, 1, 0], [0, 0.9, 0.1]])
LABELS = np.array([0, 0, 1, 1])
CAPTION_VECTORS = unit([[1, 0.5, 0], [1, 0.1, 0], [0, 1, 0.1], [0.3, 1, 0], [0.6, 1, 0]])


def names(members=((0, 1), (2, 3, 4)), captions=CAPTIONS):
    return group_names(VECTORS, LABELS, CAPTION_VECTORS, captions, members)


def words_of(*groups):
    """The words of groups of captions whose vectors do not matter."""
    captions = [caption for group in groups for caption in group]
    ends = np.cumsum([0, *(len(group) for group in groups)])
    members = [range(a, b) for a, b in pairwise(ends)]
    vectors = np.ones((len(groups), 2), np.float32) / np.sqrt(2).astype(np.float32)
    caption_vectors = np.ones((len(captions), 2), np.float32)
    labels = np.arange(len(groups))
    return [n.words for n in group_names(vectors, labels, caption_vectors, captions, members)]


def test_captions_come_nearest_to_the_centroid_first():
    assert [name.captions for name in names()] == [(1, 0), (2, 3, 4)]


def test_at_most_three_captions_name_a_group():
    assert names([(0, 1, 2, 3, 4), (2,)])[0].captions == (1, 0, 4)


def test_a_caption_of_two_members_counts_once():
    assert names([(0, 1, 0), (2, 2)])[1].captions == (2,)


def test_a_group_without_captions_takes_the_nearest_of_all_and_no_words():
    assert names([(0, 1), ()])[1] == GroupName((2, 3, 4), ())


def test_without_captions_there_is_no_name():
    nothing = np.zeros((0, 3), np.float32)
    assert group_names(VECTORS, LABELS, nothing, [], [(), ()]) == [GroupName((), ())] * 2


def test_without_groups_there_are_no_names():
    assert group_names(VECTORS, np.full(4, -1), CAPTION_VECTORS, CAPTIONS, []) == []


def test_the_word_that_sets_a_group_apart_comes_first():
    cat, bus = names()
    assert cat.words[0] == "cat"
    assert bus.words[:2] == ("red", "bus")


def test_a_word_that_all_groups_use_comes_behind_one_of_their_own():
    assert words_of(["red lorry"], ["red balloon"], ["red carpet"]) == [
        ("lorry", "red"),
        ("balloon", "red"),
        ("carpet", "red"),
    ]


def test_weights_are_those_of_class_based_tf_idf():
    # words a group: 3 on average; "red" 2 · log(1 + 3 / 3) = 1.39, "big" 1 · log(1 + 3 / 1) = 1.39
    # and "bus" 1 · log(1 + 3 / 2) = 0.92
    first, _ = words_of(["red bus red big"], ["red bus"])
    assert first == ("red", "big", "bus")


def test_there_are_at_most_four_words():
    assert words_of(["one dog two cats three mice seven birds eight fish nine frogs"]) == [
        ("dog", "cats", "mice", "seven")
    ]


def test_a_word_is_never_invented():
    rng = np.random.default_rng(0)
    vocabulary = ["Cat", "dogs", "Red", "the", "été", "Straße", "don't", "x-ray", "42", "日本語"]
    captions = [" ".join(rng.choice(vocabulary, 4)) for _ in range(40)]
    members = [list(rng.choice(40, 6)) for _ in range(7)]
    vectors = unit(rng.normal(size=(30, 5)))
    caption_vectors = unit(rng.normal(size=(40, 5)))
    labels = np.arange(30) % 7
    found = group_names(vectors, labels, caption_vectors, captions, members)
    assert found == group_names(vectors, labels, caption_vectors, captions, members)
    for name, rows in zip(found, members, strict=True):
        assert name.words
        for word in name.words:
            assert any(word in captions[row].lower() for row in rows)


@pytest.mark.parametrize("text", ["the and of", "", "!!! ???", "a b c", "12 345", "🐈🐈"])
def test_a_caption_without_a_telling_word_gives_none(text):
    assert words_of([text]) == [()]
    assert words_of([text], ["a cat"]) == [(), ("cat",)]


@pytest.mark.parametrize("text", ["一只可爱的猫", "かわいい猫", "แมวน่ารัก"])
def test_a_script_without_spaces_gives_no_words(text):
    assert words_of([text]) == [()]


@pytest.mark.parametrize(
    "text", ["प्यारी बिल्ली", "милый кот", "γάτα χαριτωμένη", "قِطّة لطيفة", "חתול חמוד"]
)
def test_words_of_other_scripts_stay_whole(text):
    assert words_of([text]) == [tuple(text.split())]


def test_markup_is_taken_apart_into_plain_words():
    assert words_of(["![cat](http://example.org) <b>dog</b>"]) == [
        ("cat", "http", "example", "org")
    ]
