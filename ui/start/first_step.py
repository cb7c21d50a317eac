"""Where to go from the start page: to the gallery, or on with the collection that is there."""

import streamlit as st

from ui.collection.replacing import collection_counts, sample_to_load
from ui.elements.page_switch import go_to
from ui.elements.text import markdown_text
from ui.session_file.open_field import open_field
from ui.state.session import Session

_RESULTS, _COLLECTION = "pages/similarity.py", "pages/collection.py"


def first_step(state: Session) -> None:
    """Draw the button that shows the gallery, and one to go on with what is there."""
    going_on = bool(len(state.collection))
    with st.container(horizontal=True, vertical_alignment="center"):
        if going_on:
            _go_on(state)
        shown = st.button(
            "Show me", type="secondary" if going_on else "primary", icon=":material/visibility:"
        )
        st.caption(
            "Loads a gallery of pictures with captions, and compares two models that run on this "
            "machine. No key needed.",
            width="content",
        )
        opened = open_field(state)
    if opened:
        go_to(_where_to(state))
    _trouble(state)
    if sample_to_load(state, "gallery" if shown else None, "start"):
        state.show_gallery()
        go_to(_RESULTS)


def _go_on(state: Session) -> None:
    what = collection_counts(state)[0]
    if st.button(f"Go on with your {what}", type="primary", icon=":material/arrow_forward:"):
        go_to(_RESULTS if state.shown or state.embedding.active else _COLLECTION)


def _where_to(state: Session) -> str:
    """Return the page that shows what was opened: the results, unless something was left out."""
    return _RESULTS if state.shown and not _serious(state) else _COLLECTION


def _serious(state: Session) -> list[str]:
    return [remark.text for remark in state.editing.remarks if remark.serious]


def _trouble(state: Session) -> None:
    """Say what is the matter with a session file that could not be opened."""
    if not len(state.collection):
        for words in _serious(state):
            st.warning(markdown_text(words), icon=":material/folder_off:")
