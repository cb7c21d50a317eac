"""Every page in light and dark, on a wide screen and on a telephone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.journey import HEATMAPS, MAPS, verdicts
from tests.browser.plotly_chart import PlotlyChart
from tests.browser.search_journey import search_for
from tests.browser.visitor import MUCH_PATIENCE, PAGES, Visitor

pytestmark = pytest.mark.browser

WIDE, NARROW = (1280, 900), (420, 860)

# What reaches beyond the window, by what it says; a table or a code block may scroll in itself.
STICKING_OUT = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    const pages = [document.documentElement, main]
        .filter(part => part.scrollWidth > part.clientWidth)
        .map(part => `${part.tagName} is ${part.scrollWidth} of ${part.clientWidth} pixels wide`);
    const parts = [...main.querySelectorAll('[data-testid=stElementContainer]')]
        .filter(part => part.getBoundingClientRect().right > innerWidth + 1)
        .map(part => `${part.className}: ${part.innerText.slice(0, 80)}`);
    return [...pages, ...parts];
}"""
BRIGHTNESS = """() => getComputedStyle(document.querySelector('[data-testid=stApp]'))
    .backgroundColor.match(/[0-9.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0)
    / (3 * 255)"""


def see_as_it_is(visitor):
    """Most pages have one view."""
    yield


def see_the_hits(visitor):
    """Search has nothing to show before it is asked for something."""
    search_for(visitor, "a musical instrument with strings")
    visitor.sees(re.compile(r"^rank 1 of \d+$"), len(HEATMAPS))
    yield


def see_the_parts(visitor):
    """Groups has two parts, each with a group or a disclosure opened."""
    visitor.press(visitor.main.locator(".group summary").first)
    visitor.press(visitor.main.get_by_text("How the groups were made"))
    visitor.press(visitor.main.get_by_text("All of it in one table"))
    yield
    visitor.press(visitor.main.get_by_role("radio", name="Groups on the map"))
    for place in range(2):
        PlotlyChart(visitor.page, f"group-map-{place}").wait()
    yield


def see_the_exercise(visitor):
    """Odd ones out has its findings, what a class looks through, and what is revealed."""
    visitor.press(visitor.main.locator(".finding summary").first)
    yield
    visitor.press(visitor.button("Plant a wrong caption"))
    expect(visitor.main.locator(".look-through")).to_be_visible()
    yield
    visitor.press(visitor.button("Reveal what the models say"))
    expect(visitor.main.locator(".swapped")).to_be_visible()
    yield
    visitor.press(visitor.button("Put it right"))


VIEWS = {"Search": see_the_hits, "Groups": see_the_parts, "Odd ones out": see_the_exercise}
CHARTS = {"Start": ("start-picture",), "Similarity": HEATMAPS, "Map": MAPS}
PICTURES = {
    ("Similarity", "dark", WIDE): "similarity-dark",
    ("Map", "dark", WIDE): "map-dark",
    ("Similarity", "light", NARROW): "similarity-narrow",
}


# How wide a page is does not depend on its colours: each is looked at once.
@pytest.mark.parametrize(
    ("scheme", "size"),
    [("dark", WIDE), ("light", NARROW)],
    ids=["wide", "narrow"],
)
def test_every_page_fits_into_the_window(browser, app, scheme, size):
    width, height = size
    with Visitor(browser, app.address, width=width, height=height, colour_scheme=scheme) as visitor:
        visitor.open()
        visitor.press(visitor.button("Show me"))
        expect(verdicts(visitor)).to_have_count(2)
        for label in PAGES:
            visitor.go_to(label)
            for key in CHARTS.get(label, ()):
                PlotlyChart(visitor.page, key).wait()
            if label == "Map":
                visitor.sees(re.compile(r"^UMAP · trustworthiness"), 2, MUCH_PATIENCE)
            expect(visitor.main.get_by_role("heading", level=1)).to_be_visible()
            for _ in VIEWS.get(label, see_as_it_is)(visitor):
                visitor.settle()
                assert visitor.page.evaluate(STICKING_OUT) == []
            assert (visitor.page.evaluate(BRIGHTNESS) > 0.5) == (scheme == "light")
            if (label, scheme, size) in PICTURES:
                visitor.keep_picture(PICTURES[label, scheme, size])
