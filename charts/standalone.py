"""Charts that stand alone, in a file or on paper: in light colours, titled, their rows named."""

import math
from collections.abc import Mapping
from types import MappingProxyType

import plotly.graph_objects as go

from charts.group_marks import group_label
from charts.heatmap import LABELLED_ROWS, Heatmap, similarity_heatmap
from charts.labels import plotly_text
from charts.palette import FONT_SIZE, INK, MARK_COLOURS, MARK_SYMBOLS, group_colour
from charts.scatter_map import ScatterMap, map_figure
from collection.items import Modality

PAPER = "#ffffff"
_TITLE = 44
"""Pixels above a chart for its title."""
_NAME_LETTERS = 36
_KINDS = {Modality.TEXT: "caption", Modality.PICTURE: "picture"}
_NO_GROUPS: Mapping[int, str] = MappingProxyType({})
_GROUPS_NAMED = 24
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


def standalone_map(
    chart: ScatterMap, title: str, height: int = 520, *, groups: Mapping[int, str] = _NO_GROUPS
) -> go.Figure:
    """Draw a map with its title, and what its marks mean; `groups`: by their number their names."""
    figure = titled(map_figure(chart, INK["light"], height, interactive=False), title)
    figure.update_traces(showlegend=False)
    kinds = {item.modality for item in chart.items}
    if figure.layout.images:  # pictures are shown as themselves
        kinds.discard(Modality.PICTURE)
    for modality in sorted(kinds):
        colour = MARK_COLOURS[modality] if chart.groups is None else INK["light"]
        _explain(figure, _KINDS[modality], MARK_SYMBOLS[modality], colour)
    shown = [number for number in groups if number in (chart.groups or ())][:_GROUPS_NAMED]
    for number in shown:
        name = f"{group_label(number)} {plotly_text(groups[number], _NAME_LETTERS)}"
        _explain(figure, name, "square", group_colour(number))
    below = _LEGEND_ROW * (1 + math.ceil((len(kinds) + len(shown)) / 2))  # at least two in a row
    legend = {"orientation": "h", "x": 0, "xanchor": "left", "y": 0, "yanchor": "top"}
    figure.update_layout(showlegend=True, legend=legend, height=figure.layout.height + below)
    figure.update_layout(margin={"b": figure.layout.margin.b + below})
    return figure


def _explain(figure: go.Figure, name: str, symbol: str, colour: str) -> None:
    """Add a mark to the legend alone."""
    marker = {"symbol": symbol, "color": colour, "size": 11}
    figure.add_scatter(name=name, x=[None], y=[None], mode="markers", marker=marker)


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
