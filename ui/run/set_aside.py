"""The items without a vector: named with the reason, not sent again unless the person asks."""

import streamlit as st

from collection.embeddings import Setup
from ui.elements.text import counted, markdown_text, message_text
from ui.state.session import Session

NAMED = 6


def items_without_vector(state: Session) -> None:
    """Name the items for which a chosen Setup has no vector, and why; offer to try them again."""
    total = sum(_named(state, setup) for setup in state.chosen)
    if total and not state.embedding.active:
        st.button(
            f"Try {'it' if total == 1 else f'these {total}'} again",
            key="try-again",
            icon=":material/refresh:",
            on_click=state.try_again,
            help="Sends what was set aside once more. Embed alone leaves it out: a provider that "
            "could not cope with an item hardly ever can a minute later.",
        )


def _named(state: Session, setup: Setup) -> int:
    """Name those of one Setup; returns how many there are."""
    known = state.embedding.results.get(setup)
    failures = {} if known is None else known.failures
    here = [(i, failure) for i, failure in failures.items() if i in state.collection]
    for item_id, failure in here[:NAMED]:
        label = markdown_text(state.collection.items[item_id].label[:80])
        st.markdown(
            f":material/error: **{markdown_text(state.compared.name_of(setup))}**, “{label}”: "
            f"{message_text(str(failure))}"
        )
    if len(here) > NAMED:
        st.caption(f"And {counted(len(here) - NAMED, 'more item')}.")
    return len(here)
