"""What is selected on the maps: each item with its nearest neighbours in the original space."""

import html

import streamlit as st

from charts.labels import shortened
from charts.palette import setup_colour
from collection.embeddings import Embeddings
from collection.items import Item, PictureItem
from ui.elements.columns import side_by_side
from ui.elements.item_labels import item_labels
from ui.elements.more_like_this import like_button
from ui.elements.text import counted, markdown_text
from ui.elements.tiles import MIDDLE, Tile, tiles, whole_picture
from ui.map.cached import nearest_items
from ui.state.session import Session, session

LISTED = 12
NEIGHBOURS = 6
_LIST_KEY = "chosen-items"


def selected_items(state: Session) -> None:
    """List what is selected, or say how to select."""
    chosen = [item for item in state.collection.items.values() if item.id in state.selected]
    _search_field(state)
    if not chosen:
        st.caption(
            "Click a mark, or draw a loop around several: they are marked in every map and listed "
            "here with their nearest neighbours in the original space."
        )
        return
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    left.subheader(f"{counted(len(chosen), 'item')} selected", anchor=False)
    right.button("Clear selection", icon=":material/deselect:", on_click=_clear, width="stretch")
    for item in chosen[:LISTED]:
        _with_neighbours(state, item)
    if len(chosen) > LISTED:
        st.caption(f"The first {LISTED} of {len(chosen)} are listed.")


def _search_field(state: Session) -> None:
    """Let people select without a mouse."""
    items = state.collection.items
    label_of = item_labels(items.values())
    offered = [item_id for item_id in items if item_id in state.selected][:LISTED]
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


def _clear() -> None:
    session().selected = frozenset()


def _with_neighbours(state: Session, item: Item) -> None:
    """Draw one item, and per Setup the items nearest to it."""
    with st.container(border=True):
        left, right = st.columns([1, 4], gap="medium")
        with left:
            if isinstance(item, PictureItem):
                st.html(whole_picture(item, 140))
                st.caption(markdown_text(shortened(item.name, 40)))
            else:
                st.html(f"<b>“{html.escape(item.text)}”</b>")
            like_button(state, item, f"like-{item.id}")
        with right:
            views = list(state.shown.values())
            for column, embeddings in zip(side_by_side(len(views)), views, strict=True):
                with column:
                    _nearest(state, embeddings, item)


def _nearest(state: Session, embeddings: Embeddings, item: Item) -> None:
    title = state.compared.name_of(embeddings.setup)
    if item.id not in embeddings:
        st.caption(f"{title}: not embedded.")
        return
    row = embeddings.row_of[item.id]
    found = nearest_items(embeddings, (row,), NEIGHBOURS)[0]
    near = [state.collection.items[embeddings.ids[index]] for index in found.indices]
    colour = setup_colour(state.compared.colour_index(embeddings.setup))
    shown = (
        Tile(other, (f"cosine {cosine:z.2f}",))
        for other, cosine in zip(near, found.cosines, strict=True)
    )
    st.html(
        f'<div style="border-left:4px solid {colour};padding-left:8px">'
        f"<b>{html.escape(title)}</b>: nearest first{tiles(shown, MIDDLE, named=False)}</div>"
    )
