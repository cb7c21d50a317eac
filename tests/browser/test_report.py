"""The report opens with the network refused, draws everything, and prints whole."""

import re

import pytest

from collection.items import text_item
from tests.browser.test_every_page import violations
from tests.exchange.report.report_sessions import few_items, session_of, written

pytestmark = pytest.mark.browser

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
MM = 96 / 25.4
WIDE, HIGH = 180 * MM, 267 * MM
"""Pixels of a page of A4 between margins of 15 mm."""

_TOO_LARGE = """([wide, high]) => [...document.querySelectorAll(
    'h1, h2, h3, p, li, dt, dd, table, figure, section.chart, .plot, .plot svg')]
    .filter(each => each.getBoundingClientRect().right > wide + 1
        || each.matches('section.chart, li') && each.getBoundingClientRect().height > high)
    .map(each => each.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    collection = few_items(26, 29)
    text = text_item(HOSTILE)
    pair = (text.id, collection.pictures[0].id)
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(written(session_of(collection.adding([text], [pair]))), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def opened(browser, address):
    """Open the report where nothing but files can be had; no word of the console may be left."""
    context = browser.new_context(offline=True, color_scheme="dark")
    tried, said = [], []

    def refuse(route):
        if route.request.url.startswith(("file:", "data:")):
            route.continue_()
        else:
            tried.append(route.request.url)
            route.abort()

    context.route("**/*", refuse)
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(address)
    page.wait_for_function("document.querySelectorAll('.js-plotly-plot .main-svg').length >= 6")
    yield page
    assert tried == []
    assert said == []
    context.close()


def test_all_charts_are_drawn_without_a_network_and_axe_has_nothing_to_say(opened):
    assert opened.locator(".js-plotly-plot").count() == 6
    cells = opened.locator(".js-plotly-plot .hm image")
    assert cells.count() == 2
    assert opened.locator("#map-0 .trace.scatter").count() > 0
    assert (
        opened.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    )
    assert violations(opened) == []


def test_it_prints_whole(opened):
    opened.set_viewport_size({"width": round(WIDE), "height": round(HIGH)})
    opened.emulate_media(media="print")
    assert opened.evaluate("document.documentElement.scrollWidth") <= round(WIDE)
    assert opened.evaluate(_TOO_LARGE, [WIDE, HIGH]) == []
    height = opened.evaluate("document.documentElement.scrollHeight")
    printed = opened.pdf(prefer_css_page_size=True, print_background=True)
    pages = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert pages >= height / HIGH
    opened.emulate_media(media="screen")
    assert re.search(rb"/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]", printed)


def test_on_a_phone_only_charts_and_tables_scroll_sideways(opened):
    opened.set_viewport_size({"width": 420, "height": 800})
    assert opened.evaluate("document.documentElement.scrollWidth") == 420
    for link in opened.locator("nav a").all():
        assert link.bounding_box()["height"] >= 40
