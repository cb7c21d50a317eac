"""Waiting for what comes in the background, and then drawing the page anew."""

from collections.abc import Callable

import streamlit as st


def rerun_when(ready: Callable[[], bool], every: float, meanwhile: str | None = None) -> None:
    """Ask again and again, at intervals of so many seconds, and draw the page anew once it is so.

    `meanwhile`: a line that stands there until then.
    """

    @st.fragment(run_every=every)
    def watch() -> None:
        if ready():
            st.rerun()
        if meanwhile is not None:
            st.caption(meanwhile)

    watch()
