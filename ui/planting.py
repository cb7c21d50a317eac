"""A button that lets two captions change places, for a class to find."""

import random

import streamlit as st

from collection.planting import plant_swap
from ui.session import Session, session

_PLANTED = "planting a wrong caption"


def planting(state: Session) -> None:
    """Draw the button, and the one that takes the change back."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Plant a wrong caption",
            icon=":material/shuffle:",
            on_click=_plant,
            disabled=len(state.collection.pairs) < 2,
            help="Lets the captions of two pictures, chosen by chance, change places. Nothing has "
            "to be embedded again.",
        )
        if _planted(state):
            st.button("Put it right", icon=":material/undo:", on_click=state.undo)
            st.caption("Two captions have changed places. Which two? The suspects stand below.")
    if state.planting_failed:
        st.warning("No two captions can change places so that both are wrong.")
        state.planting_failed = False


def _planted(state: Session) -> bool:
    """Whether two captions have changed places and nothing has happened since."""
    return state.undone is not None and state.undone[0] == _PLANTED


def _plant() -> None:
    state = session()
    if _planted(state):
        state.undo()  # one mistake at a time, so that “Put it right” puts all of it right
    planted = plant_swap(state.collection, random.Random())  # noqa: S311 (a game, not a secret)
    if planted is None:
        state.planting_failed = True
    else:
        state.replace_collection(planted[0], _PLANTED)
