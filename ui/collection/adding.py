"""What a collection is filled with, folded away once it is, and beside it Clear and Undo."""

import streamlit as st

from collection.collection import Collection
from ui.brought.bring_field import bring_field
from ui.collection.pasted_captions import pasted_captions
from ui.collection.samples import samples
from ui.collection.uploader import uploader
from ui.session_file.open_field import open_field
from ui.session_file.save_button import save_button
from ui.state.session import Session


def adding(state: Session) -> None:
    """Draw samples, upload and captions in a fold, and the buttons that take back."""
    filled = bool(len(state.collection))
    if filled or state.editing.undoes is not None:
        fold, back = st.columns([5, 4])
        with back:
            _clear_and_undo(state, filled)
    else:
        fold = st.container()
    with fold, st.expander("Add or replace", expanded=not filled):
        samples(state)
        left, right = st.columns(2)
        with left:
            uploader(state)
        with right:
            pasted_captions(state)
            with st.container(horizontal=True, gap="small", key="bring"):
                open_field(state)
                bring_field(state)


def _clear_and_undo(state: Session, filled: bool) -> None:
    with st.container(key="take-back", horizontal=True, gap="small"):
        st.button(
            "Clear",
            icon=":material/delete_sweep:",
            disabled=not filled,
            on_click=state.editing.replace,
            args=(Collection(), "clearing"),
        )
        if state.editing.undoes is not None:
            st.button(
                f"Undo {state.editing.undoes}",
                icon=":material/undo:",
                on_click=state.editing.undo,
            )
        if filled:
            save_button(state, "save-session")
