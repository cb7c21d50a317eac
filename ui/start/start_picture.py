"""The picture on the start page: the smallest sample, really embedded, as a map."""

import threading

import plotly.graph_objects as go
import streamlit as st

from charts.scatter_map import ScatterMap, map_figure
from collection.samples import load_sample
from ui.elements.rerun_when import rerun_when
from ui.elements.theme import ink
from ui.map.cached import quick_pca
from ui.map.chart import scatter_map
from ui.warm_up import START_SAMPLE, start_embeddings

_HEIGHT = 380
_PICTURE_SHARE = 0.2
"""The side of a picture, of the map's height: so that the cat's own line begins outside of it."""
_MARGIN = 0.6
"""Around the outermost points, in sides of a picture; the captions are written there, too."""


def start_picture(warming_up: threading.Thread) -> None:
    """Draw the picture as soon as it is computed; its place is kept until then."""
    with st.container(height=_HEIGHT + 24, border=False):
        if warming_up.is_alive():
            rerun_when(
                lambda: not warming_up.is_alive(),
                every=0.4,
                meanwhile="The picture is being computed on this machine …",
            )
        else:
            _draw()


def _draw() -> None:
    embeddings = start_embeddings()
    xy, _ = quick_pca(embeddings)
    chart = scatter_map(load_sample(START_SAMPLE), embeddings, xy)
    st.plotly_chart(
        start_figure(chart, ink()),
        key="start-picture",
        width="stretch",
        config={"displayModeBar": False, "staticPlot": True},
        alt="Two captions and two pictures as points: each caption lies near its own picture.",
    )


def start_figure(chart: ScatterMap, ink: str) -> go.Figure:
    """Return the map with pictures so small, and so near its edges, that each line can be seen.

    A map that fits many points is a square with larger pictures; the cat's caption is so close to
    the cat that there the picture covers the line.
    """
    figure = map_figure(chart, ink, height=_HEIGHT, interactive=False)
    low, high = chart.xy.min(axis=0), chart.xy.max(axis=0)
    size = float((high - low)[1]) * _PICTURE_SHARE / (1 - 2 * _MARGIN * _PICTURE_SHARE)
    for image in figure.layout.images:
        image.update(sizex=size, sizey=size)
    (left, bottom), (right, top) = low - _MARGIN * size, high + _MARGIN * size
    # A part of the window, not more of the map: else Plotly keeps the room that a wide window
    # gave, and the pictures stay small where the window becomes narrow.
    figure.update_xaxes(range=[float(left), float(right)], constrain="domain")
    figure.update_yaxes(range=[float(bottom), float(top)], constrain="domain")
    return figure
