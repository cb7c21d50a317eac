"""A Plotly chart as it stands in the window: where its marks are, and what the mouse does there.

It reads Plotly's own description of the drawn chart (`_fullLayout`, `_fullData`).
"""

from typing import NamedTuple

from playwright.sync_api import Locator, Page, expect

_GRAPH = "document.querySelector('.st-key-{key} .js-plotly-plot')"
_HOST = """([key, x, y]) => {
    const graph = document.querySelector(`.st-key-${key} .js-plotly-plot`);
    const {left, top} = graph.getBoundingClientRect();
    const {xaxis, yaxis} = graph._fullLayout;
    return [left + xaxis._offset + xaxis.c2p(x), top + yaxis._offset + yaxis.c2p(y)];
}"""
_TO_THE_MIDDLE = """async ([left, top]) => {
    document.querySelector('[data-testid=stMain]').scrollBy(0, top - innerHeight / 2);
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
_MARKS = """graph => graph._fullData
    .filter(trace => ['text', 'picture'].includes(trace.name))
    .flatMap(trace => Array.from(trace.x, (x, at) => [trace.customdata[at], x, trace.y[at]]))"""

_HAS_POINTS = """([key, trace, number]) => {
    const graphs = document.querySelectorAll(`.st-key-${key} .js-plotly-plot`);
    if (graphs.length !== 1 || !graphs[0]._fullData) return false;
    const traces = graphs[0]._fullData.filter(({name}) => name === trace);
    return traces.reduce((sum, {x}) => sum + x.length, 0) === number;
}"""

_HIDE = "tips => tips.forEach(tip => { tip.style.display = 'none'; })"

_TRIES = 10


class Mark(NamedTuple):
    """A mark of a map: its item's number, and its place in the units of the axes."""

    item: int
    x: float
    y: float


class PlotlyChart:
    """The chart with this Streamlit key."""

    def __init__(self, page: Page, key: str) -> None:
        self._page, self._key = page, key
        self._graph = page.locator(f".st-key-{key} .js-plotly-plot")

    def wait(self) -> None:
        """Wait until the chart is drawn."""
        expect(self._graph).to_have_count(1)
        expect(self._graph.locator(".main-svg").first).to_be_visible()
        self._page.wait_for_function(
            f"{_GRAPH.format(key=self._key)}?._fullLayout?.xaxis?.c2p !== undefined"
        )

    @property
    def pictures(self) -> Locator:
        """The thumbnails in the chart."""
        return self._graph.locator(".imagelayer image")

    @property
    def words(self) -> str:
        """All words written in the chart, a line each."""
        return "\n".join(self._graph.locator("svg text").all_text_contents())

    @property
    def marks(self) -> list[Mark]:
        """The marks of a map, those of all items."""
        return [Mark(*mark) for mark in self._graph.evaluate(_MARKS)]

    def has_points(self, trace: str, number: int) -> None:
        """Wait until the traces of this name have this many points."""
        self._page.wait_for_function(_HAS_POINTS, arg=[self._key, trace, number])

    def hover(self, x: float, y: float) -> str:
        """Rest the mouse at a place in the units of the axes; return what the tooltip says."""
        tip = self._page.get_by_role("tooltip")
        for _ in range(_TRIES):  # a chart that is drawn anew under the mouse hides its tooltip
            self._page.evaluate(_TO_THE_MIDDLE, self._place(x, y))
            left, top = self._place(x, y)
            self._page.mouse.move(left - 3, top + 150)
            # Where a chart is drawn anew just then, that of the place before would stay.
            self._page.locator(".tip").evaluate_all(_HIDE)
            self._page.mouse.move(left, top, steps=5)
            self._page.wait_for_timeout(500)  # polling: a tooltip comes late, or not at all
            if tip.is_visible():
                return tip.inner_text()
        raise AssertionError(f"No tooltip came up at {x}, {y} in {self._key}.")

    def click(self, x: float, y: float) -> str:
        """Click a place in the units of the axes; return what the tooltip said there."""
        said = self.hover(x, y)
        self._page.mouse.down()
        self._page.mouse.up()
        return said

    def lasso(self, left: float, right: float, bottom: float, top: float) -> None:
        """Draw a loop with the mouse around a rectangle in the units of the axes."""
        self._page.evaluate(_TO_THE_MIDDLE, self._place((left + right) / 2, (bottom + top) / 2))
        corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
        places = [self._place(x, y) for x, y in corners]
        self._page.mouse.move(*places[0])
        self._page.mouse.down()
        for place in places[1:]:
            self._page.mouse.move(*place, steps=12)
        self._page.mouse.up()

    def _place(self, x: float, y: float) -> tuple[float, float]:
        left, top = self._page.evaluate(_HOST, [self._key, x, y])
        return left, top
