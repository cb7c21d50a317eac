"""Providers: who embeds it? One card each, and the run."""

import streamlit as st

from charts.palette import setup_colour
from providers.provider import Provider
from providers.registry import PROVIDERS
from ui.caption_warnings import caption_warnings
from ui.columns import side_by_side
from ui.run_panel import run_panel
from ui.session import Session
from ui.shell import open_page, question


def card(state: Session, provider: Provider) -> None:
    """Draw a provider: what it is, good and bad at, its model, and the tick that chooses it."""
    info = provider.info
    with st.container(border=True, height="stretch"):
        ticked = st.checkbox(
            f"**{info.title}**", value=info.id in state.chosen, key=f"chosen-{info.id}"
        )
        state.choose(info.id, ticked)
        st.markdown(info.summary)
        st.markdown(f":material/thumb_up: **Good at:** {info.good_at}")
        st.markdown(f":material/thumb_down: **Bad at:** {info.bad_at}")
        setup = info.setup()
        st.caption(
            f"Runs on this machine, no key, no network. Model {setup.model}, {setup.dimension} "
            f"dimensions. Licence: {info.licence}."
        )
        for line in caption_warnings(state.collection, info):
            st.warning(line, icon=":material/translate:")


state = open_page("Providers")
question(
    "Who embeds it?",
    "Tick the providers to compare. Each turns every picture and caption into one vector, "
    "and none of them sees what the others give.",
)
for position, (column, provider) in enumerate(
    zip(side_by_side(len(PROVIDERS)), PROVIDERS.values(), strict=True)
):
    with column:
        st.html(f'<div style="height:5px;border-radius:3px;background:{setup_colour(position)}">')
        card(state, provider)
run_panel(state)
