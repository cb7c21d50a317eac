"""A long list of which only the first are shown, and the button for more of them."""

import streamlit as st

_AT_A_PRESS = 4
"""A press shows so many times as many more as there were at first."""


def shown_of(key: str, first: int) -> int:
    """Return how many are shown of the list: the first few, and what was asked for since."""
    known: int = st.session_state.get(_place(key), first)
    return known


def show_more(key: str, first: int, length: int, *, quiet: bool = False) -> None:
    """Draw the button, unless all of the list's `length` are shown already.

    `quiet`: without a frame, where one list follows the other.
    """
    shown = shown_of(key, first)
    rest = length - shown
    if rest <= 0:
        return
    more = min(rest, _AT_A_PRESS * first)
    st.button(
        more_of(more, rest),
        key=f"show-more-{key}",
        type="tertiary" if quiet else "secondary",
        on_click=lambda: st.session_state.update({_place(key): shown + more}),
    )


def more_of(more: int, rest: int) -> str:
    """Return what the button says that shows more of the rest."""
    return f"Show {more} more" if more == rest else f"Show {more} more of {rest}"


def _place(key: str) -> str:
    return f"more-{key}"
