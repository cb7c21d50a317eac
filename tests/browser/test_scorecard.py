"""The scorecard as it is read on a projector: of the embedded providers, and of six."""

import csv
import re
from contextlib import ExitStack

import numpy as np
import pytest
from playwright.sync_api import expect

from providers import connect
from stand_ins import STAND_INS
from tests.browser.app_server import AppServer
from tests.browser.hosted_journey import HOSTED, TITLES, embed, type_key
from tests.browser.journey import GALLERY
from tests.browser.plotly_chart import PlotlyChart
from tests.browser.search_journey import load_the_gallery
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

PROJECTOR = {"width": 1280, "height": 720}
LOCAL = ("local-minilm", "local-static")
KEYED = ("nomic", "jina", "gemini", "cohere")
TEXTS = [text.id for text in GALLERY.texts]
PICTURES = [picture.id for picture in GALLERY.pictures]


def recall_at_1(embeddings, queries, documents, partners):
    """Worked out from the vectors by plain NumPy."""
    closest = np.argmax(embeddings.of(queries) @ embeddings.of(documents).T, axis=1)
    return np.mean(
        [
            documents[found] in partners[query]
            for query, found in zip(queries, closest, strict=True)
            if partners.get(query)
        ]
    )


def expected(connection):
    found = connection.embed(list(GALLERY.items.values()), pairs=GALLERY.pairs)
    captions = recall_at_1(found, TEXTS, PICTURES, GALLERY.pictures_of)
    return (captions + recall_at_1(found, PICTURES, TEXTS, GALLERY.captions_of)) / 2


def figures_of(visitor):
    """The first figure of each row, by the row's name."""
    rows = visitor.main.locator(".scorecard").first.locator("tbody tr")
    names = [name.strip() for name in rows.locator("th").all_inner_texts()]
    cells = rows.locator("td:nth-child(2)").all_inner_texts()
    return {name: cell.split()[0] for name, cell in zip(names, cells, strict=True)}


def is_on_the_first_screen(visitor):
    box = visitor.main.locator(".scorecard").first.bounding_box()
    sentence = visitor.main.locator(".st-key-conclusion").bounding_box()
    return sentence["y"] < box["y"] <= 260 and box["y"] + box["height"] <= PROJECTOR["height"]


def open_section(visitor, words):
    visitor.press(visitor.main.locator("summary").filter(has_text=words).first)
    visitor.settle()


def test_the_scorecard_of_the_gallery_is_read_and_leads_to_the_heatmap(browser, app):
    with Visitor(browser, app.address, **PROJECTOR) as visitor:
        load_the_gallery(visitor)
        visitor.go_to("Scorecard")
        expect(visitor.main).to_contain_text(re.compile("These 31 pairs are too few to tell"))
        assert is_on_the_first_screen(visitor)
        visitor.keep_picture("scorecard")
        words = {TITLES[id_]: f"{expected(connect(id_)):.2f}" for id_ in LOCAL}
        assert figures_of(visitor) == {**words, "chance": "0.04"}
        with visitor.page.expect_download() as download:
            visitor.press(visitor.button("Download as CSV").first)
        with download.value.path().open(encoding="utf-8-sig", newline="") as file:
            saved = list(csv.DictReader(file))
        assert [f"{float(row['recall@1']):.2f}" for row in saved] == [*words.values(), "0.04"]
        open_section(visitor, "Why are true pairs")
        PlotlyChart(visitor.page, "densities-0").wait()
        open_section(visitor, "Do two Setups")
        PlotlyChart(visitor.page, "scorecard-matrix-CKA").wait()
        open_section(visitor, "Item by item")
        visitor.press(visitor.main.locator(".by-item button").first)
        visitor.sees("Which caption fits which picture?")
        expect(visitor.main.locator(".cell")).to_be_visible()
        visitor.settle()


def test_six_providers_stand_on_the_first_screen_with_the_figures_of_their_vectors(browser):
    with ExitStack() as stack:
        services = {id_: stack.enter_context(STAND_INS[id_]()) for id_ in KEYED}
        addresses = {HOSTED[id_].base_url_variable: s.address for id_, s in services.items()}
        server = stack.enter_context(AppServer(addresses))
        visitor = stack.enter_context(Visitor(browser, server.address, **PROJECTOR))
        load_the_gallery(visitor)
        visitor.go_to("Providers")
        for id_, service in services.items():
            type_key(visitor, id_, service.key)
        embed(visitor)
        visitor.go_to("Scorecard")
        expect(visitor.main.locator(".scorecard tbody tr")).to_have_count(7)
        assert is_on_the_first_screen(visitor)
        visitor.keep_picture("scorecard-six")
        connections = {id_: connect(id_) for id_ in LOCAL} | {
            id_: connect(id_, base_url=service.address, api_key=service.key)
            for id_, service in services.items()
        }
        words = {TITLES[id_]: f"{expected(one):.2f}" for id_, one in connections.items()}
        assert figures_of(visitor) == {**words, "chance": "0.04"}
        server.assert_kept_to_itself()
