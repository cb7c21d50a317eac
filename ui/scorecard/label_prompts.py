"""The prompts of the labels, embedded: by embedded Setups at once, by hosted ones on a press."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import numpy as np
import streamlit as st

from collection.embeddings import FloatArray, Setup
from collection.items import Modality, TextItem, text_item
from providers.embedding.cache import shared_cache
from providers.inputs import Input
from providers.registry import info_of
from providers.transport.budget import Budget
from ui.elements.rerun_when import rerun_when
from ui.elements.text import counted, in_a_row, markdown_text, message_text
from ui.run.estimate import estimate_in_words, estimate_of_texts
from ui.state.query import query_input
from ui.state.query_vectors import Asking, Failed, Known, NotAsked
from ui.state.session import Session, session

_QUICK = 0.4
"""Seconds the page waits for the prompts before it says that they are under way."""


def prompt_vectors(
    state: Session, setups: Iterable[Setup], prompts: Sequence[Sequence[str]]
) -> Mapping[Setup, FloatArray]:
    """Return the vectors of the prompts, float32 (c, t, d), of each Setup that has them all.

    prompts: c labels of t prompts each. Of the other Setups it says what they wait for, with a
    button for the hosted ones.
    """
    texts = {words: text_item(words) for of_label in prompts for words in of_label}
    known, every = state.search.prompts, list(setups)
    inputs = {
        setup: {w: query_input(text, Modality.PICTURE, setup) for w, text in texts.items()}
        for setup in every
    }
    for setup in every:
        info = info_of(setup)
        states = [known.state(setup, item) for item in inputs[setup].values()]
        if info.embedded and info.embeds and any(isinstance(one, NotAsked) for one in states):
            _ask(state, setup, inputs[setup].values())
    known.wait(_QUICK)
    found, unplaced = {}, []
    for setup in every:
        states_of = {w: state.query_state(known, setup, i) for w, i in inputs[setup].items()}
        vectors = {w: one.vector for w, one in states_of.items() if isinstance(one, Known)}
        if len(vectors) == len(texts):
            rows = [[vectors[words] for words in of_label] for of_label in prompts]
            found[setup] = np.asarray(rows, np.float32)
        elif not info_of(setup).embeds:
            unplaced.append(markdown_text(state.compared.name_of(setup)))
        else:
            _not_known(state, setup, texts, inputs[setup])
    if unplaced:
        st.caption(
            f"{in_a_row(unplaced)}: no answer here, since brought vectors come without their "
            "model, so the prompts cannot be placed among them."
        )
    if any(map(known.waiting, every)):
        rerun_when(lambda: known.has_news, every=0.3)
    return found


def _ask(state: Session, setup: Setup, inputs: Iterable[Input]) -> None:
    context = partial(state.call_context, budget=Budget(state.embedding.cap))
    state.search.prompts.ask(setup, inputs, shared_cache(), context)


def _not_known(
    state: Session, setup: Setup, texts: Mapping[str, TextItem], inputs: Mapping[str, Input]
) -> None:
    """Say why a Setup has no vectors of the prompts, and offer to ask a hosted one."""
    name = markdown_text(state.compared.name_of(setup))
    known = state.search.prompts
    states = [known.state(setup, item) for item in inputs.values()]
    if known.waiting(setup) or any(isinstance(one, Asking) for one in states):
        st.caption(f"{name} is embedding the prompts …")
        return
    reasons = [one.reason for one in states if isinstance(one, Failed)]
    if reasons:
        st.warning(f"{name}: {message_text(reasons[0] or 'no answer')}", icon=":material/error:")
    row = state.compared.colour_index(setup)
    again = " again" if reasons else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            f"Ask {name}{again}",
            key=f"ask-prompts-{row}",
            icon=":material/send:",
            on_click=lambda: _ask(session(), setup, inputs.values()),
        )
        if not info_of(setup).embedded:
            takes = estimate_in_words(estimate_of_texts(state, setup, texts.values()))
            st.caption(
                f"for {counted(len(texts), 'prompt')}: {takes}; at most "
                f"US\\${state.embedding.cap:.2f}."
            )
