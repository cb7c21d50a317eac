"""Scorecard, Hubs: occurrences and corrections, checked against plain NumPy."""

import re

import numpy as np
import pytest

from space.corrections import CENTRING, CORRECTIONS, CSLS, NONE
from tests.pages.app_session import gone_to, session_of, words_on
from tests.pages.groups_page import bodies, choose, groups_of_gallery, page_text
from tests.pages.search_page import chosen, lists_of_hits, search_of_gallery, searched
from ui.scorecard.scorecard import HUBS, SECTIONS
from ui.state.query import Target

AT = list(SECTIONS).index(HUBS)
K = 5  # a fifth of the gallery's 26 pictures


def opened_hubs():
    app = gone_to(groups_of_gallery(), "scorecard")
    app.session_state[f"scorecard-section-{AT}"] = True
    app.run()
    choose(app, "scorecard-direction", "captions → pictures")
    return choose(app, "correction-scorecard", NONE)


@pytest.fixture
def hubs():
    return opened_hubs()


def sides(app, embeddings):
    collection = session_of(app).collection
    return tuple(
        embeddings.of([i.id for i in of]) for of in (collection.texts, collection.pictures)
    )


def cosines(app, embeddings, name):
    """The matrix of captions and pictures under a correction, by its definition."""
    texts, pictures = sides(app, embeddings)
    if name == CENTRING:
        texts, pictures = texts - texts.mean(axis=0), pictures - pictures.mean(axis=0)
        texts /= np.linalg.norm(texts, axis=1, keepdims=True)
        pictures /= np.linalg.norm(pictures, axis=1, keepdims=True)
    matrix = texts @ pictures.T
    if name != CSLS:
        return matrix
    of_texts = np.sort(matrix, axis=1)[:, -K:].mean(axis=1)
    of_pictures = np.sort(matrix, axis=0)[-6:].mean(axis=0)  # a fifth of 31 captions
    return 2 * matrix - of_texts[:, None] - of_pictures


def recall_at_1(app, matrix):
    collection = session_of(app).collection
    pictures = [picture.id for picture in collection.pictures]
    return np.mean(
        [
            pictures[row.argmax()] in collection.pictures_of[text.id]
            for text, row in zip(collection.texts, matrix, strict=True)
        ]
    )


def test_the_pictures_that_most_captions_find_come_first(hubs):
    matrix = cosines(hubs, next(iter(session_of(hubs).shown.values())), NONE)
    counts = np.bincount(np.argsort(-matrix, axis=1)[:, :K].ravel(), minlength=26)
    first = next(one for one in bodies(hubs) if one.startswith('<ol class="tiles brief"'))
    assert [int(n) for n in re.findall(r"<b>(\d+) captions?</b>", first)] == sorted(counts)[:-6:-1]
    assert f"the {K} nearest of **{counts.max()} of 31 captions**" in words_on(hubs)


def test_recall_under_each_correction_is_that_of_its_definition(hubs):
    body = next(one for one in bodies(hubs) if "aria-label='Corrections'" in one)
    rows = [
        re.findall(r"<td>(.*?)</td>", row)
        for row in re.findall(r"<tr><th scope='row'.*?</tr>", body)
    ]
    expected = [
        [CORRECTIONS[name].title, f"{recall_at_1(hubs, cosines(hubs, embeddings, name)):.2f}"]
        for embeddings in session_of(hubs).shown.values()
        for name in CORRECTIONS
    ]
    assert [row[:2] for row in rows] == expected
    assert len({row[1] for row in rows}) > 1


@pytest.mark.parametrize("name", [CENTRING, CSLS])
def test_the_correction_holds_for_the_heatmap_and_its_verdicts_too(hubs, name):
    choose(hubs, "correction-scorecard", name)
    gone_to(hubs, "similarity")
    verdicts = next(one for one in bodies(hubs) if "class='verdicts'" in one)
    found = [int(n) for n in re.findall(r"<td><b>(\d+)</b> of 31", verdicts)]
    assert found == [
        round(31 * recall_at_1(hubs, cosines(hubs, embeddings, name)))
        for embeddings in session_of(hubs).shown.values()
    ]
    assert f"Corrected for hubs. **{CORRECTIONS[name].title}**" in words_on(hubs)
    choose(hubs, "heatmap-view", "all")
    assert ("Not corrected here" in words_on(hubs)) == (name == CSLS)
    choose(hubs, "heatmap-view", "captions")
    choose(hubs, "correction-similarity", NONE)
    assert "Corrected for hubs" not in words_on(hubs)


@pytest.mark.parametrize("name", [CENTRING, CSLS])
def test_a_caption_searched_for_meets_the_pictures_as_in_the_matrix(name):
    app = search_of_gallery()
    number = 3
    searched(app, session_of(app).collection.texts[number].text)
    choose(app, "correction-search", name)
    pictures = [picture.id for picture in session_of(app).collection.pictures]
    for hits, embeddings in zip(lists_of_hits(app), session_of(app).shown.values(), strict=True):
        order = np.argsort(-cosines(app, embeddings, name)[number])[: len(hits)]
        assert hits == [pictures[at] for at in order]
    assert f"{CORRECTIONS[name].score} " in page_text(app)


def test_in_search_csls_is_for_two_kinds_only():
    app = chosen(search_of_gallery(), "Find", Target.CAPTIONS)
    searched(app, "an animal")
    before = lists_of_hits(app)
    choose(app, "correction-search", CSLS)
    assert lists_of_hits(app) == before
    assert "Not corrected here" in words_on(app)
    chosen(app, "Find", Target.BOTH)
    assert "the figures are plain cosines" in words_on(app)
    assert not app.exception
