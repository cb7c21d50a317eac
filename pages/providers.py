"""Providers: who embeds it? One card each, and the run."""

import streamlit as st

from providers.registry import PROVIDERS
from ui.elements.columns import side_by_side
from ui.providers.card import card
from ui.run.panel import run_panel
from ui.shell import open_page, question

state = open_page("Providers")
question(
    "Who embeds it?",
    "Tick the providers to compare. Each turns every picture and caption into one vector, "
    "and none of them sees what the others give.",
)
panel = st.container()
for heading, embedded in (
    ("On this machine, without a key", True),
    ("Over the network, with a key of yours", False),
):
    group = [p for p in PROVIDERS.values() if p.info.embedded is embedded]
    st.subheader(heading, anchor=False)
    if not embedded and state.keyring.any_typed:
        st.button("Forget all keys", icon=":material/key_off:", on_click=state.forget_keys)
    for column, provider in zip(side_by_side(len(group)), group, strict=True):
        with column:
            card(state, provider)
with panel:
    run_panel(state)
