"""What the chosen theme means for charts."""

import streamlit as st


def ink() -> str:
    """Return the colour of text in charts: dark on light, light on dark."""
    return "#e9e7e3" if st.context.theme.type == "dark" else "#22272b"
