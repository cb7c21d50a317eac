"""The field for captions, one a line."""

import streamlit as st

from collection.intake import take_in_captions
from ui.state.session import Session


def pasted_captions(state: Session) -> None:
    """Draw the field for captions, one a line."""
    with st.form("captions", clear_on_submit=True, border=False):
        lines = st.text_area("Captions, one a line", height=110, key="caption-lines")
        if st.form_submit_button("Add captions", icon=":material/add:"):
            state.editing.accept(take_in_captions(state.collection, lines or ""))
            st.rerun()
