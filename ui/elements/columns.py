"""Panels side by side: equal columns, rows of three at the most."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.elements.larger import larger

MOST_IN_A_ROW = 3
_MOST_LARGER = 2


def side_by_side(count: int) -> list[DeltaGenerator]:
    """Return this many equal columns: one row of up to three, else rows of three.

    Where everything is shown larger, rows of two.
    """
    across = min(count, _MOST_LARGER if larger() else MOST_IN_A_ROW)
    cells: list[DeltaGenerator] = []
    while len(cells) < count:
        cells += st.columns(across, gap="medium")
    return cells[:count]
