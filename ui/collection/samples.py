"""The samples to start from, Clear and Undo."""

import streamlit as st

from collection.collection import Collection
from collection.samples import SAMPLES
from ui.state.session import Session


def samples(state: Session) -> None:
    """Draw a button for each sample, and Clear and Undo."""
    with st.container(horizontal=True):
        for key, sample in SAMPLES.items():
            st.button(
                sample.title,
                icon=":material/photo_library:",
                help=sample.about,
                on_click=state.editing.show_sample,
                args=(key, sample.title),
            )
        st.button(
            "Clear",
            icon=":material/delete_sweep:",
            disabled=not len(state.collection),
            on_click=state.editing.replace,
            args=(Collection(), "clearing"),
        )
        if state.editing.undone is not None:
            st.button(
                f"Undo {state.editing.undone[0]}",
                icon=":material/undo:",
                on_click=state.editing.undo,
            )
