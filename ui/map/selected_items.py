"""What is selected on the maps: a line an item, with its nearest neighbours under each Setup."""

import html

import streamlit as st

from charts.palette import setup_colour
from collection.embeddings import Embeddings
from collection.items import Item
from ui.elements.item_labels import item_labels
from ui.elements.known_as import captions_of
from ui.elements.show_more import show_more, shown_of
from ui.elements.tiles import MIDDLE, SMALL, Tile, tiles
from ui.map.cached import nearest_items
from ui.state.session import Session, session

SHOWN_AT_FIRST = 5
NEIGHBOURS = 5
_LISTED = 12
"""So many of what is selected stand in the list to choose from, too."""
_LIST_KEY = "chosen-items"


def selected_items(state: Session) -> None:
    """List what is selected with its neighbours, and let people select without a mouse."""
    chosen = [item for item in state.collection.items.values() if item.id in state.selected]
    if chosen:
        st.header("Selected items", anchor=False)
        shown = chosen[: shown_of("selected", SHOWN_AT_FIRST)]
        st.html(f'<ol class="selected">{"".join(_line(state, item) for item in shown)}</ol>')
        show_more("selected", SHOWN_AT_FIRST, len(chosen))
    _list_of_items(state)


def _list_of_items(state: Session) -> None:
    items = state.collection.items
    label_of = item_labels(items.values())
    offered = [item_id for item_id in items if item_id in state.selected][:_LISTED]
    st.session_state[_LIST_KEY] = offered
    with st.expander("Choose items from a list"):
        st.multiselect(
            "Items",
            list(items),
            format_func=lambda item_id: label_of[item_id],
            key=_LIST_KEY,
            on_change=_choose,
            args=(frozenset(offered),),
        )


def _choose(offered: frozenset[str]) -> None:
    """Take over what was added to or taken from the list; it may not show all that is selected."""
    state = session()
    state.selected = (state.selected - offered) | frozenset(st.session_state[_LIST_KEY])


def _line(state: Session, item: Item) -> str:
    """Return one item as HTML, and per Setup the items nearest to it in the original space."""
    views = "".join(_nearest(state, embeddings, item) for embeddings in state.shown.values())
    own = tiles([Tile(item, captions=captions_of(state.collection, item))], MIDDLE)
    return f'<li><div class="own">{own}</div><div class="nearest">{views}</div></li>'


def _nearest(state: Session, embeddings: Embeddings, item: Item) -> str:
    colour = setup_colour(state.compared.colour_index(embeddings.setup))
    title = html.escape(state.compared.name_of(embeddings.setup))
    if item.id not in embeddings:
        return f'<div style="border-color:{colour}"><b>{title}</b>: not embedded</div>'
    row = embeddings.row_of[item.id]
    found = nearest_items(embeddings, (row,), NEIGHBOURS)[0]
    near = (state.collection.items[embeddings.ids[index]] for index in found.indices)
    shown = [
        Tile(other, (f"{cosine:z.2f}",)) for other, cosine in zip(near, found.cosines, strict=True)
    ]
    return (
        f'<div style="border-color:{colour}"><b>{title}</b>: nearest first, with the cosine'
        f"{tiles(shown, SMALL, named=False, brief=True)}</div>"
    )
