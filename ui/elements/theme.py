"""What the chosen theme means for charts and styles."""

import streamlit as st

from charts.palette import GROUND, INK


def is_dark() -> bool:
    """Whether the page is dark."""
    return st.context.theme.type == "dark"


def ground() -> str:
    """Return the colour of the page behind everything."""
    return GROUND["dark" if is_dark() else "light"]


def ink() -> str:
    """Return the colour of text in charts: dark on light, light on dark."""
    return INK["dark" if is_dark() else "light"]
