"""The exercise with two captions that changed places: what a class looks through, and its end."""

import random

import pytest

from collection.collection import Collection, Pair
from collection.items import text_item
from tests.ui.synthetic_session import picture
from ui.state.swap_exercise import SAMPLED, SHOWN_WHOLE, SwapExercise


def paired(count):
    texts = [text_item(f"caption {number}") for number in range(count)]
    pictures = [picture(f"picture {number}") for number in range(count)]
    pairs = [Pair(text.id, one.id) for text, one in zip(texts, pictures, strict=True)]
    return Collection().adding([*texts, *pictures], pairs)


def begun(collection, seed=0):
    exercise = SwapExercise()
    exercise.begin(collection, (collection.pairs[1], collection.pairs[-1]), random.Random(seed))
    return exercise


def test_a_small_collection_is_looked_through_whole_and_in_order():
    collection = paired(SHOWN_WHOLE)
    assert begun(collection).candidates == collection.pairs


@pytest.mark.parametrize("seed", range(5))
def test_of_a_large_collection_a_sample_holds_both_wrong_pairs_in_order(seed):
    collection = paired(600)
    exercise = begun(collection, seed)
    assert len(set(exercise.candidates)) == SAMPLED
    assert set(exercise.swapped) <= set(exercise.candidates)
    places = [collection.pairs.index(pair) for pair in exercise.candidates]
    assert places == sorted(places)


def test_samples_differ_from_time_to_time():
    collection = paired(600)
    assert begun(collection, 1).candidates != begun(collection, 2).candidates


def test_each_begin_hides_what_was_revealed_and_is_counted():
    collection = paired(3)
    exercise = begun(collection)
    exercise.revealed = True
    exercise.begin(collection, (collection.pairs[0], collection.pairs[1]), random.Random(0))
    assert not exercise.revealed
    assert exercise.count == 2


def test_it_ends_when_one_of_its_pairs_is_there_no_more():
    collection = paired(3)
    exercise = begun(collection)
    exercise.revealed = True
    assert exercise.is_on(collection)
    assert not exercise.is_on(collection.unpairing(collection.pairs[1]))
    assert exercise == SwapExercise(count=1)
    assert not exercise.is_on(collection)
