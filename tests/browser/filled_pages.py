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
            visitor.main.locator(".tiles").first.wait_for()
        visitor.settle()
        visitor.page.wait_for_timeout(400)  # what fades in has come to rest
        yield label


def further_views(visitor: Visitor, label: str) -> Iterator[None]:
    """Show what else a page can show, such as its other parts and what opens."""
    match label:
        case "Groups":
            visitor.press(visitor.main.locator(".group summary").first)
            visitor.press(visitor.main.get_by_text("How the groups were made"))
            visitor.press(visitor.main.get_by_text("All of it in one table"))
            yield
            visitor.press(visitor.main.get_by_role("radio", name="Groups on the map"))
            for place in range(len(MAPS)):
                PlotlyChart(visitor.page, f"group-map-{place}").wait()
            yield
            visitor.press(visitor.main.get_by_role("radio", name="Groups", exact=True))
            visitor.settle()
        case "Odd ones out":
            visitor.press(visitor.main.locator(".finding summary").first)
            yield
            visitor.press(visitor.button("Plant a wrong caption"))
            expect(visitor.main.locator(".look-through")).to_be_visible()
            yield
            visitor.press(visitor.button("Reveal what the models say"))
            expect(visitor.main.locator(".swapped")).to_be_visible()
            yield
            visitor.press(visitor.button("Put it right"))
            visitor.settle()
        case "Scorecard":
            visitor.press(visitor.main.get_by_text("All measures"))
            for section in visitor.main.locator("[data-testid=stExpander] summary").all():
                visitor.press(section)
                visitor.settle()
            yield
        case "Similarity":
            visitor.press(visitor.main.locator(".misses button").first)
            expect(visitor.main.locator(".cell")).to_be_visible()
            yield
            visitor.press(visitor.main.get_by_role("radio", name="All × all"))
            visitor.sees("Are captions closer to captions than to their pictures?")
            yield
            visitor.press(visitor.main.get_by_role("radio", name="Captions × pictures"))
            visitor.settle()
