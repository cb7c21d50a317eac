"""The dialog that exports: which items, then a button for each format."""

from datetime import datetime
from functools import partial
from io import RawIOBase
from pathlib import PurePath

import streamlit as st

from ui.elements.choice import choose_one
from ui.elements.text import counted
from ui.export.contents import export_contents
from ui.export.formats import FORMATS, ExportFormat
from ui.state.session import Session

_OPEN, _WHICH = "export-dialog", "export-which"
_ALL, _SELECTED = "All items", "Selected items"


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
    selected = sum(item_id in state.selected for item_id in state.collection.items)
    selected_only = False
    if selected:
        chosen = choose_one("Which items", (_ALL, _SELECTED), _WHICH)
        selected_only = chosen == _SELECTED
        st.caption(f"{counted(selected, 'item')} selected of {len(state.collection):,}.")
    for entry in FORMATS:
        if state.shown or not entry.needs_vectors:
            _format(state, entry, selected_only)


def _format(state: Session, entry: ExportFormat, selected_only: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            entry.title,
            data=partial(_made, state, entry, selected_only),
            file_name=_dated(entry.file_name),
            mime=entry.mime,
            key=f"export-{entry.file_name}",
            icon=entry.icon,
            on_click="ignore",
        )
        st.caption(entry.about)


def _made(state: Session, entry: ExportFormat, selected_only: bool) -> bytes | RawIOBase:
    return entry.make(state, export_contents(state, selected_only=selected_only))


def _dated(file_name: str) -> str:
    path = PurePath(file_name)
    return f"{path.stem}-{datetime.now().astimezone():%Y-%m-%d}{path.suffix}"
