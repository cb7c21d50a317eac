"""Scorecard, Less is enough: recall of smaller vectors, checked against plain NumPy."""

import re

import numpy as np
import pytest

from collection.embeddings import Embeddings
from providers.registry import PROVIDERS
from tests.pages.app_session import gone_to, session_of, words_on
from tests.pages.groups_page import GALLERY, bodies, choose, groups_of, groups_of_gallery
from ui.scorecard.scorecard import LESS, SECTIONS

AT = list(SECTIONS).index(LESS)


def opened_sizes(app):
    gone_to(app, "scorecard")
    app.session_state[f"scorecard-section-{AT}"] = True
    return choose(app, "scorecard-direction", "captions → pictures")


def rows_of_table(app):
    body = next(one for one in bodies(app) if "Sizes of a vector" in one)
    rows = re.findall(r"<tr><th scope='row'.*?</tr>", body)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


def recall(texts, pictures):
    ids = [picture.id for picture in GALLERY.pictures]
    closest = (texts @ pictures.T).argmax(axis=1)
    return np.mean(
        [
            ids[at] in GALLERY.pictures_of[text.id]
            for text, at in zip(GALLERY.texts, closest, strict=True)
        ]
    )


def vectors(embeddings):
    return tuple(embeddings.of([i.id for i in of]) for of in (GALLERY.texts, GALLERY.pictures))


def unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_recall_of_int8_and_binary_is_that_of_plain_numpy():
    app = opened_sizes(groups_of_gallery())
    found = rows_of_table(app)
    assert len(found) == 6
    for at, embeddings in enumerate(session_of(app).shown.values()):
        full, int8, binary = found[3 * at : 3 * at + 3]
        texts, pictures = vectors(embeddings)
        size = embeddings.setup.dimension
        largest = max(np.abs(texts).max(), np.abs(pictures).max())
        whole = [unit(np.rint(127 * side / largest)) for side in (texts, pictures)]
        signs = [np.where(side > 0, 1.0, -1.0) for side in (texts, pictures)]
        assert full[1:3] == [f"{size} × float32", f"{4 * size:,}"]
        assert full[4] == f"{recall(texts, pictures):.2f}"
        assert full[6] == "1.00"
        assert int8[1:3] == [f"{size} × int8", f"{size}"]
        assert int8[3] == f"{size / 1000:.2g}"
        assert int8[4] == f"{recall(*whole):.2f}"
        assert binary[2] == f"{size // 8}"
        # a tie is a miss, and signs tie more often than argmax tells
        assert float(binary[4]) <= recall(*signs) + 0.005
    assert "offer one size only" in words_on(app)


@pytest.fixture
def shortenable():
    """The gallery with a model that may be shortened, whose first dimensions say it all."""
    app = groups_of(GALLERY)
    state = session_of(app)
    row = state.compared.row_of("jina")
    setup = PROVIDERS["jina"].info.setup(dimension=256)
    state.compared.choose(row, setup)
    state.compared.ticked = {row}
    rng = np.random.default_rng(0)
    place = dict(zip((p.id for p in GALLERY.pictures), rng.normal(size=(26, 100)), strict=True))
    for text in GALLERY.texts:
        place[text.id] = place[GALLERY.pictures_of[text.id][0]] + rng.normal(scale=0.5, size=100)
    rows = np.concatenate([np.asarray([*place.values()]), np.zeros((57, 156))], axis=1)
    state.embedding.results[setup] = Embeddings(setup, tuple(place), unit(rows).astype(np.float32))
    return opened_sizes(app)


def test_a_model_that_may_be_shortened_is_and_loses_nothing_where_all_is_in_front(shortenable):
    found = rows_of_table(shortenable)
    assert [row[1] for row in found] == [
        *("256 × float32", "128 × float32", "64 × float32", "256 × int8", "256 × binary"),
    ]
    assert found[1][4] == found[0][4]
    assert found[1][6] == "1.00"
    embeddings = next(iter(session_of(shortenable).shown.values()))
    short = [unit(side[:, :64]) for side in vectors(embeddings)]
    assert found[2][4] == f"{recall(*short):.2f}"
    assert "one size only" not in words_on(shortenable)
    assert len(shortenable.main.get("plotly_chart")) == 2
