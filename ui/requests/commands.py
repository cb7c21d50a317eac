"""A call to copy from: as curl, in Python with requests, and through connect."""

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from collection.collection import Collection
from providers.snippets.shown_call import ShownCall

_HEIGHT = 330
TITLES = ("curl", "Python with requests", "Python with connect")


def commands(tabs: Sequence[DeltaGenerator], shown: ShownCall, again: str = "") -> None:
    """Draw the call in tabs of these titles, each with a copy button.

    `again`: what connect gives, where that is known already.
    """
    curl, python, connect = tabs
    with curl:
        _code(shown.curl, "bash")
        st.caption(
            "Copy it with the button at the top right of it, and paste it into a shell (bash, zsh; "
            "on Windows Git Bash or WSL). The key comes from the environment: "
            f"`export {shown.variable}=…` first."
        )
    with python:
        _code(shown.python, "python")
        st.caption("Needs `pip install requests`. The key comes from the environment.")
    with connect:
        _code(shown.connect, "python")
        st.caption(
            f"Run it in the folder of Shared Space{again}. The key comes from the environment."
        )


def _code(text: str, language: str) -> None:
    # Its place is kept until the browser has it; what is longer scrolls.
    with st.container(height=_HEIGHT, border=False):
        st.code(text, language=language)


def picture_names(collection: Collection) -> Mapping[str, str]:
    """Return item id → the name that people see, for the pictures."""
    return {picture.id: picture.name for picture in collection.pictures}
