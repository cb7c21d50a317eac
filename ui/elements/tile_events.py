"""What happens on the tiles of a page: the same item is marked everywhere, and more is asked for.

One small component listens for the whole page, since HTML written by Streamlit reports nothing.
It relies on the class names of `ui.elements.tiles` only; a browser test watches over it.
"""

from ui.elements.listener import listener
from ui.elements.more_like_this import show_more_like
from ui.state.session import Session

_LISTENER = listener("tile_events")


def listen_to_tiles(state: Session) -> None:
    """Mark twins; go to Search where a tile's “More like this” was pressed. Draw it last."""
    result = _LISTENER(key="tile-events", on_like_change=lambda: None, height=1)
    if result.like in state.collection:
        show_more_like(state, result.like)
