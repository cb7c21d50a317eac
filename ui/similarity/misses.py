"""The captions that some Setup misses: their own picture, and what it takes for it."""

import html

import streamlit as st

from charts.labels import shortened
from charts.palette import setup_colour
from charts.thumbnails import data_uri
from collection.items import PictureItem
from ui.elements.listener import listener
from ui.elements.show_more import show_more, shown_of
from ui.similarity.found import Miss, misses
from ui.state.session import Session

SHOWN_AT_FIRST = 5
_KEY = "misses"
_PIXELS = 88  # twice the side that it is shown at, for screens with two pixels for each
_LISTENER = listener("cell_events")


def missed_captions(state: Session) -> tuple[str, str] | None:
    """Draw the misses, each a button; return the row and the column of one just pressed."""
    found = misses(state.collection, state.shown)
    if not found:
        return None
    shown = "".join(_card(state, miss) for miss in found[: shown_of(_KEY, SHOWN_AT_FIRST)])
    with st.container(key="misses", gap="xxsmall"):
        st.html(
            f'<div class="misses-head">Missed: own picture → taken for</div>'
            f'<ol class="misses">{shown}</ol>'
        )
        show_more(_KEY, SHOWN_AT_FIRST, len(found), quiet=True)
    cell = _LISTENER(key="miss-events", on_cell_change=lambda: None, height=1).cell
    match (cell or "").split(" "):
        case [row, column] if row in state.collection and column in state.collection:
            return row, column
    return None


def _card(state: Session, miss: Miss) -> str:
    """Return a miss as HTML: own picture, and each picture taken for it with who does so."""
    items = state.collection.items
    caption = items[miss.caption_id]
    own = [items[picture_id] for picture_id in state.collection.pictures_of[miss.caption_id]]
    by: dict[str, list[str]] = {}
    for setup, picture_id in miss.taken.items():
        if picture_id is not None:
            colour = setup_colour(state.compared.colour_index(setup))
            name = html.escape(state.compared.name_of(setup), quote=True)
            dot = (
                f'<i role="img" aria-label="{name}" title="{name}" style="background:{colour}"></i>'
            )
            by.setdefault(picture_id, []).append(dot)
    taken = "".join(
        f"<span>{_picture(items[picture_id])}{''.join(dots)}</span>"
        for picture_id, dots in by.items()
    )
    name = html.escape(shortened(caption.label, 80), quote=True)
    first = next(iter(by))
    return (
        f'<li><button type="button" data-cell="{miss.caption_id} {first}" title="{name}">'
        f'<span class="pictures">{_picture(own[0])}<b aria-hidden="true">→</b>{taken}</span>'
        f'<span class="caption">{name}</span></button></li>'
    )


def _picture(item: object) -> str:
    assert isinstance(item, PictureItem), "A caption is taken to a picture."
    name = html.escape(shortened(item.label, 60), quote=True)
    return f'<img src="{data_uri(item, _PIXELS)}" alt="{name}">'
