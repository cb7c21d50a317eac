"""The chosen cell in one strip: both items, and what every Setup says about them."""

import html
from collections.abc import Sequence

import streamlit as st

from charts.labels import shortened
from charts.palette import setup_colour
from charts.thumbnails import data_uri
from collection.items import Item, PictureItem
from ui.similarity.cell_detail import cell_detail
from ui.similarity.chosen_cell import forget_cell
from ui.similarity.heatmap_panel import Panel
from ui.similarity.heatmap_view import HeatmapView
from ui.state.session import Session

_PIXELS = 88


def cell_strip(
    state: Session, view: HeatmapView, panels: Sequence[Panel], cell: tuple[str, str]
) -> None:
    """Draw the strip of a cell, which has a close-up behind a button."""
    row, column = (state.collection.items[item_id] for item_id in cell)
    at = view.place_of(*cell)
    assert at is not None, "Only a cell that is shown is chosen."
    figures = "".join(_figures(state, panel, at) for panel in panels)
    with st.container(key="cell-strip", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(
            f'<div class="cell">{_item(row)}<b aria-hidden="true">×</b>{_item(column)}</div>'
            f'<ul class="cell-figures">{figures}</ul>'
        )
        with st.container(horizontal=True, width="content", gap="small"):
            with st.popover("Close up", icon=":material/zoom_in:", key="close-up"):
                cell_detail(state, panels, row, column, at)
            st.button("Close", icon=":material/close:", key="forget-cell", on_click=forget_cell)


def _item(item: Item) -> str:
    if isinstance(item, PictureItem):
        name = html.escape(item.name, quote=True)
        return f'<img src="{data_uri(item, _PIXELS)}" alt="{name}" title="{name}">'
    return f"<q>{html.escape(shortened(item.label, 90))}</q>"


def _figures(state: Session, panel: Panel, at: tuple[int, int]) -> str:
    setup, found = panel.embeddings.setup, panel.comparison
    colour = setup_colour(state.compared.colour_index(setup))
    words = "no value"
    if found.row_ranks[at]:
        words = (
            f"{panel.score} <b>{found.cosines[at]:z.2f}</b>, rank {found.row_ranks[at]} of "
            f"{found.ranked_columns} in its row, {found.column_ranks[at]} of {found.ranked_rows} "
            "in its column"
        )
    name = html.escape(state.compared.name_of(setup))
    return f'<li style="border-color:{colour}">{name}: {words}</li>'
