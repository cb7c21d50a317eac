"""The choices of the Similarity page: what against what, in which order, on which scale."""

from collections.abc import Mapping

import streamlit as st

from space.order import ORDERS, Order
from space.similarity import SCALES, TEMPERATURE, Scale
from ui.elements.choice import one_of
from ui.similarity.heatmap_view import VIEW_KEY, VIEWS, HeatmapView, heatmap_view
from ui.state.session import Session


def similarity_controls(state: Session) -> HeatmapView:
    """Draw the choices: what against what, in which order, on which scale."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        view = one_of(
            "Show",
            list(VIEWS),
            VIEW_KEY,
            default="captions",
            in_words=lambda name: VIEWS[name].title,
        )
        order = _choose("Order", ORDERS, "heatmap-order", first="pair")
        scale = _choose("Scale", SCALES, "heatmap-scale", first="cosine")
        temperature = TEMPERATURE
        if scale == "softmax":
            temperature = st.slider(
                "Temperature",
                min_value=0.01,
                max_value=0.5,
                value=0.05,
                step=0.01,
                width=210,
                key="heatmap-temperature",
                persist_state="session",
            )
        return heatmap_view(state, view, order, scale, temperature)


def _choose(label: str, table: Mapping[str, Scale | Order], key: str, first: str) -> str:
    return st.selectbox(
        label,
        list(table),
        index=list(table).index(first),
        format_func=lambda name: table[name].title,
        help="  \n".join(f"**{entry.title}**: {entry.sentence}" for entry in table.values()),
        width=230,
        key=key,
        persist_state="session",
    )
