"""Where the answer to each page's question stands, how long pages are, and what a finger meets."""

import pytest

from tests.browser.filled_pages import fill, filled_pages
from tests.browser.visitor import PAGES, Visitor

pytestmark = pytest.mark.browser

FIRST_RESULT = {
    "Start": ".st-key-start-picture .js-plotly-plot",
    "Collection": "[data-testid=stDataFrame]",
    "Providers": ".st-key-provider-row-0",
    "Similarity": ".verdicts",
    "Map": ".st-key-map-0 .js-plotly-plot",
    "Search": ".tiles",
    "Groups": ".st-key-groups-agreement",
    "Odd ones out": ".finding",
    "Requests": "[data-testid=stAlert]",
}
"""What answers a page's question, or the first part of it."""

TALLEST = {"Providers": 950}
"""Pixels at 1280 wide, where a page has to be short."""

_MEASURED = """selector => {
    const main = document.querySelector('[data-testid=stMain]');
    main.scrollTo(0, 0);
    return [
        document.querySelector(`[data-testid=stMain] ${selector}`).getBoundingClientRect().top,
        document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight,
    ];
}"""
# Of Streamlit's own: the “?” of a help text and the buttons above a table are 16 to 24 pixels high,
# and a cell of a table is painted on a canvas.
_SMALL_TARGETS = """() => [...document.querySelectorAll(
        '[data-testid=stMain] :is(button, a, summary, input[type=checkbox], [role=radio])')]
    .filter(part => !part.closest('[data-testid=stTooltipIcon], [data-testid=stElementToolbar], '
        + '[data-testid=stDataFrame], .modebar, a.skip'))
    .map(part => part.closest('label') ?? part)
    .filter(part => part.checkVisibility({visibilityProperty: true, opacityProperty: true}))
    .filter(part => part.getBoundingClientRect().height < 39.5)
    .map(part => `${part.outerHTML.slice(0, 90)}: ${part.getBoundingClientRect().height}`)"""


@pytest.mark.parametrize(
    ("width", "height", "deepest", "tallest"),
    [(1280, 720, 260, None), (420, 800, 420, 3_000), (640, 450, 450, None)],
    ids=["projector", "phone", "zoom"],
)
def test_the_answer_stands_on_the_first_screen(browser, app, width, height, deepest, tallest):
    with Visitor(browser, app.address, width=width, height=height) as visitor:
        fill(visitor)
        deep, tall = {}, {}
        for name in filled_pages(visitor):
            first, whole = visitor.page.evaluate(_MEASURED, FIRST_RESULT[name])
            if first > deepest:
                deep[name] = first
            most = TALLEST.get(name) if width == 1280 else tallest
            if most is not None and whole > most:
                tall[name] = whole
        assert (deep, tall) == ({}, {})
        assert set(FIRST_RESULT) == set(PAGES)


def test_what_a_finger_meets_on_a_phone_is_at_least_forty_pixels_high(browser, app):
    with Visitor(browser, app.address, width=420, height=800) as visitor:
        fill(visitor)
        small = {
            name: found
            for name in filled_pages(visitor)
            if (found := visitor.page.evaluate(_SMALL_TARGETS))
        }
        assert small == {}
