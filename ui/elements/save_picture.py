"""Save picture: a chart as a PNG or an SVG that stands alone, made in the browser by Plotly.

The chart on the page is not what is saved: it is as dark and as narrow as the page, and the names
of its rows stand beside it. The one that stands alone is drawn out of sight, only when it is asked
for, and saved by Plotly's own button; it goes as soon as that is done. This relies on the names of
Plotly's CSS classes, so a browser test watches over it.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from ui.elements.listener import listener

FORMATS = ("PNG", "SVG")
CELLS_ARE_A_BITMAP = "The SVG holds its cells as a bitmap."

_SAVER = listener("save_picture")
_SHARPER = 2
"""A PNG has so many pixels for each of the drawing."""
_LONGEST_NAME = 60


@dataclass(frozen=True)
class ChartPicture:
    """A chart that can be saved.

    `of`: what a screen reader calls it, such as “the map of MiniLM”; `file_name`: of plain letters,
    without date and ending, see `plain_name`; `draw`: draws it so that it stands alone, `width`
    pixels wide; `bitmap`: what of an SVG is a bitmap, in a sentence.
    """

    of: str
    file_name: str
    draw: Callable[[], go.Figure]
    width: int = 900
    bitmap: str = ""


def plain_name(*parts: str) -> str:
    """Return the parts as a file's name of plain letters, figures and hyphens."""
    plain = unicodedata.normalize("NFKD", " ".join(parts)).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    return "-".join(words)[:_LONGEST_NAME].strip("-") or "chart"


def save_picture(key: str, picture: ChartPicture) -> None:
    """Draw the control at the upper right of what it is drawn in; `key`: that of the chart."""
    with st.container(key=f"picture-control-{key}", width="content", gap=None):
        st.fragment(_control)(key, picture)


def _control(key: str, picture: ChartPicture) -> None:
    menu_key, asked_key = f"save-picture-{key}-menu", f"save-picture-{key}-as"
    # Streamlit forgets the menu when the page is left, and what was asked for is not wanted then.
    if menu_key not in st.session_state:
        st.session_state.pop(asked_key, None)
    menu = st.popover(
        f"Save picture :gray[of {picture.of}]",
        icon=":material/image:",
        type="tertiary",
        key=menu_key,
        on_change="rerun",
    )
    if menu.open:
        with menu:
            _choices(key, asked_key, picture.bitmap)
    asked = st.session_state.get(asked_key)
    if asked is not None:
        _save(key, picture, asked, lambda: _done(menu_key, asked_key))


def _choices(key: str, asked_key: str, bitmap: str) -> None:
    def ask(for_format: str) -> None:
        st.session_state[asked_key] = for_format

    with st.container(horizontal=True):
        for name in FORMATS:
            st.button(name, key=f"save-picture-{key}-{name}", on_click=ask, args=(name,))
    st.caption(f"PNG to paste, SVG to print. {bitmap}")


def _save(key: str, picture: ChartPicture, as_format: str, done: Callable[[], None]) -> None:
    """Draw the chart out of sight, with a listener that saves it as soon as it is drawn."""
    figure = picture.draw()
    figure.update_layout(width=picture.width)
    drawn_key = f"picture-drawn-{key}"
    with st.container(key=drawn_key):
        st.plotly_chart(
            figure,
            key=f"{drawn_key}-chart",
            width="content",
            theme=None,
            config=_config(picture, as_format),
        )
    _SAVER(
        key=f"save-picture-{key}-events",
        data={"drawn": drawn_key, "control": f"picture-control-{key}"},
        on_saved_change=done,
        height=1,
    )


def _config(picture: ChartPicture, as_format: str) -> dict[str, Any]:
    """Return Plotly's settings of the chart: one button, which saves it as a file."""
    name = f"{picture.file_name}-{datetime.now().astimezone():%Y-%m-%d}"
    options = {"format": as_format.lower(), "filename": name, "scale": _SHARPER}
    return {
        "displaylogo": False,
        "displayModeBar": True,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": options,
    }


def _done(menu_key: str, asked_key: str) -> None:
    st.session_state.pop(asked_key, None)
    st.session_state[menu_key] = False
