"""Charts on paper: as wide as a page's text, never taller than a page, in letters of 10 points."""

from dataclasses import replace

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from charts.density_curves import DensityCurves, density_curves
from charts.heatmap import Heatmap, heatmap_height
from charts.palette import FONT_SIZE, INK
from charts.scatter_map import ScatterMap, map_figure
from charts.standalone import PAPER, named_heatmap

WIDTH = 672
"""Pixels; 178 of the 180 mm that A4 has between margins of 15 mm."""

TALLEST = 760
"""Pixels; with two headings and a few lines it fits on a page of A4."""

NAMED_ROWS = 36
"""Up to so many rows there is room for their names."""

HALF = 425
"""Pixels; two such charts fit on a page."""

_LEAST_ROW = 17
"""Pixels; rows as low as this can still be named."""

_MAP_HEIGHT = 560
_DENSITIES_HEIGHT = 250


def printed_heatmap(heatmap: Heatmap) -> go.Figure:
    """Draw a heatmap, its rows named where there is room, low enough for a page or half of one."""
    frame = heatmap_height(0, heatmap.columns)
    rows = heatmap_height(len(heatmap.rows), heatmap.columns) - frame
    half = frame + _LEAST_ROW * len(heatmap.rows) <= HALF
    times = min(1.0, ((HALF if half else TALLEST) - frame) / rows)
    return _printed(named_heatmap(replace(heatmap, times=times), NAMED_ROWS))


def printed_map(chart: ScatterMap, *, low: bool = False) -> go.Figure:
    """Draw a map, none of it by WebGL, which browsers leave out on paper.

    low: whether two of them are to fit on a page.
    """
    height = HALF if low else _MAP_HEIGHT
    figure = _printed(map_figure(chart, INK["light"], height, interactive=False))
    figure.update_xaxes(showline=True, mirror=True, linecolor="#bbb")
    figure.update_yaxes(showline=True, mirror=True, linecolor="#bbb")
    return figure


def printed_densities(chart: DensityCurves) -> go.Figure:
    """Draw the cosines of true pairs against those of all others."""
    return _printed(density_curves(chart, INK["light"], _DENSITIES_HEIGHT))


def figure_json(figure: go.Figure) -> str:
    """Return the figure as JSON that may stand in a script element: it holds no `<`."""
    return str(figure.to_json()).replace("<", "\\u003c")


def plotly_script() -> str:
    """Return plotly.js, which draws the JSON of figures."""
    return str(get_plotlyjs())


def _printed(figure: go.Figure) -> go.Figure:
    """Return the figure in light colours and of a fixed width, without what only a mouse needs."""
    traces = [_as_svg(trace) for trace in figure.data]
    for trace in traces:
        trace.customdata = None
        size = trace.textfont.size if "textfont" in trace else None
        if size is not None and size < FONT_SIZE:
            trace.textfont.size = FONT_SIZE
    paper = go.Figure(traces, figure.layout)
    paper.update_layout(
        width=WIDTH, autosize=False, template="none", paper_bgcolor=PAPER, plot_bgcolor=PAPER
    )
    paper.update_yaxes(tickfont={"size": FONT_SIZE})
    return paper


def _as_svg(trace: go.Scatter) -> go.Scatter:
    if trace.type != "scattergl":
        return trace
    return go.Scatter({**trace.to_plotly_json(), "type": "scatter"})
