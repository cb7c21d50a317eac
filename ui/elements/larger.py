"""The larger letters and charts for a projector, switched on in the sidebar or by the address."""

import streamlit as st

from charts.palette import FONT_SIZE

KEY = "larger"
"""The switch's key, and its name in the address: `?larger=true`."""

_TIMES = 1.25
"""Body text of 20 pixels instead of 16; what else is measured in letters grows with it."""


def larger() -> bool:
    """Whether everything is shown larger.

    A page asks before it has drawn the switch: in a session's first run the address tells.
    """
    if KEY in st.session_state:
        return bool(st.session_state[KEY])
    return st.query_params.get(KEY) == "true"


def scale() -> float:
    """Return how many times as large as usual things are shown."""
    return _TIMES if larger() else 1.0


def larger_switch() -> None:
    """Draw the switch."""
    st.toggle(
        "Larger",
        key=KEY,
        persist_state="session",
        help="For a projector: larger letters and charts, without this menu.",
    )


def usual_size() -> None:
    """Show everything in its usual size again."""
    st.session_state[KEY] = False


def larger_styles() -> str:
    """Return the styles that make everything larger; none in the usual size."""
    if not larger():
        return ""
    words_in_charts = FONT_SIZE * _TIMES
    return (
        f":root {{ font-size: {16 * _TIMES:g}px; }} "
        f".js-plotly-plot .main-svg text {{ font-size: {words_in_charts:g}px !important; }}"
    )
