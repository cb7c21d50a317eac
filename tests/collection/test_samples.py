import pytest

from collection.items import text_item
from collection.samples import SAMPLES, is_sample_item, load_sample, sample_notes


@pytest.mark.parametrize("key", SAMPLES)
def test_each_picture_of_a_sample_has_a_caption_and_each_caption_a_picture(key):
    sample = load_sample(key)
    assert set(sample.captions_of) == {picture.id for picture in sample.pictures}
    assert set(sample.pictures_of) == {text.id for text in sample.texts}


def test_cat_and_box_has_two_pictures_and_two_captions():
    sample = load_sample("cat-and-box")
    assert len(sample.pictures) == len(sample.texts) == len(sample.pairs) == 2


def test_the_gallery_has_pictures_with_several_captions():
    sample = load_sample("gallery")
    assert len(sample.pictures) > 20
    assert max(map(len, sample.captions_of.values())) > 1


def test_a_sample_is_loaded_once_for_all():
    assert load_sample("gallery") is load_sample("gallery")


@pytest.mark.parametrize("key", SAMPLES)
def test_a_sample_has_a_title_and_one_sentence(key):
    assert SAMPLES[key].title
    assert SAMPLES[key].about.count(".") == 1
    assert SAMPLES[key].about.endswith(".")


@pytest.mark.parametrize("key", SAMPLES)
def test_notes_belong_to_pictures_of_the_sample(key):
    assert set(sample_notes(key)) <= {picture.name for picture in load_sample(key).pictures}


def test_some_pictures_of_the_gallery_have_a_note():
    assert all(note.endswith(".") for note in sample_notes("gallery").values())
    assert sample_notes("gallery")


def test_an_unknown_sample_is_a_key_error():
    for ask in (load_sample, sample_notes):
        with pytest.raises(KeyError):
            ask("nothing")


def test_items_of_samples_are_known_as_such():
    assert all(map(is_sample_item, load_sample("gallery").items))
    assert not is_sample_item(text_item("My own words").id)
