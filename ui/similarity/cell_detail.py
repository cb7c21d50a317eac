"""One cell of the heatmaps, large: both items, and what is known about them."""

import html
from collections.abc import Sequence

import streamlit as st

from collection.items import Item, PictureItem
from collection.samples import SAMPLES, is_sample_item, sample_notes
from ui.elements.more_like_this import like_button
from ui.elements.text import markdown_text
from ui.elements.tiles import whole_picture
from ui.similarity.heatmap_panel import Panel
from ui.state.session import Session

_NO_VALUE = "no value"


def cell_detail(
    state: Session, panels: Sequence[Panel], row: Item, column: Item, at: tuple[int, int]
) -> None:
    """Draw the cell of these two items, which stands at this place in the heatmaps."""
    for side, item, key in zip(st.columns(2), (row, column), ("row", "column"), strict=True):
        with side:
            if isinstance(item, PictureItem):
                st.html(whole_picture(item, 320))
            else:
                st.html(f'<p class="caption-large">“{html.escape(item.text)}”</p>')
            like_button(state, item, f"like-{key}")
    st.table(_in_numbers(state, panels, at), hide_index=True)
    for note in filter(None, map(_note, (row, column))):
        st.caption(f":material/lightbulb: {markdown_text(note)}")


def _note(item: Item) -> str | None:
    """Return what to learn from this picture, if it is one of the known misses of a sample."""
    if not isinstance(item, PictureItem) or not is_sample_item(item.id):
        return None
    notes = (sample_notes(key).get(item.name) for key in SAMPLES)
    return next(filter(None, notes), None)


def _in_numbers(
    state: Session, panels: Sequence[Panel], at: tuple[int, int]
) -> list[dict[str, str]]:
    """Return what each Setup says, a row each: the cosine, and the rank both ways."""
    table = []
    for panel in panels:
        found = panel.comparison
        score = panel.score[0].upper() + panel.score[1:]
        known = bool(found.row_ranks[at])
        by_row = f"{found.row_ranks[at]} of {found.ranked_columns}"
        by_column = f"{found.column_ranks[at]} of {found.ranked_rows}"
        table.append(
            {
                "Setup": state.compared.name_of(panel.embeddings.setup),
                score: f"{found.cosines[at]:z.2f}" if known else _NO_VALUE,
                "Rank of the column, for this row": by_row if known else _NO_VALUE,
                "Rank of the row, for this column": by_column if known else _NO_VALUE,
            }
        )
    return table
