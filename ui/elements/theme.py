"""What the chosen theme means for charts."""

import streamlit as st

from charts.palette import INK


def ink() -> str:
    """Return the colour of text in charts: dark on light, light on dark."""
    return INK["dark" if st.context.theme.type == "dark" else "light"]
