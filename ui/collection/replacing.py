"""The question before a sample takes the place of a collection of one's own."""

import streamlit as st

from collection.collection import Collection
from collection.samples import holds_own_items, load_sample
from ui.elements.text import counted, in_a_row
from ui.state.session import Session


def sample_to_load(state: Session, pressed: str | None, page: str) -> str | None:
    """Return the key of the sample that is to be loaded now, None for none.

    `pressed`: the sample whose button was pressed just now. It comes at once, unless something
    of one's own is there: then the question is drawn, here, and it comes when that is agreed to.
    `page` tells the question of one page from another's.
    """
    if not holds_own_items(state.collection):
        return pressed
    wanted, keep = f"sample-wanted-{page}", f"keep-mine-{page}"
    # The button is known only while this page is: whoever comes back later is not asked again.
    asked = pressed or (st.session_state.get(wanted) if keep in st.session_state else None)
    if asked is None:
        return None
    st.session_state[wanted] = asked
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_what_goes(state, asked), width="content")
        agreed = st.button("Replace them", icon=":material/swap_horiz:")
        st.button("Keep mine", key=keep, on_click=lambda: st.session_state.pop(wanted, None))
    return asked if agreed else None


def _what_goes(state: Session, key: str) -> str:
    what = f"This replaces your {in_a_row(collection_counts(state))}"
    if state.editing.could_undo(load_sample(key)):
        return f"{what} (Undo brings them back)."
    return f"{what} for good: they are too large for Undo."


def collection_counts(state: Session) -> list[str]:
    """Return how many pictures and captions a session has, each with its noun: “8 pictures”."""
    return counts_of(state.collection)


def counts_of(collection: Collection) -> list[str]:
    """Return how many pictures and captions there are, each with its noun."""
    numbers = ((len(collection.pictures), "picture"), (len(collection.texts), "caption"))
    return [counted(number, noun) for number, noun in numbers if number]
