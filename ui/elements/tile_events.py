"""What happens on the tiles of a page: the same item is marked everywhere, and more is asked for.

One small component listens for the whole page, since HTML written by Streamlit reports nothing.
It relies on the class names of `ui.elements.tiles` only; a browser test watches over it.
"""

from pathlib import Path

import streamlit as st

from ui.elements.more_like_this import show_more_like
from ui.state.session import Session

_HERE = Path(__file__).parent

_LISTENER = st.components.v2.component(
    "tile_events",
    html="<span></span>",
    js=(_HERE / "tile_events.js").read_text(encoding="utf-8"),
)


def listen_to_tiles(state: Session) -> None:
    """Mark twins; go to Search where a tile's “More like this” was pressed. Draw it last."""
    result = _LISTENER(key="tile-events", on_like_change=lambda: None, height=1)
    if result.like in state.collection:
        show_more_like(state, result.like)
