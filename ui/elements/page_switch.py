"""Going to another page from within a page."""

import streamlit as st

ADDRESS = "address"
"""Where the session keeps what stands in the address: name → words."""


def go_to(page: str) -> None:
    """Go to a page, such as `pages/search.py`.

    The address goes along, and the new page writes its own in its place: Streamlit would empty
    it first, which would be one more step for the back button, to a view that never was.
    """
    st.switch_page(page, query_params=st.session_state.get(ADDRESS, {}))
