"""The line of controls of the Search page, the same before and after something was asked."""

from dataclasses import replace

import streamlit as st

from collection.limits import MAX_CAPTION_CHARACTERS
from ui.search.examples import EXAMPLES
from ui.search.options import SearchChoices, search_options
from ui.search.picture_field import picture_field, picture_remark, query_parts
from ui.state.query import Query
from ui.state.session import Session, session

_WORDS, _EXAMPLES_OPEN = "search-words", "search-examples-open"
_WRITTEN = "search-words-written"
"""Where the words are kept that the field was last given here: others were typed."""


def search_controls(state: Session) -> SearchChoices:
    """Draw the fields and keep what they say in `state.search.query`."""
    like = state.search.query.like
    if like is not None and like not in state.collection:
        state.search.query = replace(state.search.query, like=None)
    _follow_the_field(state)
    with st.container(gap="xsmall"):
        with st.container(horizontal=True, gap="small", key="search-line"):
            _words()
            picture_field(state)
            with st.popover(
                "Examples", icon=":material/lightbulb:", key=_EXAMPLES_OPEN, on_change="rerun"
            ):
                _examples("search-example")
            with st.popover("Options", icon=":material/tune:"):
                choices = search_options(state)
        picture_remark(state)
        query_parts(state)
        _look_for(state)
    return choices


def blank_page() -> None:
    """Say what can be done here, and offer the examples in a line, where nothing is asked yet."""
    # One block, which the hits take the place of: nothing of it is pushed down before it goes.
    with st.container():
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown("Or try what models find hard:", width="content")
            _examples("search-first-example")
        st.info(
            "Type some words above, try an example, or bring a picture. Every model then ranks the "
            "same items by how close they lie to it.",
            icon=":material/search:",
        )


def _follow_the_field(state: Session) -> None:
    """Take words that came without the button's own message, and write those of the query.

    Nobody has pressed anything then, so that only embedded providers are asked for them.
    """
    typed = st.session_state.get(_WORDS)
    if typed not in (None, st.session_state.get(_WRITTEN), state.search.query.words):
        state.search.change(words=typed, beside=None)
    if typed != state.search.query.words:
        # Only then, or it would undo typing that was not sent yet.
        st.session_state[_WORDS] = state.search.query.words
    st.session_state[_WRITTEN] = state.search.query.words


def _words() -> None:
    with (
        st.form("search", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", wrap=False, gap="small"),
    ):
        st.text_input(
            "Words to search for",
            key=_WORDS,
            placeholder="for example: fruit",
            max_chars=MAX_CAPTION_CHARACTERS,
            label_visibility="collapsed",
        )
        st.form_submit_button(
            "Search", type="primary", icon=":material/search:", on_click=_take_words
        )


def _take_words() -> None:
    search = session().search
    search.change(words=st.session_state[_WORDS], beside=None)
    search.asked = not search.query.blank


def _examples(key: str) -> None:
    for number, example in enumerate(EXAMPLES):
        st.button(example.words, key=f"{key}-{number}", on_click=_take_example, args=(number,))


def _take_example(number: int) -> None:
    search, example = session().search, EXAMPLES[number]
    search.replace(Query(words=example.words, beside=example.beside))
    st.session_state[_WORDS] = example.words
    st.session_state[_EXAMPLES_OPEN] = False
    search.asked = True


def _look_for(state: Session) -> None:
    tried = (state.search.query.words, state.search.query.beside)
    for example in EXAMPLES:
        if example[:2] == tried:
            st.caption(f":material/lightbulb: {example.look_for}")
