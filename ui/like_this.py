"""More like this: from any item anywhere in the app."""

import streamlit as st

from collection.items import Item
from ui.query import Query
from ui.session import Session


def show_more_like(state: Session, item_id: str) -> None:
    """Go to Search, and find there what is like this item."""
    state.query = Query(like=item_id)
    st.switch_page("pages/search.py")


def like_button(state: Session, item: Item, key: str) -> None:
    """Draw the button that does so."""
    if st.button("More like this", icon=":material/travel_explore:", key=key, type="tertiary"):
        show_more_like(state, item.id)
