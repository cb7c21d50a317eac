"""What is worth knowing about what came in."""

import streamlit as st

from ui.collection.other_sample import other_sample
from ui.elements.text import markdown_text
from ui.state.session import Session

LINES_SHOWN = 6


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
