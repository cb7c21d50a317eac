"""How the charts of this page are taken away."""

from typing import Any

import streamlit as st

from ui.elements.choice import choose_one

FORMATS = ("SVG", "PNG")
_KEY = "scorecard-chart-format"
_SHARPER = 2
"""A PNG has so many pixels for each on the screen."""


def choose_chart_format() -> None:
    """Let the person choose as what the button above each chart saves it."""
    with st.popover("Save charts as", icon=":material/image:", type="tertiary"):
        choose_one("Format", FORMATS, _KEY)
        st.caption("The camera above a chart saves it: SVG to print, PNG to paste.")


def chart_config() -> dict[str, Any]:
    """Return Plotly's settings of every chart here: one button, which saves it as a file."""
    chosen = str(st.session_state.get(_KEY) or FORMATS[0]).lower()
    return {
        "displaylogo": False,
        "displayModeBar": True,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": chosen, "filename": "scorecard", "scale": _SHARPER},
    }
