"""What is said of a random sample of an upload, and the button that draws another one."""

import streamlit as st

from collection.intake import take_in
from ui.elements.text import markdown_text
from ui.state.session import Session


def other_sample(state: Session) -> None:
    """Draw the line and the button; nothing where all that was uploaded came in."""
    sampled = state.editing.sampled
    if sampled is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("  \n".join(map(markdown_text, sampled.lines)), width="content")
        if st.button("Take others", icon=":material/shuffle:", key="take-others"):
            with st.spinner("Taking others"):
                seed = sampled.seed + 1
                result = take_in(sampled.before, sampled.uploads, seed=seed)
                state.editing.accept_upload(result, sampled.uploads, sampled.before)
            st.rerun()
