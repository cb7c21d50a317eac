"""The choices of the Similarity page: what against what, which rows, in which order and scale."""

from collections.abc import Callable, Sequence

import streamlit as st

from space.order import ORDERS
from space.similarity import SCALES
from ui.elements.choice import choose_entry, choose_one
from ui.elements.correction import choose_correction
from ui.elements.page_of import first_of_page
from ui.elements.setting import setting_field
from ui.similarity.chosen_cell import cell_lists
from ui.similarity.found import Miss, misses
from ui.similarity.heatmap_view import VIEW_KEY, VIEWS, WINDOW, HeatmapView, Items, in_order
from ui.state.session import Session

ROWS: dict[str, Callable[[Miss], bool]] = {
    "All rows": lambda miss: True,
    "Misses": lambda miss: True,
    "Setups differ": lambda miss: not miss.by_all,
}
"""Which rows are shown, of the captions that some Setup misses; all rows are not only those."""


def similarity_controls(state: Session) -> HeatmapView:
    """Draw the choices in one line, and return what every panel shows."""
    with st.container(
        key="similarity-controls", horizontal=True, vertical_alignment="center", gap="small"
    ):
        view = VIEWS[choose_entry("Show", VIEWS, VIEW_KEY, "captions", bare=True)]
        which = next(iter(ROWS))
        if not view.same:
            which = choose_one("Rows", list(ROWS), "heatmap-rows", bare=True)
        with st.popover("Order and scale", icon=":material/tune:", key="heatmap-settings"):
            order = choose_entry("Order", ORDERS, "heatmap-order", "pair", in_a_list=True)
            scale = choose_entry("Scale", SCALES, "heatmap-scale", "cosine", in_a_list=True)
            setting, parameter = SCALES[scale].parameter, 0.0
            if setting is not None:
                parameter = setting_field(setting, f"heatmap-{setting.name}", width=210)
            st.caption(f"**{SCALES[scale].title}**: {SCALES[scale].sentence}")
            choose_correction("similarity")
        texts, pictures = in_order(state, order)
        rows, columns = view.rows(texts, pictures), view.columns(texts, pictures)
        filtered = _filtered(state, rows, which)
        chosen = HeatmapView(
            view,
            rows,
            columns,
            filtered,
            _window(view.of_rows, filtered),
            _window(view.of_columns, columns),
            scale,
            parameter,
        )
        cell_lists(chosen)
    return chosen


def _filtered(state: Session, rows: Items, which: str) -> Items:
    """Return the rows that are asked for, in their order."""
    if which == next(iter(ROWS)):
        return rows
    wanted = {
        miss.caption_id for miss in misses(state.collection, state.shown) if ROWS[which](miss)
    }
    return tuple(item for item in rows if item.id in wanted)


def _window(label: str, items: Sequence[object]) -> int:
    return first_of_page(label, len(items), WINDOW, key=f"window-{label}", width=210)
