"""Pairing captions with pictures: lone ones in order, and a further caption for a picture."""

import streamlit as st

from collection.intake import take_in_captions
from collection.limits import MAX_CAPTION_CHARACTERS
from ui.elements.text import counted, unique_labels
from ui.state.session import Session


def pairing(state: Session) -> None:
    """Offer to pair lone captions with lone pictures, first with first."""
    texts, pictures = state.collection.lone
    if texts and pictures:
        count = min(len(texts), len(pictures))
        st.button(
            f"Pair in order: {counted(count, 'caption')} with {counted(count, 'picture')}",
            icon=":material/link:",
            help="The first caption without a picture goes to the first picture without one.",
            on_click=state.editing.replace,
            args=(state.collection.pairing_in_order(), "pairing in order"),
        )


def another_caption(state: Session) -> None:
    """Offer a second caption for a picture; the first ones stand in the table."""
    pictures = state.collection.pictures
    names = dict(
        zip((p.id for p in pictures), unique_labels(p.name for p in pictures), strict=True)
    )
    if not names:
        return
    with (
        st.expander("Give a picture another caption"),
        st.form("another-caption", clear_on_submit=True, border=False),
    ):
        picture_id = st.selectbox("Picture", list(names), format_func=lambda id_: names[id_])
        words = st.text_input("Caption", max_chars=MAX_CAPTION_CHARACTERS)
        if st.form_submit_button("Add", icon=":material/add:"):
            state.editing.accept(take_in_captions(state.collection, words, picture_id))
            st.rerun()
