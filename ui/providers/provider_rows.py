"""The providers as rows: the tick that chooses one, what it is for, its model, key and price."""

import html
from collections.abc import Mapping

import streamlit as st

from charts.palette import setup_colour
from collection.embeddings import Setup
from providers.embedding.estimate import Estimate
from providers.provider import Provider
from providers.registry import PROVIDERS
from ui.brought.brought_rows import brought_rows
from ui.providers.setup_dialog import open_setup_dialog
from ui.run.estimate import estimate_in_short
from ui.run.setup_state import key_state_in_words
from ui.state.session import Session, session

_FAMILIES = (
    ("On this machine, without a key", True),
    ("Over the network, with a key of yours", False),
)


def provider_rows(state: Session, expected: Mapping[Setup, Estimate]) -> None:
    """Draw a row for each provider and each Setup that was added or brought, in families that fold.

    `expected`: what a run would take of each hosted Setup.
    """
    rows = {id_: state.compared.rows_of(id_) for id_ in PROVIDERS}
    st.html(f"<style>{''.join(map(_stripe, state.compared.rows))}</style>")
    for heading, embedded in _FAMILIES:
        with st.expander(heading, expanded=True), st.container(gap=None):
            for provider in PROVIDERS.values():
                if provider.info.embedded is embedded:
                    for row in rows[provider.info.id]:
                        _row(state, provider, row, expected)
            if not embedded and state.keyring.any_typed:
                st.button("Forget all keys", icon=":material/key_off:", on_click=state.forget_keys)
    brought_rows(state)


def _stripe(row: int) -> str:
    """Return the style that gives a row the colour that its Setup has in every chart."""
    return f".st-key-provider-row-{row} {{ border-left-color: {setup_colour(row)}; }}"


def row_key(state: Session, row: int) -> str:
    """Return what the widgets of a row are known by: the provider, and a number if added."""
    provider_id = state.compared.setup_of(row).provider
    return f"{provider_id}-{row}" if state.compared.is_added(row) else provider_id


def _row(state: Session, provider: Provider, row: int, expected: Mapping[Setup, Estimate]) -> None:
    info, setup, key = provider.info, state.compared.setup_of(row), row_key(state, row)
    title = f"{info.title} (added)" if state.compared.is_added(row) else info.title
    with st.container(key=f"provider-row-{row}", horizontal=True, vertical_alignment="center"):
        st.session_state[f"chosen-{key}"] = row in state.compared.ticked
        st.checkbox(title, key=f"chosen-{key}", on_change=_take_tick, args=(row, f"chosen-{key}"))
        st.html(_words(state, provider, setup, expected.get(setup)))
        with st.container(width="content"):
            # Told before the page is drawn: a run that ends just then has it drawn anew.
            st.button("Set up", key=f"set-up-{key}", on_click=open_setup_dialog, args=(row,))


def _take_tick(row: int, key: str) -> None:
    session().compared.tick(row, bool(st.session_state[key]))


def _words(state: Session, provider: Provider, setup: Setup, expected: Estimate | None) -> str:
    info = provider.info
    model = f"{setup.model} · {setup.dimension} dimensions"
    model += "".join(f" · {name} {value}" for name, value in setup.settings)
    words, good = key_state_in_words(state, setup)
    costs = "no cost" if info.embedded else ""
    if expected is not None:
        costs = estimate_in_short(expected)
    note = info.notes[0].replace("**", "") if info.notes else ""
    notes = f' <span class="note" role="img" aria-label="{_attribute(note)}" '
    notes += f'title="{_attribute(note)}">i</span>'
    return (
        f'<div class="provider"><div>for {html.escape(info.in_short)}{notes if note else ""}'
        f"<small>{html.escape(model)}</small></div>"
        f'<span class="key {good}">{html.escape(words)}</span>'
        f"<span>{html.escape(costs)}</span></div>"
    )


def _attribute(text: str) -> str:
    return html.escape(text, quote=True)
