"""An exercise for a class: two captions change places, people look, then the models are asked."""

import html
import random
from collections.abc import Mapping

import streamlit as st

from charts.palette import setup_colour
from charts.thumbnails import data_uri
from collection.caption_swap import swap_captions
from collection.collection import Pair
from collection.embeddings import Setup
from collection.items import PictureItem
from space.consensus import ranks
from ui.elements.show_more import show_more, shown_of
from ui.elements.text import counted
from ui.elements.tiles import EVIDENCE, Tile, tiles
from ui.odd_ones_out.findings import Found, ItemIds, can_judge, dot, named
from ui.state.session import Session, session

SHOWN_AT_ONCE = 12

MARK = "planted by you"

_FACE = 256  # pixels of a thumbnail: all it has


def exercise_buttons(state: Session) -> None:
    """Draw the button that begins the exercise, and those that lead through it."""
    if state.exercise.is_on(state.collection):
        if not state.exercise.revealed:
            st.button(
                "Reveal what the models say",
                icon=":material/visibility:",
                type="primary",
                on_click=_reveal,
            )
        st.button("Put it right", icon=":material/undo:", on_click=_put_right)
    st.button(
        "Plant a wrong caption",
        icon=":material/shuffle:",
        on_click=_swap,
        disabled=len(state.collection.pairs) < 2,
        help="An exercise for a class: the captions of two pictures, chosen by chance, change "
        "places. Nothing has to be embedded again.",
    )


def say_if_impossible(state: Session) -> None:
    """Say so where no two captions could change places."""
    if state.exercise.impossible:
        st.warning("No two captions can change places so that both are wrong.")
        state.exercise.impossible = False


def pairs_to_look_through(state: Session) -> None:
    """Draw pictures with their captions, two of them wrong, and nothing of what a model says."""
    key = f"swap-{state.exercise.count}"
    shown = [pair for pair in state.exercise.candidates if pair in state.collection.pairs]
    st.html(
        "<p>Two captions have changed places. <b>Which two?</b> "
        f"They are among these {counted(len(shown), 'pair')}.</p>"
    )
    figures = (_figure(state, pair) for pair in shown[: shown_of(key, SHOWN_AT_ONCE)])
    st.html(f'<div class="look-through">{"".join(figures)}</div>')
    show_more(key, SHOWN_AT_ONCE, len(shown))


def what_was_swapped(state: Session, found: Mapping[Setup, Found]) -> None:
    """Draw the two wrong pairs, at which rank each Setup suspects them, and the score.

    `found`: the suspect captions of each Setup.
    """
    rank_of = {
        setup: ranks({pair: one.strength for pair, one in of_setup.items()})
        for setup, of_setup in found.items()
    }
    swapped = state.exercise.swapped
    scores = "".join(
        f"<li>{html.escape(state.compared.name_of(setup))} found "
        f"<b>{sum(pair in of_setup for pair in swapped)} of {len(swapped)}</b></li>"
        for setup, of_setup in rank_of.items()
    )
    rows = "".join(_swapped(state, pair, rank_of) for pair in swapped)
    st.html(f'<div class="swapped"><ul class="scores">{scores}</ul>{rows}</div>')


def _figure(state: Session, pair: Pair) -> str:
    picture = state.collection.items[pair.picture_id]
    if not isinstance(picture, PictureItem):
        return ""
    name = html.escape(picture.name, quote=True)
    words = html.escape(state.collection.text(pair.text_id).text)
    return (
        f'<figure><img src="{data_uri(picture, _FACE)}" alt="{name}">'
        f"<figcaption>“{words}”</figcaption></figure>"
    )


def _swapped(state: Session, pair: Pair, rank_of: Mapping[Setup, Mapping[ItemIds, int]]) -> str:
    """Return a wrong pair as HTML, with what each Setup says of it."""
    picture, text = (state.collection.items[i] for i in (pair.picture_id, pair.text_id))
    lines = "".join(
        f"<li>{dot(_colour(state, setup), filled=pair in of_setup)}"
        f"<b>{html.escape(state.compared.name_of(setup))}</b>: "
        f"{_rank_in_words(state, setup, pair, of_setup)}</li>"
        for setup, of_setup in rank_of.items()
    )
    return (
        f'<div class="finding"><div class="own">{tiles([Tile(picture)], EVIDENCE)}</div>'
        f'<div class="why"><h2><span class="mark">{MARK}</span> {html.escape(named(text))}</h2>'
        f'<ul class="ranks">{lines}</ul></div></div>'
    )


def _rank_in_words(
    state: Session, setup: Setup, pair: Pair, of_setup: Mapping[ItemIds, int]
) -> str:
    if pair in of_setup:
        return f"rank {of_setup[pair]} of {counted(len(of_setup), 'suspect')}"
    return "not found" if can_judge(state, setup, pair) else "cannot tell, it has no vector here"


def _colour(state: Session, setup: Setup) -> str:
    return setup_colour(state.compared.colour_index(setup))


def _reveal() -> None:
    session().exercise.revealed = True


def _put_right() -> None:
    state = session()
    if state.exercise.is_on(state.collection):
        one, other = state.exercise.swapped
        state.editing.replace(state.collection.swapping(one, other), "putting it right")
    state.exercise.end()


def _swap() -> None:
    _put_right()  # one mistake at a time
    state, chance = session(), random.Random()  # noqa: S311 (a game, not a secret)
    found = swap_captions(state.collection, chance)
    if found is None:
        state.exercise.impossible = True
        return
    collection, (one, other) = found
    state.editing.replace(collection, "planting a wrong caption")
    swapped = (Pair(other.text_id, one.picture_id), Pair(one.text_id, other.picture_id))
    state.exercise.begin(collection, swapped, chance)
