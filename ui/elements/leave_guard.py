"""The browser's question before a collection of one's own is lost by a reload."""

from pathlib import Path

import streamlit as st

_GUARD = st.components.v2.component(
    "leave_guard",
    html="<span></span>",
    js=Path(__file__).with_name("leave_guard.js").read_text(encoding="utf-8"),
)


def ask_before_leaving() -> None:
    """Let the browser ask, in its own words, before this page is reloaded or left."""
    _GUARD(key="leave-guard", height=1)
