"""Odd ones out: what does not fit, and the captions that change places."""

import html
import io
import random
import re
from dataclasses import replace

import pytest
from PIL import Image, ImageOps

from collection.picture import ingest_image
from tests.pages.app_session import opened, pressed, session_of, words_on
from tests.pages.groups_page import (
    GALLERY,
    SAME,
    bodies,
    choose,
    findings_of,
    odd_ones_of,
    odd_ones_of_gallery,
    page_text,
    paired,
    plain,
)
from ui.odd_ones_out.sections import SECTIONS

REVEAL, PLANT, RIGHT = "Reveal what the models say", "Plant a wrong caption", "Put it right"


@pytest.fixture
def gallery():
    return odd_ones_of_gallery()


@pytest.fixture
def by_seed(monkeypatch):
    """The same two captions change places every time."""
    seeded = random.Random(3)
    monkeypatch.setattr("ui.odd_ones_out.swap_exercise.random.Random", lambda: seeded)


def wrong_pairs(app):
    return set(session_of(app).collection.pairs) - set(GALLERY.pairs)


def labels_of(app):
    return {button.label for button in app.main.get("button")}


def test_a_newcomer_is_told_what_to_do():
    assert "nothing to compare yet" in words_on(opened("odd_ones_out"))


def test_a_swap_of_captions_is_the_first_suspect_of_both_and_needs_no_embedding(gallery, by_seed):
    state = session_of(gallery)
    run = state.embedding.run
    pressed(pressed(gallery, PLANT), REVEAL)
    wrong = wrong_pairs(gallery)
    assert len(wrong) == 2
    assert state.complete
    assert state.embedding.run is run
    first, second = findings_of(gallery)[:2]
    captions = {state.collection.text(pair.text_id).text for pair in wrong}
    for finding in (first, second):
        assert "2 of 2 models say so" in finding
        assert "changed places" in finding
        assert finding.startswith("planted by you") or "planted by you" in finding
        assert {words for words in captions if f"“{words}”" in finding} == captions
    pressed(gallery, RIGHT)
    assert state.collection.pairs == GALLERY.pairs
    assert state.complete
    assert state.embedding.run is run
    assert "planted by you" not in page_text(gallery)


def test_before_the_reveal_nothing_that_a_model_says_is_in_the_page(gallery, by_seed):
    pressed(gallery, PLANT)
    whole = " ".join(bodies(gallery)) + words_on(gallery)
    for said in ("fits better", "fits another", "suspect", "rank", "planted by you", "cosine"):
        assert said not in whole
    assert not findings_of(gallery)
    assert {REVEAL, RIGHT} <= labels_of(gallery)
    pressed(gallery, RIGHT)
    assert findings_of(gallery)
    assert not {REVEAL, RIGHT} & labels_of(gallery)


def test_a_class_looks_through_all_pairs_twelve_at_first(gallery, by_seed):
    pressed(gallery, PLANT)
    pairs = session_of(gallery).collection.pairs
    assert " ".join(bodies(gallery)).count("<figure>") == 12
    pressed(gallery, f"Show {len(pairs) - 12} more")
    whole = html.unescape(" ".join(bodies(gallery)))
    assert whole.count("<figure>") == len(pairs)
    captions = re.findall(r"<figcaption>“(.*?)”</figcaption>", whole)
    assert captions == [session_of(gallery).collection.text(pair.text_id).text for pair in pairs]
    pressed(gallery, PLANT)  # another one: again from the first twelve on
    assert " ".join(bodies(gallery)).count("<figure>") == 12


def test_after_the_reveal_the_score_and_the_rank_of_each_model_stand_first(gallery, by_seed):
    pressed(pressed(gallery, PLANT), REVEAL)
    body = next(body for body in bodies(gallery) if '"swapped"' in body)
    words = html.unescape(re.sub(r"<[^>]*>", "", body))
    assert "Local MiniLM found 2 of 2" in words
    assert "Local Static found 2 of 2" in words
    assert sorted(re.findall(r"Local MiniLM: rank (\d) of \d+ suspects", words)) == ["1", "2"]
    assert words.count("planted by you") == 2
    order = [('"swapped"' in one, '<div class="finding">' in one) for one in bodies(gallery)]
    assert order.index((True, True)) < order.index((False, True))


def test_what_no_model_finds_is_said_not_to_be_found(gallery, by_seed, monkeypatch):
    pressed(gallery, PLANT)
    monkeypatch.setattr(
        "ui.odd_ones_out.sections._SWAPS", replace(SECTIONS[0], find=lambda *_, **__: {})
    )
    words = page_text(pressed(gallery, REVEAL))
    assert "Local MiniLM found 0 of 2" in words
    assert words.count("Local Static: not found") == 2


def test_swapping_twice_leaves_one_mistake_and_one_press_puts_it_right(gallery):
    state = session_of(gallery)
    pressed(pressed(gallery, PLANT), PLANT)
    assert len(wrong_pairs(gallery)) == 2
    pressed(gallery, RIGHT)
    assert state.collection.pairs == GALLERY.pairs


def test_an_exercise_that_was_undone_has_ended(gallery):
    pressed(gallery, PLANT)
    session_of(gallery).editing.undo()
    gallery.run()
    assert findings_of(gallery)
    assert not {REVEAL, RIGHT} & labels_of(gallery)


def test_a_suspect_is_shown_beside_each_different_proposal_and_whose_it_is(gallery):
    elephant = next(body for body in bodies(gallery) if "An elephant" in body)
    own, *proposals = re.split(r'<div class="proposal">', elephant)
    assert own.count('<li class="tile picture"') == 1
    assert "<div>its own</div>" in own
    assert len(proposals) == 2
    for proposal, name, picture in zip(
        proposals, ("Local MiniLM", "Local Static"), ("cat.jpg", "tiger.jpg"), strict=True
    ):
        assert picture in proposal
        assert "<div>fits better</div>" in proposal
        assert name in proposal
    numbers = re.search(r"<details>.*</details>", elephant)[0]
    words = html.unescape(re.sub(r"<[^>]*>", "", numbers))
    assert re.search(r"cosine -?0\.\d\d with its own picture \(rank \d+ of 26\)", words)
    assert "deviations more" in words
    assert "deviations more" not in elephant.replace(numbers, "")


def test_who_says_so_has_a_filled_dot_and_who_does_not_an_open_one(gallery):
    retina = next(body for body in bodies(gallery) if "The back of a human eye" in body)
    who = re.search(r'<p class="who">.*?</p>', retina)[0]
    assert "1 of 2 models says so" in who
    dots = re.findall(r'class="(dot[^"]*)"[^>]*aria-label="([^"]*)"></span>([^<]*)<', who)
    assert dots == [("dot", "does not", "Local MiniLM"), ("dot filled", "says so", "Local Static")]


def test_five_suspects_are_shown_at_first(gallery):
    assert len(findings_of(gallery)) == 5
    pressed(gallery, next(b.label for b in gallery.button if b.label.startswith("Show ")))
    assert len(findings_of(gallery)) > 5


def test_more_near_duplicates_appear_when_the_threshold_is_lowered(gallery):
    choose(gallery, "odd-section", SAME)
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
    app = odd_ones_of(paired(labels, pictures))
    named = [words for words in findings_of(app) if "another caption" in words]
    assert len(named) == 1
    assert "bus 4 fits another caption better than its own." in named[0]
    assert "2 of 2 models say so" in named[0]
    assert "with “a bus”" in named[0]


def test_one_caption_under_all_pictures_cannot_change_places():
    pictures = [plain(f"{n}", (250, 40 * n, 0)) for n in range(3)]
    app = pressed(odd_ones_of(paired(["a square"] * 3, pictures)), PLANT)
    assert "No two captions can change places" in words_on(app)
