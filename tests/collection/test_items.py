import hashlib

import pytest

from collection.items import Modality, PictureItem, normalised_text, text_item


def test_the_id_of_a_text_is_the_digest_of_what_is_kept():
    assert text_item("A cat").id == hashlib.sha256(b"A cat").hexdigest()


@pytest.mark.parametrize("typed", ["  A cat\n", "A \t cat", "A\u00a0cat", "A ca\x00t"])
def test_the_same_words_however_typed_are_the_same_item(typed):
    assert text_item(typed) == text_item("A cat")


def test_composed_and_decomposed_letters_are_the_same_item():
    assert text_item("cafe\u0301") == text_item("caf\u00e9")


def test_case_tells_items_apart():
    assert text_item("A cat") != text_item("a cat")


@pytest.mark.parametrize("blank", ["", "  \n\t", "\u200b", "\ufeff \x00", "\ud800"])
def test_a_text_with_nothing_to_see_is_no_item(blank):
    with pytest.raises(ValueError, match="blank"):
        text_item(blank)


def test_a_lone_surrogate_which_no_file_can_hold_is_dropped():
    assert text_item("A \ud83dcat").text == "A cat"


def test_emoji_joined_of_several_and_other_scripts_stay_whole():
    for text in ("👩\u200d🚀 in space", "تمثال لقطة", "老虎"):
        assert normalised_text(text) == text


def test_items_know_their_modality_and_what_people_read():
    picture = PictureItem("id", "cat.jpg", b"", b"", 1, 1)
    assert (picture.modality, picture.label) == (Modality.PICTURE, "cat.jpg")
    assert (text_item("A cat").modality, text_item("A cat").label) == (Modality.TEXT, "A cat")
