"""More like this: from any item anywhere in the app."""

import streamlit as st

from collection.items import Item
from ui.elements.item_labels import item_labels
from ui.elements.page_switch import go_to
from ui.state.query import Query
from ui.state.session import Session


def show_more_like(state: Session, item_id: str) -> None:
    """Go to Search, and find there what is like this item."""
    state.search.query = Query(like=item_id)
    go_to("pages/search.py")


def like_button(state: Session, item: Item, key: str) -> None:
    """Draw the button that does so."""
    if st.button("More like this", icon=":material/travel_explore:", key=key, type="tertiary"):
        show_more_like(state, item.id)


def like_field(state: Session) -> None:
    """Let people find more like any item of the collection, where items have vectors."""
    if not state.shown:
        return
    items = state.collection.items
    label_of = item_labels(items.values())
    with (
        st.expander("Find more like one of these"),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        chosen = st.selectbox(
            "Item", list(items), format_func=lambda item_id: label_of[item_id], key="like-item"
        )
        like_button(state, items[chosen], "like-chosen")
