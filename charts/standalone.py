"""Charts that stand alone, in a file or on paper: in light colours, titled, their rows named."""

import plotly.graph_objects as go

from charts.heatmap import LABELLED_ROWS, Heatmap, similarity_heatmap
from charts.labels import plotly_text
from charts.palette import FONT_SIZE, INK
from charts.scatter_map import ScatterMap, map_figure

PAPER = "#ffffff"
_TITLE = 44
"""Pixels above a chart for its title."""
_NAME_LETTERS = 36
_LEGEND = 240
"""Pixels right of a chart for the names of its traces."""
_LEGEND_ROW = 20
"""Pixels for the name of a trace; what has no room would be cut from a picture."""


def standalone_heatmap(heatmap: Heatmap, title: str) -> go.Figure:
    """Draw a heatmap with its title, and the names of its rows where they can be read."""
    return titled(named_heatmap(heatmap), title)


def named_heatmap(heatmap: Heatmap, most: int = LABELLED_ROWS) -> go.Figure:
    """Draw a heatmap with the names of its rows, where there are at most so many."""
    figure = similarity_heatmap(heatmap, INK["light"])
    rows = range(len(heatmap.rows))
    if len(rows) <= most:
        figure.update_yaxes(
            visible=True,
            tickmode="array",
            tickvals=list(rows),
            ticktext=[plotly_text(item.label, _NAME_LETTERS) for item in heatmap.rows],
            tickfont={"size": FONT_SIZE - 2},
            showline=False,
            ticks="",
            automargin=True,
        )
    return figure


def standalone_map(chart: ScatterMap, title: str, height: int = 520) -> go.Figure:
    """Draw a map with its title."""
    return titled(map_figure(chart, INK["light"], height, interactive=False), title)


def standalone_chart(figure: go.Figure, title: str, *, legend: bool = False) -> go.Figure:
    """Return a copy of a chart with its title; `legend`: and with the names of its traces."""
    copy = titled(go.Figure(figure), title)
    copy.update_xaxes(automargin=True, ticks="")
    copy.update_yaxes(automargin=True, ticks="")
    if legend:
        copy.update_layout(showlegend=True, legend={"x": 1.02, "y": 1, "traceorder": "normal"})
        margin = copy.layout.margin
        lowest = margin.t + _LEGEND_ROW * (len(copy.data) + 1) + (margin.b or 0)
        height = max(copy.layout.height, lowest)
        copy.update_layout(margin={"r": _LEGEND}, height=height)
    return copy


def titled(figure: go.Figure, title: str) -> go.Figure:
    """Return the figure with a title above it, on white; it grows by the height of the title."""
    above = figure.layout.margin.t or 0
    figure.update_layout(
        title={
            "text": plotly_text(title),
            "x": 0.01,
            "xanchor": "left",
            "yref": "container",
            "y": 1,
            "yanchor": "top",
            "pad": {"t": 10},
            "font": {"size": FONT_SIZE + 2, "color": INK["light"]},
        },
        margin={"t": above + _TITLE},
        height=(figure.layout.height or 450) + _TITLE,
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        font={"color": INK["light"]},
    )
    return figure
