"""A button that lets two captions change places, for a class to find."""

import random

import streamlit as st

from collection.caption_swap import swap_captions
from collection.collection import Pair
from ui.state.session import Session, session


def swap_exercise(state: Session) -> None:
    """Draw the button, and the one that takes the change back."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Plant a wrong caption",
            icon=":material/shuffle:",
            on_click=_swap,
            disabled=len(state.collection.pairs) < 2,
            help="Lets the captions of two pictures, chosen by chance, change places. Nothing has "
            "to be embedded again.",
        )
        if _is_on(state):
            st.button("Put it right", icon=":material/undo:", on_click=_put_right)
            st.caption("Two captions have changed places. Which two? The suspects stand below.")
    if state.exercise.impossible:
        st.warning("No two captions can change places so that both are wrong.")
        state.exercise.impossible = False


def _is_on(state: Session) -> bool:
    """Whether the two captions that changed places still stand where they do not belong."""
    swapped = state.exercise.swapped
    return bool(swapped) and all(pair in state.collection.pairs for pair in swapped)


def _put_right() -> None:
    state = session()
    if _is_on(state):
        one, other = state.exercise.swapped
        state.editing.replace(state.collection.swapping(one, other), "putting it right")
    state.exercise.swapped = ()


def _swap() -> None:
    _put_right()  # one mistake at a time
    state = session()
    found = swap_captions(state.collection, random.Random())  # noqa: S311 (a game, not a secret)
    if found is None:
        state.exercise.impossible = True
        return
    collection, (one, other) = found
    state.editing.replace(collection, "planting a wrong caption")
    state.exercise.swapped = (
        Pair(other.text_id, one.picture_id),
        Pair(one.text_id, other.picture_id),
    )
