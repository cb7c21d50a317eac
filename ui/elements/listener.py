"""Scripts that listen in the browser for what Streamlit itself does not report."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent


def listener(name: str) -> Callable[..., Any]:
    """Return the component of a script beside this file, `name`.js, which shows nothing."""
    return st.components.v2.component(
        name, html="<span></span>", js=(_HERE / f"{name}.js").read_text(encoding="utf-8")
    )
