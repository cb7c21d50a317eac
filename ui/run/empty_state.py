"""What a page says when there is nothing to show yet, and the button that mends it."""

import streamlit as st

from ui.run.panel import run_panel
from ui.state.session import Session


def needs_results(state: Session) -> None:
    """Stop the page with a hint unless there are vectors; show the run while it is at work."""
    if state.embedding.active or (len(state.collection) and not state.complete):
        run_panel(state)
    if state.shown:
        return
    if not len(state.collection):
        st.info("There is nothing to compare yet. Bring pictures and captions first.")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "See it on the gallery",
                icon=":material/visibility:",
                type="primary",
                on_click=state.show_gallery,
            )
            st.page_link(
                "pages/collection.py", label="Bring your own", icon=":material/photo_library:"
            )
    elif not state.chosen:
        st.info("No provider is ticked. Tick at least one to see what it makes of the collection.")
        st.page_link("pages/providers.py", label="Choose providers", icon=":material/memory:")
    elif state.complete:
        st.info("No item has a vector, so there is nothing to show. Below is why.")
        run_panel(state)
    st.stop()
