"""The sidebar of a narrow window closes once a page is chosen, which it would cover."""

from pathlib import Path

import streamlit as st

_CLOSER = st.components.v2.component(
    "menu_closer",
    html="<span></span>",
    js=Path(__file__).with_name("menu_closer.js").read_text(encoding="utf-8"),
)


def close_menu_after_a_choice() -> None:
    """Close the sidebar after a click on a page link, where it lies over the page."""
    _CLOSER(key="menu-closer", height=1)
