from dataclasses import replace

import pytest

from collection.collection import Collection, Pair
from collection.errors import CollectionError
from collection.items import PictureItem, text_item
from collection.label_values import class_names, label_of_items, label_prompts

A, B = (PictureItem(name, f"{name}.jpg", b"", b"", 4, 3) for name in "ab")
ONE, BOTH, NONE = text_item("one"), text_item("both"), text_item("none")
LABELS = {"a": {"split": "train", "shape": "round", "label": "cat"}, "b": {"label": "dog"}}
LABELLED = Collection().adding(
    [A, B, ONE, BOTH, NONE],
    [Pair(ONE.id, "a"), Pair(BOTH.id, "a"), Pair(BOTH.id, "b")],
    LABELS,
)


def test_the_main_label_comes_first_and_a_split_last():
    assert class_names(LABELLED) == ("label", "shape", "split")
    assert class_names(replace(LABELLED, labels={})) == ()


def test_names_that_only_captions_have_are_named_where_captions_count():
    text = text_item("A lone caption")
    more = LABELLED.adding([text], (), {text.id: {"tone": "dry"}})
    assert "tone" not in class_names(more)
    assert class_names(more, of_captions=True) == ("label", "shape", "tone", "split")


def test_a_caption_has_the_label_that_all_its_pictures_have():
    found = label_of_items(LABELLED, "label")
    assert found == {"a": "cat", "b": "dog", ONE.id: "cat"}


def test_a_caption_of_a_picture_without_a_label_has_none():
    assert label_of_items(LABELLED, "shape") == {"a": "round", ONE.id: "round"}


def test_each_template_gives_each_label_a_prompt():
    assert label_prompts("a {}\n\n  the {} ! \na {}", ["cat", "big_dog"]) == [
        ["a cat", "the cat !"],
        ["a big dog", "the big dog !"],
    ]


@pytest.mark.parametrize("templates", ["", " \n ", "a cat", "a {}\nno place"])
def test_a_template_without_a_place_for_the_label_is_refused(templates):
    with pytest.raises(CollectionError, match=r"Write"):
        label_prompts(templates, ["cat"])
