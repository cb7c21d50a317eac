"""A chart of the page with its Save picture, for charts that are the same when they stand alone."""

from collections.abc import Callable

import plotly.graph_objects as go
import streamlit as st

from charts.palette import INK
from charts.standalone import standalone_chart
from ui.elements.save_picture import ChartPicture, plain_name, save_picture
from ui.elements.theme import ink


def saved_chart(
    key: str,
    draw: Callable[[str], go.Figure],
    title: str,
    alt: str,
    *,
    width: int = 900,
    legend: bool = False,
    still: bool = False,
    bitmap: str = "",
) -> None:
    """Draw a chart, without Plotly's own buttons, and the control that saves it.

    `draw`: from the colour of its words; `title`: what stands above the picture, and names its
    file; `alt`: what a screen reader says of the chart; `width`: of the picture, in pixels;
    `legend`: whether the picture needs the names of its traces, which the page tells by its tables;
    `still`: whether the chart does not answer to the pointer; `bitmap`: see `ChartPicture`.
    """
    with st.container():
        config = {"displayModeBar": False, "staticPlot": still}
        st.plotly_chart(draw(ink()), key=key, width="stretch", config=config, alt=alt)
        picture = ChartPicture(
            of=title,
            file_name=plain_name(title),
            draw=lambda: standalone_chart(draw(INK["light"]), title, legend=legend),
            width=width,
            bitmap=bitmap,
        )
        save_picture(plain_name(key), picture)
