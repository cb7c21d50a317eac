"""What a Setup found, said in one sentence before any number."""

import re

import numpy as np
import pytest
from PIL import Image

from collection.collection import Collection, Pair
from collection.items import Modality, text_item
from collection.picture import ingest_image
from space.hit_significance import score_distribution
from space.lead import lead_of
from ui.search.first_hit import first_hit_in_words

USUAL = [0.09, 0.08, 0.07, 0.06, 0.05, 0.04, 0.03, 0.02, 0.01, 0.0]
WORDS = ("a tiger", "a horse")
PICTURES = [ingest_image(f"{n}.png", Image.new("RGB", (2, 2), (n, 0, 0))) for n in range(12)]
CAPTIONS = [text_item(words) for words in WORDS]
PAIRS = [Pair(text.id, picture.id) for text, picture in zip(CAPTIONS, PICTURES, strict=False)]
CAPTIONED = Collection().adding([*PICTURES, *CAPTIONS], PAIRS)


def said(scores, collection=CAPTIONED, items=PICTURES, modality=Modality.PICTURE):
    values = np.asarray(scores, np.float32)
    found = score_distribution(values)
    lead = lead_of(values, found)
    second = None if lead.second is None else items[lead.second]
    words = first_hit_in_words(lead, found, items[lead.first], second, modality, collection)
    return re.sub("<[^>]*>", "", words)


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ([0.9, *USUAL], "First: “a tiger”, with a clear lead over “a horse”."),
        (USUAL, "First: “a tiger”, by a narrow lead over “a horse”."),
        (
            [0.9, 0.6, *USUAL],
            "First: “a tiger”, with a clear lead over “a horse”. Both stand out from the rest.",
        ),
        (
            [0.9, 0.89, 0.88, *USUAL[1:]],
            "First: “a tiger”, by a narrow lead over “a horse”. 3 stand out from the rest.",
        ),
        ([0.9, 0.1], "First: “a tiger”, before “a horse”."),
        ([0.9], "First: “a tiger”, the only picture to find."),
        ([0.9, 0.9, *USUAL], "A tie between “a tiger” and “a horse”."),
        ([0.9, 0.9, 0.9, *USUAL[1:]], "A tie of 3 pictures, “a tiger” and “a horse” among them."),
        ([0.5] * 8, "A tie: all 8 pictures fit about equally well."),
    ],
)
def test_a_verdict_names_the_first_and_says_how_far_it_is_ahead(scores, words):
    assert said(scores) == words


def test_pictures_without_captions_are_called_by_their_files():
    assert said(USUAL, Collection().adding(PICTURES)) == (
        "First: 0.png, by a narrow lead over 1.png."
    )


def test_pictures_of_the_same_caption_are_told_apart_by_their_files():
    same = Collection().adding(
        [*PICTURES, CAPTIONS[0]], [Pair(CAPTIONS[0].id, p.id) for p in PICTURES[:2]]
    )
    assert said(USUAL, same) == "First: 0.png, by a narrow lead over 1.png."


def test_captions_are_called_by_their_words():
    assert said([0.9, 0.1], items=CAPTIONS, modality=Modality.TEXT) == (
        "First: “a tiger”, before “a horse”."
    )


def test_hostile_words_stay_words():
    hostile = [text_item("<script>x</script>"), text_item("a & b")]
    lead = lead_of(np.asarray([0.9, 0.1], np.float32), score_distribution([0.9, 0.1]))
    words = first_hit_in_words(
        lead, score_distribution([0.9, 0.1]), *hostile, Modality.TEXT, Collection().adding(hostile)
    )
    assert "<script>" not in words
    assert "&lt;script&gt;" in words
    assert "a &amp; b" in words
