"""What is printed: the whole page, light, without what is there to be clicked."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.plotly_chart import PlotlyChart
from tests.browser.search_journey import load_the_gallery
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

PAPER = (1047, 718)
"""A4 landscape within its margins, in CSS pixels."""
_INK, _WHITE = "rgb(34, 39, 43)", "rgb(255, 255, 255)"
_COLOURS = """() => [
    getComputedStyle(document.querySelector('.stApp')).backgroundColor,
    getComputedStyle(document.querySelector('.stMain h1')).color,
    ...Array.from(document.querySelectorAll('.stMain .js-plotly-plot text'))
        .filter(text => text.closest('.infolayer, .scatterlayer'))
        .map(text => getComputedStyle(text).fill)]"""
_BEYOND = """width => Array.from(
    document.querySelectorAll('.stMain :is(.js-plotly-plot, table, .setup)'))
    .filter(part => part.getBoundingClientRect().right > width + 1).map(part => part.className)"""
_HEIGHT = "document.querySelector('.stMainBlockContainer').getBoundingClientRect().height"
_CUTS = """() => { const box = document.querySelector('.st-key-heatmaps');
    const {height} = box.getBoundingClientRect();
    return [getComputedStyle(box).overflow, box.scrollHeight > height + 8]; }"""


def is_printed_light_and_whole(visitor):
    """See that the page is light on paper, no wider than it and whole; return the sheets it takes.

    It is looked at as laid out for paper; then printed, which is the same without being asked.
    """
    page = visitor.page
    page.emulate_media(media="print")
    for part in (visitor.sidebar, page.get_by_test_id("stHeader")):
        expect(part).to_be_hidden()
    buttons = visitor.main.locator(".stButton, .stPopover, .modebar-btn")
    assert buttons.count()
    assert not any(button.is_visible() for button in buttons.all())
    ground, *inks = page.evaluate(_COLOURS)
    assert ground == _WHITE
    assert set(inks) == {_INK}
    assert page.evaluate(_BEYOND, PAPER[0]) == []
    height = page.evaluate(_HEIGHT)
    page.emulate_media(media="null")
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    assert sheets * PAPER[1] >= height
    return sheets


def test_pages_are_printed_light_and_whole_from_a_dark_window(browser, app):
    with Visitor(browser, app.address, colour_scheme="dark") as visitor:
        load_the_gallery(visitor)
        PlotlyChart(visitor.page, "heatmap-1").wait()
        visitor.page.emulate_media(media="print")
        assert visitor.page.evaluate(_CUTS) == ["visible", False]
        assert is_printed_light_and_whole(visitor) >= 2
        visitor.go_to("Map")
        PlotlyChart(visitor.page, "map-1").wait()
        assert is_printed_light_and_whole(visitor) == 1
        visitor.go_to("Scorecard")
        visitor.press(visitor.main.locator("summary").filter(has_text="Why are true pairs").first)
        PlotlyChart(visitor.page, "densities-1").wait()
        assert is_printed_light_and_whole(visitor) >= 2
        closed = visitor.main.locator(".stExpander summary").filter(has_text="Cost and speed")
        visitor.page.emulate_media(media="print")
        expect(closed).to_be_hidden()
