"""The cell that a person has chosen: by a click, by a miss, or by two lists."""

from collections.abc import Sequence

import streamlit as st

from collection.items import Item
from ui.elements.item_labels import item_labels
from ui.similarity.heatmap_view import HeatmapView

_CELL = "chosen-cell"
_ROW, _COLUMN = "cell-row", "cell-column"


def chosen_cell(view: HeatmapView) -> tuple[str, str] | None:
    """Return the ids of row and column of the chosen cell; None where none is, or it is hidden."""
    cell: tuple[str, str] | None = st.session_state.get(_CELL)
    return cell if cell is not None and view.place_of(*cell) is not None else None


def choose_cell(row_id: str, column_id: str) -> None:
    """Choose this cell."""
    st.session_state[_CELL] = (row_id, column_id)


def forget_cell() -> None:
    """Choose no cell."""
    st.session_state.pop(_CELL, None)


def cell_lists(view: HeatmapView) -> None:
    """Let people choose a cell without a mouse: its row and its column, from two lists."""
    row, column = chosen_cell(view) or (None, None)
    with st.popover("Choose a cell", icon=":material/ads_click:", key="choose-cell"):
        st.caption("Or click one in a heatmap below.")
        _list("Row", _ROW, view.shown_rows, row)
        _list("Column", _COLUMN, view.shown_columns, column)


def _list(label: str, key: str, items: Sequence[Item], chosen: str | None) -> None:
    label_of = item_labels(items)
    # A cell that was clicked shows here, too; in a closed popover the former choice would stay.
    if chosen is not None or st.session_state.get(key) not in label_of:
        st.session_state[key] = chosen
    st.selectbox(
        label,
        list(label_of),
        index=None,
        key=key,
        format_func=lambda item_id: label_of[item_id],
        placeholder="Choose",
        on_change=_take_lists,
    )


def _take_lists() -> None:
    row, column = st.session_state.get(_ROW), st.session_state.get(_COLUMN)
    if row is not None and column is not None:
        choose_cell(row, column)
