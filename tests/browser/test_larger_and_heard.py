"""What is shown larger for a projector, and what keyboards and screen readers get."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.filled_pages import fill
from tests.browser.journey import unfold_adding
from tests.browser.own_pictures import text_file_called
from tests.browser.plotly_chart import PlotlyChart
from tests.browser.search_journey import search_for
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

FONT_SIZE = "() => parseFloat(getComputedStyle(document.documentElement).fontSize)"
WORDS_IN_CHARTS = """() => parseFloat(getComputedStyle(
    document.querySelector('.st-key-heatmap-0 .main-svg text')).fontSize)"""
OUT_OF_USE_FOR_A_WHILE = """async button => { button.disabled = true;
    await new Promise(done => setTimeout(done, 300)); button.disabled = false; }"""


def test_larger_is_switched_on_by_hand_or_address_and_off_beside_the_title(browser, app):
    with Visitor(browser, app.address, height=720) as visitor:
        fill(visitor)
        PlotlyChart(visitor.page, "heatmap-0").wait()
        usual = visitor.page.evaluate(FONT_SIZE), visitor.page.evaluate(WORDS_IN_CHARTS)
        visitor.press(visitor.sidebar.locator(".st-key-larger label").first)
        expect(visitor.page).to_have_url(re.compile(r"larger=true"))
        visitor.settle()
        assert visitor.page.evaluate(FONT_SIZE) == 20
        PlotlyChart(visitor.page, "heatmap-0").wait()
        larger = visitor.page.evaluate(FONT_SIZE), visitor.page.evaluate(WORDS_IN_CHARTS)
        ratios = [one / other for one, other in zip(larger, usual, strict=True)]
        assert ratios == pytest.approx([1.25, 1.25])
        expect(visitor.sidebar).not_to_be_in_viewport()
        visitor.go_to("Map")
        assert visitor.page.evaluate(FONT_SIZE) == 20
        visitor.press(visitor.button("Usual size"))
        expect(visitor.button("Usual size")).to_have_count(0)
        visitor.settle()
        assert visitor.page.evaluate(FONT_SIZE) == 16
        visitor.open("/search?larger=true")
        assert visitor.page.evaluate(FONT_SIZE) == 20


def test_the_end_of_a_run_and_of_a_search_is_said(browser, app):
    with Visitor(browser, app.address, height=720) as visitor:
        fill(visitor)
        heard = visitor.page.get_by_role("status").filter(has_text="Embedding is done")
        expect(heard).to_have_attribute("aria-live", "polite")
        visitor.go_to("Search")
        search_for(visitor, "fruit")
        expect(
            visitor.page.get_by_role("status").filter(has_text="Searched for fruit: 2 of 2 models")
        ).to_have_count(1)


def test_the_keyboard_comes_past_a_long_list(browser, app):
    with Visitor(browser, app.address, height=720) as visitor:
        fill(visitor)
        visitor.go_to("Search")
        search_for(visitor, "fruit")
        way_past = visitor.main.get_by_role("link", name="Skip this list").first
        way_past.focus()
        expect(way_past).to_be_in_viewport()
        visitor.page.keyboard.press("Enter")
        visitor.page.keyboard.press("Tab")
        inside = "() => !!document.activeElement.closest('.tiles')"
        assert not visitor.page.evaluate(inside)


def test_a_button_that_was_out_of_use_has_its_focus_again_and_escape_closes_the_dialog(
    browser, app
):
    with Visitor(browser, app.address, height=720) as visitor:
        fill(visitor)
        visitor.press(visitor.sidebar.get_by_role("button", name="Export"))
        dialog = visitor.page.get_by_role("dialog")
        table = dialog.get_by_role("button", name="CSV")
        table.focus()
        table.evaluate(OUT_OF_USE_FOR_A_WHILE)
        expect(table).to_be_focused()
        with visitor.page.expect_download():
            visitor.press(table, "Enter")
        expect(table).to_be_focused()
        visitor.press(table, "Escape")
        expect(dialog).to_have_count(0)


def test_what_came_in_is_said_and_shown_below_the_fold_of_a_phone(browser, app):
    with Visitor(browser, app.address, width=420, height=800) as visitor:
        fill(visitor)
        visitor.go_to("Collection")
        unfold_adding(visitor)
        visitor.press(visitor.button("Bring vectors"))
        visitor.settle()
        field = visitor.page.get_by_test_id("stPopoverBody").locator("input[type=file]")
        field.set_input_files(text_file_called("mine.csv"))
        expect(visitor.main.locator(".st-key-news")).to_be_in_viewport(ratio=0.9)
        expect(visitor.page.locator("#announcer")).to_contain_text("mine.csv")
