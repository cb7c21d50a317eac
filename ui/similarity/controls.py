"""The choices of the Similarity page: what against what, in which order, on which scale."""

import streamlit as st

from space.order import ORDERS
from space.similarity import SCALES
from ui.elements.choice import choose_entry
from ui.elements.page_of import first_of_page
from ui.elements.setting import setting_field
from ui.similarity.heatmap_view import VIEW_KEY, VIEWS, WINDOW, HeatmapView, in_order
from ui.state.session import Session


def similarity_controls(state: Session) -> HeatmapView:
    """Draw the choices, and return what every panel shows."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        view = VIEWS[choose_entry("Show", VIEWS, VIEW_KEY, "captions")]
        order = choose_entry("Order", ORDERS, "heatmap-order", "pair", in_a_list=True)
        scale = choose_entry("Scale", SCALES, "heatmap-scale", "cosine", in_a_list=True)
        setting, parameter = SCALES[scale].parameter, 0.0
        if setting is not None:
            parameter = setting_field(setting, f"heatmap-{setting.name}", width=210)
        texts, pictures = in_order(state, order)
        rows, columns = view.rows(texts, pictures), view.columns(texts, pictures)
        return HeatmapView(
            view,
            rows,
            columns,
            _window(view.of_rows, len(rows)),
            _window(view.of_columns, len(columns)),
            scale,
            parameter,
        )


def _window(label: str, count: int) -> int:
    return first_of_page(label, count, WINDOW, key=f"window-{label}", width=210)
