"""Groups get the numbers of the first provider's groups, and names out of the collection."""

import pytest

from collection.collection import Collection, Pair
from collection.items import Modality, text_item
from tests.ui.synthetic_session import picture, session_with
from ui.groups.controls import GroupChoices
from ui.groups.named_groups import named_groups

CATS = [text_item(f"a cat {words}") for words in ("asleep", "on a mat", "with a hat")]
BOATS = [text_item(f"a boat {words}") for words in ("at sea", "on a lake", "in a storm")]
SPOONS = [text_item(f"a spoon {words}") for words in ("of soup", "of silver", "of salt")]
CAT_PICTURES = [picture(f"cat-{n}") for n in range(3)]
BOAT_PICTURES = [picture(f"boat-{n}") for n in range(3)]

TEXTS = Collection().adding([*CATS, *BOATS])
PAIRED = TEXTS.adding(
    [*CAT_PICTURES, *BOAT_PICTURES],
    [
        Pair(text.id, picture.id)
        for text, picture in zip(CATS + BOATS, CAT_PICTURES + BOAT_PICTURES, strict=True)
    ],
)
CAPTIONS = GroupChoices((Modality.TEXT,), "hierarchical", 2, None)
PICTURES = GroupChoices((Modality.PICTURE,), "hierarchical", 2, None)
BOTH = GroupChoices((Modality.PICTURE, Modality.TEXT), "hierarchical", 2, None)


def corners(*groups):
    """Each of these lists of items near a corner of its own."""
    return {item: corner for corner, items in enumerate(groups) for item in items}


def test_groups_of_the_second_provider_are_numbered_like_those_of_the_first():
    first, second = named_groups(
        session_with(TEXTS, corners(CATS, BOATS), corners(BOATS[:2], CATS + BOATS[2:])), CAPTIONS
    )
    assert [first.group_of[item.id] for item in CATS + BOATS] == [0, 0, 0, 1, 1, 1]
    assert [second.group_of[item.id] for item in CATS + BOATS] == [0, 0, 0, 1, 1, 0]


def test_a_group_that_the_first_provider_does_not_have_gets_a_number_of_its_own():
    everything = TEXTS.adding(SPOONS)
    choices = GroupChoices((Modality.TEXT,), "hierarchical", 3, None)
    state = session_with(
        everything, corners(CATS, BOATS, SPOONS), corners(CATS[:1], CATS[1:2], CATS[2:] + BOATS)
    )
    first, second = named_groups(state, choices)
    assert first.numbers == [0, 1, 2]
    spoons = first.group_of[SPOONS[0].id]
    assert spoons not in second.numbers
    assert len(set(second.numbers) - set(first.numbers)) == 1


def test_a_group_is_named_by_a_caption_of_its_own_and_words_that_set_it_apart():
    groups, _ = named_groups(session_with(TEXTS, *[corners(CATS, BOATS)] * 2), CAPTIONS)
    assert groups.names[0] in {f"“{text.text}”" for text in CATS}
    assert groups.words[0][0] == "cat"


def test_a_group_says_how_closely_it_keeps_together():
    groups, _ = named_groups(session_with(TEXTS, *[corners(CATS, BOATS)] * 2), CAPTIONS)
    assert set(groups.cohesion) == set(groups.names)
    assert all(0.5 < cosine <= 1 for cosine in groups.cohesion.values())


def test_pictures_alone_are_named_by_their_captions():
    space = corners(CAT_PICTURES, BOAT_PICTURES) | corners(CATS, BOATS)
    groups, _ = named_groups(session_with(PAIRED, space, space), PICTURES)
    assert groups.members(0) == CAT_PICTURES
    assert groups.names[0] in {f"“{text.text}”" for text in CATS}
    assert "boat" in groups.words[1]


def test_pictures_without_any_caption_have_groups_without_a_name():
    alone = Collection().adding([*CAT_PICTURES, *BOAT_PICTURES])
    space = corners(CAT_PICTURES, BOAT_PICTURES)
    groups, _ = named_groups(session_with(alone, space, space), PICTURES)
    assert set(groups.names.values()) == {"no caption to name it by"}


def test_texts_and_pictures_of_one_topic_come_together_though_they_lie_in_two_regions():
    """Without the centring the two groups would be “texts” and “pictures”."""
    space = corners(CATS, BOATS, CAT_PICTURES, BOAT_PICTURES)
    groups, _ = named_groups(session_with(PAIRED, space, space), BOTH)
    cats, boats = groups.group_of[CATS[0].id], groups.group_of[BOATS[0].id]
    assert cats != boats
    kinds = [{item.modality for item in groups.members(number)} for number in (cats, boats)]
    assert kinds == [set(Modality), set(Modality)]


def test_one_kind_alone_is_not_centred():
    """Two items without their mean would be exact opposites."""
    state = session_with(Collection().adding(CATS), corners(CATS), corners(CATS))
    groups, _ = named_groups(state, BOTH)
    assert groups.cohesion == named_groups(state, CAPTIONS)[0].cohesion
    assert groups.cohesion[0] > 0.5


@pytest.mark.parametrize("without", [0, 1])
def test_a_provider_without_a_vector_for_any_picture_has_no_groups_of_pictures(without):
    spaces = [corners(CAT_PICTURES, BOAT_PICTURES) | corners(CATS, BOATS)] * 2
    spaces[without] = corners(CATS, BOATS)
    found = named_groups(session_with(PAIRED, *spaces), PICTURES)
    assert not found[without].items
    assert not found[without].names
    assert found[1 - without].numbers == [0, 1]


def test_captions_that_change_places_are_grouped_as_before_and_name_other_pictures():
    """The vectors are the same, so nothing is grouped anew; the names follow the pairs."""
    space = corners(CAT_PICTURES, BOAT_PICTURES) | corners(CATS, BOATS)
    swapped = PAIRED
    for cat, boat in zip(PAIRED.pairs[:3], PAIRED.pairs[3:], strict=True):
        swapped = swapped.swapping(cat, boat)
    before, _ = named_groups(session_with(PAIRED, space, space), PICTURES)
    after, _ = named_groups(session_with(swapped, space, space), PICTURES)
    assert after.grouping is before.grouping
    assert "boat" in before.words[1]
    assert "boat" in after.words[0]
