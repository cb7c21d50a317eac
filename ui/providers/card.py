"""A provider's card: what it is, good and bad at, its model, and the tick that chooses it."""

import streamlit as st

from charts.palette import setup_colour
from collection.embeddings import Setup
from providers.embedding.progress import JobState
from providers.provider import Provider
from ui.elements.text import message_text
from ui.providers.hosted_card import hosted_card
from ui.state.session import Session


def card(state: Session, provider: Provider) -> None:
    """Draw a provider: what it is, good and bad at, its model, and the tick that chooses it."""
    info = provider.info
    setup = state.compared.setup_for(info.id)
    _stripe(setup_colour(state.compared.colour_index(setup)))
    with st.container(border=True, height="stretch"):
        ticked = st.checkbox(
            info.title, value=info.id in state.compared.ticked, key=f"chosen-{info.id}"
        )
        state.compared.tick(info.id, ticked)
        trouble = st.container()  # filled last, for the card below may mend it
        st.markdown(info.summary)
        st.markdown(f":material/thumb_up: **Good at:** {info.good_at}")
        st.markdown(f":material/thumb_down: **Bad at:** {info.bad_at}")
        if info.embedded:
            st.caption(
                f"Runs on this machine, no key, no network. Model {setup.model}, "
                f"{setup.dimension} dimensions. Licence: {info.licence}."
            )
        else:
            st.caption(f"Licence: {info.licence}. [About it]({info.home_page}).")
            hosted_card(state, info)
        with trouble:
            _why_it_failed(state, setup)


def _stripe(colour: str) -> None:
    """Draw the colour that this provider has in every chart."""
    st.html(f'<div style="height:5px;border-radius:3px;background:{colour}">')


def _why_it_failed(state: Session, setup: Setup) -> None:
    """Say on the card why the last run of this Setup failed, until something is done about it."""
    if setup.provider not in state.embedding.failed_providers:
        return
    for progress in state.embedding.run.progress if state.embedding.run is not None else ():
        if progress.setup == setup and progress.state is JobState.FAILED:
            st.error(
                f"{message_text(progress.reason)} What was finished is kept; embed again and "
                "only the rest is asked for.",
                icon=":material/error:",
            )
