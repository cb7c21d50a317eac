"""A page is asked for by its address before anybody has seen the first page."""

import pytest
from playwright.sync_api import expect

from tests.browser.journey import MAPS
from tests.browser.plotly_chart import PlotlyChart
from tests.browser.visitor import PAGES

pytestmark = pytest.mark.browser


def test_a_page_asked_for_first_of_all_says_what_to_do_next(first_visitor):
    first_visitor.open("/map")
    first_visitor.sees("What does the shared space look like?")
    first_visitor.sees("There is nothing to compare yet.")
    expect(first_visitor.button("See it on the gallery")).to_be_visible()
    first_visitor.press(first_visitor.main.get_by_role("link").filter(has_text="Bring your own"))
    first_visitor.sees("What am I comparing?")
    first_visitor.settle()


def test_an_empty_page_shows_the_gallery_at_one_click(visitor):
    visitor.open("/map")
    visitor.press(visitor.button("See it on the gallery"))
    for key in MAPS:
        PlotlyChart(visitor.page, key).wait()
    visitor.settle()


def test_the_sidebar_names_the_pages_and_asks_for_nothing(visitor):
    visitor.open()
    links = visitor.sidebar.get_by_role("link")
    expect(links).to_have_count(len(PAGES))
    labels = visitor.sidebar.get_by_test_id("stPageLink-NavLink").get_by_test_id(
        "stMarkdownContainer"
    )
    assert labels.all_inner_texts() == list(PAGES)
    expect(visitor.sidebar.get_by_role("textbox")).to_have_count(0)
    expect(visitor.sidebar.locator("input:not([type=checkbox]), textarea")).to_have_count(0)
