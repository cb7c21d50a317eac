"""Every page as it is seen: by size, by theme, by finger and by screen reader.

Each look goes through all pages once, and the tests judge what was measured on the way.
"""

from dataclasses import dataclass
from statistics import median
from typing import Literal, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.filled_pages import fill, filled_pages, further_views
from tests.browser.visitor import PAGES, Visitor

pytestmark = pytest.mark.browser


class Look(NamedTuple):
    """A window: its size and theme; how deep the first result may stand, how tall a page may be."""

    width: int
    height: int
    scheme: Literal["light", "dark"] = "light"
    deepest: int | None = None
    tallest: int | None = None


LOOKS = {
    "projector": Look(1280, 720, deepest=260),
    "dark": Look(1280, 900, "dark"),
    "phone": Look(420, 800, deepest=420, tallest=3_000),
    "zoom": Look(640, 450, deepest=450),
}
FURTHER = ("dark", "phone")
"""The looks in which all that a page can show is looked at; the others see how it begins."""

TALLEST_PROVIDERS = 950
"""Pixels at 1280 wide: eight providers at a glance."""

PICTURES = {
    ("Similarity", "dark"): "similarity-dark",
    ("Map", "dark"): "map-dark",
    ("Similarity", "phone"): "similarity-narrow",
}

FIRST_RESULT = {
    "Start": ".st-key-start-picture .js-plotly-plot",
    "Collection": "[data-testid=stDataFrame]",
    "Providers": ".st-key-provider-row-0",
    "Similarity": ".verdicts",
    "Map": ".st-key-map-0 .js-plotly-plot",
    "Search": ".tiles",
    "Groups": ".st-key-groups-agreement",
    "Odd ones out": ".finding",
    "Scorecard": ".st-key-conclusion",
    "Requests": "[data-testid=stCode]",
}
"""What answers a page's question, or the first part of it."""

_MEASURED = """selector => {
    const main = document.querySelector('[data-testid=stMain]');
    main.scrollTo(0, 0);
    return [
        main.querySelector(selector).getBoundingClientRect().top,
        document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight,
    ];
}"""

# What reaches beyond the window, by what it says; a table or a code block may scroll in itself.
_STICKING_OUT = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    const pages = [document.documentElement, main]
        .filter(part => part.scrollWidth > part.clientWidth)
        .map(part => `${part.tagName} is ${part.scrollWidth} of ${part.clientWidth} pixels wide`);
    const parts = [...main.querySelectorAll('[data-testid=stElementContainer]')]
        .filter(part => !part.closest('.st-key-heatmaps'))
        .filter(part => part.getBoundingClientRect().right > innerWidth + 1)
        .map(part => `${part.className}: ${part.innerText.slice(0, 80)}`);
    return [...pages, ...parts];
}"""

_BRIGHTNESS = """() => getComputedStyle(document.querySelector('[data-testid=stApp]'))
    .backgroundColor.match(/[0-9.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0)
    / (3 * 255)"""

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

# As for Cumulative Layout Shift: what follows a click within half a second is its answer, and here
# the change of the page itself.
_WATCH_SHIFTS = """() => {
    window.shifts = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) {
            if (!entry.hadRecentInput) window.shifts += entry.value;
        }
    }).observe({type: 'layout-shift'});
}"""
_MOST_SHIFT = 0.05
FILLED_BY_RESULTS = ("Similarity", "Map", "Search", "Groups", "Odd ones out", "Scorecard")
"""The pages whose parts come one after the other."""
_ROUNDS = 3

_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_COUNTED = ("moderate", "serious", "critical")


@dataclass(frozen=True)
class Seen:
    """What was measured on one page."""

    first: float
    whole: float
    sticking_out: list[str]
    small_targets: list[str]
    brightness: float
    violations: list[str]


@pytest.fixture(scope="module", params=LOOKS)
def look(request):
    return request.param


@pytest.fixture(scope="module")
def seen(browser, app, look):
    """Each page's measurements in one look."""
    size = LOOKS[look]
    pages = {}
    with Visitor(
        browser, app.address, width=size.width, height=size.height, colour_scheme=size.scheme
    ) as visitor:
        fill(visitor)
        for name in filled_pages(visitor):
            pages[name] = _seen(visitor.page, name, size)
            if (name, look) in PICTURES:
                visitor.keep_picture(PICTURES[name, look])
            if look in FURTHER:
                for _ in further_views(visitor, name):
                    visitor.settle()
                    pages[name].sticking_out.extend(visitor.page.evaluate(_STICKING_OUT))
                    pages[name].small_targets.extend(visitor.page.evaluate(_SMALL_TARGETS))
                    pages[name].violations.extend(judge(visitor.page, size))
    return pages


def _seen(page, name, size):
    first, whole = page.evaluate(_MEASURED, FIRST_RESULT[name])
    return Seen(
        first,
        whole,
        page.evaluate(_STICKING_OUT),
        page.evaluate(_SMALL_TARGETS),
        page.evaluate(_BRIGHTNESS),
        judge(page, size),
    )


def judge(page, size):
    """Return what axe-core objects to in a wide window, where it sees all that a narrow one has."""
    return violations(page) if size.width == 1280 else []


def violations(page):
    """Return what axe-core objects to on a page, a line a rule and place."""
    answer = Axe().run(page, options={"runOnly": list(_RULES), "resultTypes": ["violations"]})
    return [
        f"{one['id']} ({one['impact']}) {node['target']} {node['html'][:120]}"
        for one in answer.response["violations"]
        if one["impact"] in _COUNTED
        for node in one["nodes"]
    ]


def test_every_page_was_seen(seen):
    assert set(seen) == set(FIRST_RESULT) == set(PAGES)


def test_the_answer_stands_on_the_first_screen(seen, look):
    deepest = LOOKS[look].deepest
    deep = {name: page.first for name, page in seen.items() if deepest and page.first > deepest}
    assert deep == {}


def test_no_page_is_too_tall(seen, look):
    tallest = LOOKS[look].tallest
    tall = {name: page.whole for name, page in seen.items() if tallest and page.whole > tallest}
    assert tall == {}
    if LOOKS[look].width == 1280:
        assert seen["Providers"].whole <= TALLEST_PROVIDERS


def test_every_page_fits_into_the_window(seen):
    assert {name: page.sticking_out for name, page in seen.items() if page.sticking_out} == {}


def test_every_page_has_the_chosen_theme(seen, look):
    light = {page.brightness > 0.5 for page in seen.values()}
    assert light == {LOOKS[look].scheme == "light"}


def test_no_page_has_a_serious_or_moderate_violation(seen):
    assert {name: page.violations for name, page in seen.items() if page.violations} == {}


def test_what_a_finger_meets_on_a_phone_is_at_least_forty_pixels_high(seen, look):
    if look == "phone":
        assert {n: page.small_targets for n, page in seen.items() if page.small_targets} == {}


def test_nothing_moves_while_a_page_fills_that_was_seen_before(browser, app):
    with Visitor(browser, app.address, height=720) as visitor:
        fill(visitor)
        for _ in filled_pages(visitor):
            pass
        visitor.page.evaluate(_WATCH_SHIFTS)
        shifts = {name: [] for name in PAGES if name in FILLED_BY_RESULTS}
        for _ in range(_ROUNDS):
            for name in shifts:
                visitor.page.evaluate("() => { window.shifts = 0; }")
                visitor.go_to(name)
                visitor.page.wait_for_timeout(300)
                shifts[name].append(visitor.page.evaluate("() => window.shifts"))
        moved = {name: found for name, found in shifts.items() if median(found) > _MOST_SHIFT}
        assert moved == {}
