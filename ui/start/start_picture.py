"""The picture on the start page: the smallest sample, really embedded, as a map."""

import threading

import streamlit as st

from charts.scatter_map import map_figure
from collection.samples import load_sample
from ui.elements.rerun_when import rerun_when
from ui.elements.theme import ink
from ui.map.cached import quick_pca
from ui.map.chart import scatter_map
from ui.warm_up import START_SAMPLE, start_embeddings

_HEIGHT = 380


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
        map_figure(chart, ink(), height=_HEIGHT, interactive=False),
        key="start-picture",
        width="stretch",
        config={"displayModeBar": False, "staticPlot": True},
        alt="Two captions and two pictures as points: each caption lies near its own picture.",
    )
