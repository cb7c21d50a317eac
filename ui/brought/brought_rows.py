"""The rows of vectors that were computed elsewhere, on the page Providers."""

import streamlit as st

from collection.embeddings import Setup
from ui.brought.bring_in import take_out
from ui.elements.text import counted, markdown_text
from ui.state.session import Session, session


def brought_rows(state: Session) -> None:
    """Draw a row for each, in a family that folds; nothing where there are none."""
    rows = state.compared.brought_rows
    if not rows:
        return
    with (
        st.expander("Brought from elsewhere", expanded=True),
        st.container(gap=None, key="brought-rows"),
    ):
        for row in rows:
            _row(state, row)


def _row(state: Session, row: int) -> None:
    setup, key = state.compared.setup_of(row), f"chosen-brought-{row}"
    with st.container(key=f"provider-row-{row}", horizontal=True, vertical_alignment="center"):
        st.session_state[key] = row in state.compared.ticked
        st.checkbox(
            markdown_text(state.compared.name_of(setup)),
            key=key,
            on_change=_take_tick,
            args=(row, key),
        )
        st.html(_words(state, setup))
        with st.container(width="content"):
            st.button(
                "Remove",
                key=f"remove-brought-{row}",
                on_click=take_out,
                args=(state, row),
                help="Undo on the page Collection brings them back.",
            )


def _take_tick(row: int, key: str) -> None:
    session().compared.tick(row, bool(st.session_state[key]))


def _words(state: Session, setup: Setup) -> str:
    total = len(state.collection)
    known = total - state.failed(setup)
    of = f"all {total:,}" if known == total else f"{known:,} of {total:,}"
    return (
        f'<div class="provider brought"><div>vectors of {of} items'
        f"<small>{counted(setup.dimension, 'dimension')} · without their model: no search by new "
        "words</small></div></div>"
    )
