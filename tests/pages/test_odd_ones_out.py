"""Odd ones out on the Groups page: what does not fit, and the captions that change places."""

import html
import io
import random
import re

import pytest
from PIL import Image, ImageOps

from collection.picture import ingest_image
from tests.pages.app_session import pressed, session_of, words_on
from tests.pages.groups_page import (
    GALLERY,
    ODD,
    bodies,
    choose,
    findings_of,
    groups_of,
    groups_of_gallery,
    page_text,
    paired,
    plain,
)


@pytest.fixture
def gallery():
    return groups_of_gallery()


def test_a_swap_of_captions_is_the_first_suspect_of_both_and_needs_no_embedding(
    gallery, monkeypatch
):
    seeded = random.Random(3)
    monkeypatch.setattr("ui.odd_ones_out.swap_exercise.random.Random", lambda: seeded)
    state = session_of(choose(gallery, "groups-part", ODD))
    run = state.embedding.run
    pressed(gallery, "Plant a wrong caption")
    wrong = set(state.collection.pairs) - set(GALLERY.pairs)
    assert len(wrong) == 2
    assert state.complete
    assert state.embedding.run is run
    first, second = findings_of(gallery)[:2]
    captions = {state.collection.text(pair.text_id).text for pair in wrong}
    for finding in (first, second):
        assert "2 of 2 providers" in finding
        assert "changed places" in finding
        assert {words for words in captions if f"“{words}”" in finding} == captions
    pressed(gallery, "Put it right")
    assert state.collection.pairs == GALLERY.pairs
    assert state.complete
    assert state.embedding.run is run


def test_swapping_twice_leaves_one_mistake_and_one_press_puts_it_right(gallery):
    state = session_of(choose(gallery, "groups-part", ODD))
    pressed(pressed(gallery, "Plant a wrong caption"), "Plant a wrong caption")
    assert len(set(state.collection.pairs) - set(GALLERY.pairs)) == 2
    pressed(gallery, "Put it right")
    assert state.collection.pairs == GALLERY.pairs


def test_a_suspect_is_shown_with_both_pictures_and_why(gallery):
    choose(gallery, "groups-part", ODD)
    astronaut = next(body for body in bodies(gallery) if "An astronaut" in body)
    assert astronaut.count('<li class="tile picture"') == 2
    below = set(re.findall(r"<div>([^<]*)</div>", astronaut))
    assert {"its own picture", "fits better (Local Static)"} <= below
    words = html.unescape(re.sub(r"<[^>]*>", "", astronaut))
    assert re.search(r"cosine -?0\.\d\d with its own picture \(rank \d+ of 26\)", words)
    assert "deviations more" in words


def test_more_near_duplicates_appear_when_the_threshold_is_lowered(gallery):
    choose(gallery, "groups-part", ODD)
    assert "No two items of one kind have a cosine of 0.90 or more" in words_on(gallery)
    gallery.slider(key="duplicates-from").set_value(0.5).run()
    assert "are nearly the same" in page_text(gallery)
    gallery.slider(key="duplicates-from").set_value(0.9).run()


def views_of(name):
    """Five pictures of one thing, that differ a little."""
    jpeg = next(picture.jpeg for picture in GALLERY.pictures if picture.name == f"{name}.jpg")
    image = Image.open(io.BytesIO(jpeg)).convert("RGB")
    cuts = [image.crop((0, 0, image.width - 8 * n, image.height - 12 * n)) for n in range(1, 4)]
    views = [image, ImageOps.mirror(image), *cuts]
    return [ingest_image(f"{name} {number}", view) for number, view in enumerate(views)]


def test_under_class_labels_the_wrongly_labelled_picture_is_named():
    pictures = [*views_of("tiger"), *views_of("bus")]
    labels = ["a tiger"] * 5 + ["a bus"] * 4 + ["a tiger"]
    app = choose(groups_of(paired(labels, pictures)), "groups-part", ODD)
    named = [words for words in findings_of(app) if "another caption" in words]
    assert len(named) == 1
    assert "2 of 2 providers: bus 4 fits another caption better than its own." in named[0]
    assert "with “a bus”" in named[0]


def test_one_caption_under_all_pictures_cannot_change_places():
    pictures = [plain(f"{n}", (250, 40 * n, 0)) for n in range(3)]
    app = choose(groups_of(paired(["a square"] * 3, pictures)), "groups-part", ODD)
    pressed(app, "Plant a wrong caption")
    assert "No two captions can change places" in words_on(app)
