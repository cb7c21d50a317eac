"""The dialog that exports: which items, then a button for each format."""

from datetime import datetime
from functools import partial
from io import RawIOBase
from pathlib import PurePath
from typing import TYPE_CHECKING

import streamlit as st

from exchange.tables.export_size import ExportSize, export_size
from ui.elements.choice import choose_one
from ui.elements.text import counted
from ui.export.contents import export_contents
from ui.state.session import Session

if TYPE_CHECKING:
    from ui.export.formats import ExportFormat

_OPEN, _WHICH = "export-dialog", "export-which"
_ALL, _SELECTED = "All items", "Selected items"
_BUTTON_PIXELS = 220
_MB = 2**20


def export_button(state: Session) -> None:
    """Draw the button that opens the dialog, and the dialog while it is open."""
    st.button("Export", icon=":material/ios_share:", key="export", on_click=open_export_dialog)
    export_dialog(state)


def open_export_dialog(*, selected_only: bool = False) -> None:
    """Open the dialog, in this run of the page and until it is closed."""
    st.session_state[_OPEN] = True
    st.session_state[_WHICH] = _SELECTED if selected_only else _ALL


def close_export_dialog() -> None:
    """Close the dialog."""
    st.session_state.pop(_OPEN, None)


def export_dialog(state: Session) -> None:
    """Draw the dialog if it is open: in every run, so that progress elsewhere leaves it open."""
    if _OPEN in st.session_state:
        st.dialog("Export", width="medium", on_dismiss=close_export_dialog)(_content)(state)


def _content(state: Session) -> None:
    # What writes reports takes a second to import: not before somebody opens the dialog.
    from ui.export.formats import FORMATS

    selected = [item_id for item_id in state.collection.items if item_id in state.selected]
    selected_only = False
    if selected:
        chosen = choose_one("Which items", (_ALL, _SELECTED), _WHICH, bare=True)
        selected_only = chosen == _SELECTED
    item_ids = selected if selected_only else tuple(state.collection.items)
    embeddings = [e for e in state.shown.values() if any(item_id in e for item_id in item_ids)]
    size = export_size(state.collection, item_ids, embeddings)
    st.caption(_what_is_in_it(size, len(embeddings), selected_only))
    for entry in FORMATS:
        if embeddings or not entry.needs_vectors:
            _format(state, entry, selected_only, size)


def _what_is_in_it(size: ExportSize, setups: int, selected_only: bool) -> str:
    items = f"{counted(size.items, 'item')} with labels and pairs"
    if setups:
        return f"{items}, and vectors of {counted(setups, 'Setup')}. No file holds a key."
    once = "one of them is embedded" if selected_only else "something is embedded"
    return f"{items}. Vectors, and more formats, come once {once}."


def _format(state: Session, entry: "ExportFormat", selected_only: bool, size: ExportSize) -> None:
    row = f"export-row-{entry.file_name}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=row):
        st.download_button(
            entry.title,
            data=partial(_made, state, entry, selected_only),
            file_name=_dated(entry.file_name),
            mime=entry.mime,
            key=f"export-{entry.file_name}",
            icon=entry.icon,
            on_click="ignore",
            width=_BUTTON_PIXELS,
        )
        about = f"{entry.about} {size_in_words(entry.size(size))}" if entry.size else entry.about
        st.caption(about, width="stretch")


def size_in_words(size: float) -> str:
    """Return a size in bytes as a sentence: “About 12 MB.”"""
    megabytes = size / _MB
    if megabytes < 1:
        return "Under 1\N{NO-BREAK SPACE}MB."
    number = f"{megabytes:,.0f}" if megabytes >= 10 else f"{megabytes:.1f}"
    return f"About {number}\N{NO-BREAK SPACE}MB."


def _made(state: Session, entry: "ExportFormat", selected_only: bool) -> bytes | RawIOBase:
    return entry.make(state, export_contents(state, selected_only=selected_only))


def _dated(file_name: str) -> str:
    path = PurePath(file_name)
    return f"{path.stem}-{datetime.now().astimezone():%Y-%m-%d}{path.suffix}"
