"""What is worth knowing about what came in."""

import streamlit as st

from ui.collection.other_sample import other_sample
from ui.collection.table_question import table_question
from ui.elements.announcer import announce_shown
from ui.elements.text import markdown_text
from ui.state.session import Session

LINES_SHOWN = 6
_NEWS = "news"


def news(state: Session) -> None:
    """Say what came in, and what there is to ask and to say about it; scroll to it if it is new."""
    with st.container(key=_NEWS):
        came_in(state)
        table_question(state)
        remarks(state)
    editing = state.editing
    said = [editing.receipt, *editing.layouts, *(remark.text for remark in editing.remarks)]
    version = "\n".join(filter(None, said))
    announce_shown("collection", version and f"{editing.uploads} {version}", _NEWS)


def came_in(state: Session) -> None:
    """Say what came in, and as what it was known."""
    said = [state.editing.receipt, *map(markdown_text, state.editing.layouts)]
    if any(said):
        st.markdown(":material/check: " + "  \n".join(filter(None, said)))
    other_sample(state)


def remarks(state: Session) -> None:
    """Say what was left out, and what else is worth knowing about what came in."""
    for serious, show in ((True, st.warning), (False, st.info)):
        lines = [markdown_text(r.text) for r in state.editing.remarks if r.serious is serious]
        if lines:
            show("  \n".join(lines[:LINES_SHOWN]))
        if len(lines) > LINES_SHOWN:
            with st.expander(f"{len(lines) - LINES_SHOWN} more like this"):
                st.markdown("  \n".join(lines[LINES_SHOWN:]))
