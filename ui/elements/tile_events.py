"""What happens on the tiles of a page: items are marked and selected, and more is asked for.

One small component listens for the whole page, since HTML written by Streamlit reports nothing.
It relies on the class names of `ui.elements.tiles` only; a browser test watches over it.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from ui.elements.listener import listener
from ui.elements.more_like_this import show_more_like
from ui.state.session import Session, session

_KEY = "tile-events"
_LISTENER = listener("tile_events")


def listen_to_tiles(state: Session, lists: Mapping[str, Sequence[str]] | None = None) -> None:
    """Mark twins, select, and go to Search where “More like this” was pressed. Draw it last.

    `lists`: the ids of the items that each `select_list_button` on the page selects, by its key.
    """
    result = _LISTENER(
        key=_KEY,
        data={"selected": sorted(state.selected)},
        on_like_change=lambda: None,
        on_ticked_change=_take_over_ticks,
        on_list_change=partial(_select_list, lists or {}),
        height=1,
    )
    if result.like in state.collection:
        show_more_like(state, result.like)


def _take_over_ticks() -> None:
    select_ticked(session(), st.session_state[_KEY]["ticked"])


def _select_list(lists: Mapping[str, Sequence[str]]) -> None:
    key = st.session_state[_KEY]["list"]
    if isinstance(key, str):
        select(session(), lists.get(key, ()))


def select_ticked(state: Session, ticks: Any) -> None:
    """Take over what the browser says was ticked or not: a mapping of ids to true or false."""
    if not isinstance(ticks, Mapping):
        return
    known = {item_id: tick for item_id, tick in ticks.items() if item_id in state.collection}
    state.selected -= {item_id for item_id, tick in known.items() if tick is False}
    state.selected |= {item_id for item_id, tick in known.items() if tick is True}


def select(state: Session, item_ids: Sequence[str]) -> None:
    """Select these items beside those that are selected."""
    state.selected |= {item_id for item_id in item_ids if item_id in state.collection}
