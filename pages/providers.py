"""Providers: who embeds it? One row each, and the run."""

import streamlit as st

from ui.providers.provider_rows import provider_rows
from ui.providers.setup_dialog import setup_dialog
from ui.run.estimate import estimates_of
from ui.run.panel import run_panel
from ui.shell import open_page, question

state = open_page("Providers")
question(
    "Who embeds it?",
    "Tick the providers to compare. Each turns every picture and caption into one vector, "
    "and none of them sees what the others give.",
    "A provider is who embeds, with one or several models. A Setup is a provider with one of its "
    "models and its settings: a row here. A token is a piece of a word or of a picture, by which "
    "most providers count; dimensions say how many numbers a vector has.",
)
panel = st.container()
shown = [state.compared.setup_of(row) for row in state.compared.rows]
provider_rows(state, {entry.setup: entry for entry in estimates_of(state, shown)})
setup_dialog(state)
with panel:
    run_panel(state)
