"""Captions go with their pictures, each once."""

from providers.hosted.pairs_in_one_call import pairs_in_one_call
from tests.providers.hosted.asking import picture, text


def ids(batches):
    return [tuple(item.item_id for item in batch) for batch in batches]


def named(captions, colours):
    return [*(text(words) for words in captions), *(picture(colour) for colour in colours)]


def pairs_of(*pairs):
    return [(f"text {words}", f"picture {colour} 32") for words, colour in pairs]


def test_a_caption_comes_before_its_picture_whatever_the_order_of_the_inputs():
    a, red = text("a"), picture("red")
    assert pairs_in_one_call([red, a], pairs_of(("a", "red"))) == [(a, red)]


def test_the_second_picture_of_a_caption_goes_alone():
    inputs = named("a", ["red", "lime", "blue"])
    batches = pairs_in_one_call(inputs, pairs_of(("a", "red"), ("a", "lime"), ("a", "blue")))
    assert [len(batch) for batch in batches] == [2, 1, 1]
    assert sorted(item.item_id for batch in batches for item in batch) == sorted(
        item.item_id for item in inputs
    )


def test_the_second_caption_of_a_picture_goes_alone():
    batches = pairs_in_one_call(named("ab", ["red"]), pairs_of(("a", "red"), ("b", "red")))
    assert ids(batches) == [("text a", "picture red 32"), ("text b",)]


def test_who_has_one_partner_only_is_not_left_over():
    pairs = pairs_of(("a", "red"), ("a", "lime"), ("b", "red"))
    assert ids(pairs_in_one_call(named("ab", ["red", "lime"]), pairs)) == [
        ("text a", "picture lime 32"),
        ("text b", "picture red 32"),
    ]


def test_partners_that_are_not_asked_for_and_repeated_pairs_change_nothing():
    pairs = pairs_of(("a", "red"), ("a", "red"), ("a", "not here"), ("nor this", "red"))
    assert ids(pairs_in_one_call(named("a", ["red"]), pairs)) == [("text a", "picture red 32")]


def test_without_pairs_everything_goes_alone():
    inputs = named("ab", ["red"])
    assert pairs_in_one_call(inputs, ()) == [(item,) for item in inputs]
