"""The collection as a table: thumbnails, captions to edit, pairs at a glance."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import streamlit as st

from charts.thumbnails import data_uri
from collection.collection import Row
from collection.items import normalised_text, text_item
from collection.limits import MAX_CAPTION_CHARACTERS
from collection.upload import Remark
from ui.elements.page_of import first_of_page
from ui.elements.text import counted
from ui.state.session import Session, session

ROWS_A_PAGE = 100
_ROW_HEIGHT = 72


def caption_table(state: Session) -> None:
    """Draw the table; edits go into the collection as they are made."""
    rows = state.editing.table_rows()
    first = first_of_page("Rows", len(rows), ROWS_A_PAGE, key="table-page", width=260)
    shown = rows[first : first + ROWS_A_PAGE]
    key = f"captions-{state.editing.edits}-{first}"
    names = state.collection.label_names
    st.data_editor(
        {
            "remove": [False] * len(shown),
            "picture": [data_uri(row.picture, 112) if row.picture else None for row in shown],
            "caption": [row.text.text if row.text else "" for row in shown],
            "pair": [_pair_in_words(row) for row in shown],
            "file": [row.picture.name if row.picture else "" for row in shown],
            **{f"label {at}": _labels(state, shown, name) for at, name in enumerate(names)},
        },
        key=key,
        on_change=_apply_edits,
        args=(key, first),
        row_height=_ROW_HEIGHT,
        height=min(7, len(shown)) * _ROW_HEIGHT + 40,
        hide_index=True,
        width="stretch",
        disabled=["picture", "pair", "file", *(f"label {at}" for at in range(len(names)))],
        column_config={
            # First, where a phone shows it: the table scrolls sideways there.
            "remove": st.column_config.CheckboxColumn("Remove", width=96),
            "picture": st.column_config.ImageColumn("Picture", width=90),
            "caption": st.column_config.TextColumn("Caption (click twice to edit)", width="large"),
            "pair": st.column_config.TextColumn(
                "Pair",
                width=110,
                help="A caption and a picture that belong together: the right answer that models "
                "are measured against.",
            ),
            "file": st.column_config.TextColumn("File", width="small"),
            **{
                f"label {at}": st.column_config.TextColumn(name.capitalize(), width=110)
                for at, name in enumerate(names)
            },
        },
    )
    ticked = _ticked(key)
    if ticked:
        st.button(
            f"Remove {counted(len(ticked), 'ticked row')}",
            icon=":material/delete:",
            on_click=_remove,
            args=([shown[at] for at in ticked],),
        )


def _labels(state: Session, rows: list[Row], name: str) -> list[str]:
    """Return the label of each row's picture, or of its caption where it has no picture."""
    items = [row.picture or row.text for row in rows]
    return [
        state.collection.labels.get(item.id, {}).get(name, "") if item else "" for item in items
    ]


def _pair_in_words(row: Row) -> str:
    if row.text is None:
        return "no caption"
    return "no picture" if row.picture is None else "✓ pair"


def _changes(key: str) -> dict[int, dict[str, Any]]:
    edits: dict[int, dict[str, Any]] = st.session_state.get(key, {}).get("edited_rows", {})
    return edits


def _ticked(key: str) -> list[int]:
    return [at for at, change in _changes(key).items() if change.get("remove")]


def _apply_edits(key: str, first: int) -> None:
    apply_caption_edits(session(), first, _changes(key))


def apply_caption_edits(state: Session, first: int, edits: Mapping[int, Mapping[str, Any]]) -> None:
    """Put edited captions into the collection.

    `edits` maps the position in the shown part of the table, which begins at row `first`, to
    the columns changed there. Edits made already change nothing.
    """
    rows, before, reworded = state.editing.table_rows(), state.collection, 0
    for at, change in edits.items():
        if "caption" in change:
            row = _reworded(state, rows[first + at], change["caption"] or "")
            reworded += row != rows[first + at]
            rows[first + at] = row
    done = "editing a caption" if reworded == 1 else f"editing {counted(reworded, 'caption')}"
    state.editing.note_step(before, done)
    if Counter(rows) != Counter(state.collection.rows):
        state.editing.edits += 1  # rows have come, gone or become one: the table begins anew


def _reworded(state: Session, row: Row, words: str) -> Row:
    """Put the new words into the collection; return the row as it is then."""
    words = normalised_text(words)
    if words == (row.text.text if row.text else ""):
        return row
    if len(words) > MAX_CAPTION_CHARACTERS:
        limit = f"The limit is {MAX_CAPTION_CHARACTERS:,}. Shorten it and enter it again."
        line = f"A caption of {len(words):,} characters was not taken over. {limit}"
        state.editing.remarks = (Remark(line, serious=True),)
        state.editing.edits += 1  # the table must show what the collection holds
        return row
    state.editing.collection = state.collection.rewording(row, words)
    return Row(text_item(words) if words else None, row.picture)


def _remove(rows: list[Row]) -> None:
    state = session()
    collection = state.collection
    for row in rows:
        collection = collection.without_row(row)
    state.editing.replace(collection, f"removing {counted(len(rows), 'row')}")
