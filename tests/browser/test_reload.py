"""A reload loses nothing; a duplicated tab has a session of its own; and all can be forgotten."""

import pytest
from playwright.sync_api import expect

from collection.samples import load_sample
from tests.browser.plotly_chart import PlotlyChart
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

FULL = f"{len(load_sample('gallery').pictures)} pictures"
_OTHERS = "[...Object.values(localStorage), document.cookie, location.href].join(' ')"
_TOKEN = "sessionStorage.getItem('shared-space-tab')"


def reload(visitor):
    visitor.page.reload()
    visitor.settle()


def add_caption(visitor, words):
    visitor.main.get_by_label("Captions, one a line").fill(words)
    visitor.press(visitor.button("Add captions"))


def test_a_reload_finds_the_collection_the_vectors_and_the_view(visitor):
    visitor.open()
    visitor.press(visitor.button("Show me"))
    visitor.sees("Which caption fits which picture?")
    visitor.go_to("Map")
    visitor.press(visitor.main.get_by_text("PCA", exact=True))
    chart = PlotlyChart(visitor.page, "map-0")
    chart.wait()
    visitor.settle()
    marks, first = chart.marks, visitor.page.evaluate(_TOKEN)
    reload(visitor)
    expect(visitor.sidebar).to_contain_text(FULL)
    expect(visitor.sidebar).to_contain_text("Local MiniLM: ready")
    expect(visitor.main.get_by_role("radio", name="PCA")).to_be_checked()
    chart.wait()
    visitor.settle()
    assert chart.marks == marks
    second = visitor.page.evaluate(_TOKEN)
    assert second != first
    assert len(second) >= 22  # 128 bits
    assert second not in visitor.page.evaluate(_OTHERS)
    reload(visitor)
    expect(visitor.sidebar).to_contain_text(FULL)


def test_a_duplicated_tab_has_a_copy_that_goes_its_own_way(visitor):
    visitor.open("/collection")
    add_caption(visitor, "A caption of mine")
    expect(visitor.sidebar).to_contain_text("1 caption")
    visitor.settle()
    with visitor.page.expect_popup() as opened:
        visitor.page.evaluate("window.open(location.href)")
    other = opened.value
    expect(other.get_by_test_id("stSidebar")).to_contain_text("1 caption")
    other.wait_for_function("atRest()")
    other.get_by_role("button", name="Clear").click()
    expect(other.get_by_test_id("stSidebar")).to_contain_text("The collection is empty.")
    reload(visitor)
    expect(visitor.sidebar).to_contain_text("1 caption")
    other.reload()
    other.wait_for_function("atRest()")
    expect(other.get_by_test_id("stSidebar")).to_contain_text("The collection is empty.")


def test_what_was_forgotten_is_not_found_again_and_a_new_tab_finds_nothing(browser, app):
    with Visitor(browser, app.address) as visitor:
        visitor.open("/collection")
        add_caption(visitor, "A caption of mine")
        expect(visitor.sidebar).to_contain_text("1 caption")
        with Visitor(browser, app.address) as stranger:
            stranger.open("/collection")
            expect(stranger.sidebar).to_contain_text("The collection is empty.")
        visitor.press(visitor.sidebar.get_by_role("button", name="What is kept"))
        visitor.settle()
        visitor.page.get_by_role("button", name="Forget everything here").click()
        expect(visitor.sidebar).to_contain_text("The collection is empty.")
        visitor.settle()
        reload(visitor)
        expect(visitor.sidebar).to_contain_text("The collection is empty.")
