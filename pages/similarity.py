"""Similarity: which caption fits which picture? Heatmaps side by side."""

from collections.abc import Mapping

import streamlit as st

from space.order import ORDERS, Order
from space.similarity import SCALES, TEMPERATURE, Scale
from ui.elements.choice import one_of
from ui.elements.columns import side_by_side
from ui.elements.setup_header import setup_header
from ui.run.empty_state import needs_results
from ui.shell import open_page, question
from ui.similarity.cell_detail import cell_detail
from ui.similarity.heatmap_panel import heatmap_panel, listen_to_panels
from ui.similarity.heatmap_view import VIEW_KEY, VIEWS, HeatmapView, heatmap_view
from ui.state.session import Session


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


def controls(state: Session) -> HeatmapView:
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


state = open_page("Similarity")
question(
    "Which caption fits which picture?",
    VIEWS[st.session_state.get(VIEW_KEY, "captions")].look_for,
)
needs_results(state)
view = controls(state)
if not view.shown_rows or not view.shown_columns:
    st.info("This view needs captions and pictures. Add some, or look at All × all.")
    st.page_link("pages/collection.py", label="Add some", icon=":material/photo_library:")
    st.stop()
panels = []
for column, embeddings in zip(side_by_side(len(state.shown)), state.shown.values(), strict=True):
    with column:
        setup_header(state, embeddings)
        key = f"heatmap-{state.lineup.place(embeddings.setup)}"
        panels.append(heatmap_panel(state, view, embeddings, key))
clicked = listen_to_panels(view, panels)
st.caption(view.scale_in_words)
cell_detail(state, view, panels, clicked)
