"""One cell of the heatmaps, large: both items, and what every provider says about them."""

import html
from collections.abc import Sequence
from typing import Any

import streamlit as st

from collection.items import Item, PictureItem
from collection.samples import SAMPLES, is_sample_item, sample_notes
from ui.elements.item_labels import item_labels
from ui.elements.more_like_this import like_button
from ui.elements.text import markdown_text
from ui.elements.tiles import whole_picture
from ui.similarity.heatmap_panel import Panel
from ui.similarity.heatmap_view import HeatmapView
from ui.state.session import Session

_ROW, _COLUMN = "cell-row", "cell-column"
_NO_VALUE = "no value"


def cell_detail(
    state: Session,
    view: HeatmapView,
    panels: Sequence[Panel],
    clicked: tuple[str, str] | None,
) -> None:
    """Draw the chosen cell: chosen by a click on a heatmap, or by the two lists."""
    if not view.shown_rows or not view.shown_columns:
        return
    if clicked is not None:
        st.session_state[_ROW], st.session_state[_COLUMN] = clicked
    _start_with_a_pair(state, view)
    st.subheader("One cell, close up", anchor=False)
    left, middle, right = st.columns([2, 2, 3], gap="medium")
    row = _choice(left, "Row", _ROW, view.shown_rows)
    column = _choice(middle, "Column", _COLUMN, view.shown_columns)
    for container, item, key in ((left, row, "like-row"), (middle, column, "like-column")):
        with container:
            like_button(state, item, key)
    with right:
        st.markdown("Click any cell above, or choose here.")
        st.table(_in_numbers(state, view, panels, row, column), hide_index=True)
        for note in filter(None, map(_note, (row, column))):
            st.caption(f":material/lightbulb: {markdown_text(note)}")


def _start_with_a_pair(state: Session, view: HeatmapView) -> None:
    """Choose a known pair at first, and again when the chosen items are no longer shown."""
    rows = {item.id for item in view.shown_rows}
    columns = {item.id for item in view.shown_columns}
    if st.session_state.get(_ROW) in rows and st.session_state.get(_COLUMN) in columns:
        return
    pair = next((p for p in state.collection.pairs if p[0] in rows and p[1] in columns), None)
    st.session_state[_ROW] = pair[0] if pair else view.shown_rows[0].id
    st.session_state[_COLUMN] = pair[1] if pair else view.shown_columns[-1].id


def _choice(container: Any, label: str, key: str, items: Sequence[Item]) -> Item:
    by_id = {item.id: item for item in items}
    label_of = item_labels(items)
    with container:
        chosen = st.selectbox(label, list(by_id), key=key, format_func=lambda id_: label_of[id_])
        item = by_id[chosen]
        if isinstance(item, PictureItem):
            st.html(whole_picture(item, 320))
        else:
            st.html(f'<p class="caption-large">“{html.escape(item.text)}”</p>')
    return item


def _note(item: Item) -> str | None:
    """Return what to learn from this picture, if it is one of the known misses of a sample."""
    if not isinstance(item, PictureItem) or not is_sample_item(item.id):
        return None
    notes = (sample_notes(key).get(item.name) for key in SAMPLES)
    return next(filter(None, notes), None)


def _in_numbers(
    state: Session, view: HeatmapView, panels: Sequence[Panel], row: Item, column: Item
) -> list[dict[str, str]]:
    """Return what each provider says, a row each: the cosine, and the rank both ways."""
    at = (view.shown_rows.index(row), view.shown_columns.index(column))
    table = []
    for panel in panels:
        found = panel.comparison
        known = bool(found.row_ranks[at])
        by_row = f"{found.row_ranks[at]} of {found.ranked_columns}"
        by_column = f"{found.column_ranks[at]} of {found.ranked_rows}"
        table.append(
            {
                "Provider": state.compared.name_of(panel.embeddings.setup),
                "Cosine": f"{found.cosines[at]:z.2f}" if known else _NO_VALUE,
                "Rank of the column, for this row": by_row if known else _NO_VALUE,
                "Rank of the row, for this column": by_column if known else _NO_VALUE,
            }
        )
    return table
