"""All pages, one after the other, each in a state in which it has something to show."""

import re
from collections.abc import Iterator

from playwright.sync_api import expect

from tests.browser.journey import HEATMAPS, MAPS
from tests.browser.plotly_chart import PlotlyChart
from tests.browser.search_journey import search_for
from tests.browser.visitor import MUCH_PATIENCE, PAGES, Visitor


def fill(visitor: Visitor) -> None:
    """Load the gallery and embed it with the providers of this machine."""
    visitor.open()
    visitor.press(visitor.button("Show me"))
    expect(visitor.main.locator(".verdicts tbody tr")).to_have_count(2)
    visitor.settle()


def filled_pages(visitor: Visitor) -> Iterator[str]:
    """Go to every page, and let each show something; names it."""
    for label in PAGES:
        visitor.go_to(label)
        for key in {"Similarity": HEATMAPS, "Map": MAPS}.get(label, ()):
            PlotlyChart(visitor.page, key).wait()
        if label == "Map":
            visitor.sees(re.compile(r"^UMAP · trustworthiness"), 2, MUCH_PATIENCE)
        if label == "Search":
            search_for(visitor, "fruit")
        visitor.settle()
        visitor.page.wait_for_timeout(400)  # what fades in has come to rest
        yield label
