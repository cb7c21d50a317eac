"""The head of a Setup's column: its colour, its name, exactly which model, what is missing."""

import html

import streamlit as st

from charts.palette import setup_colour
from collection.embeddings import Embeddings, Setup
from providers.registry import PROVIDERS
from ui.session import Session
from ui.shell import provider_title
from ui.text import counted


def setup_position(setup: Setup) -> int:
    """Return the position that gives a Setup its colour, the same on every page."""
    return list(PROVIDERS).index(setup.provider)


def setup_header(state: Session, embeddings: Embeddings) -> None:
    """Draw the colour stripe, the provider's name, its model, and what is not embedded yet."""
    setup = embeddings.setup
    settings = "".join(f" · {name} {value}" for name, value in setup.settings)
    lines = [f"{setup.model} · {setup.dimension} dimensions{settings}"]
    missing = state.not_embedded(setup)
    if missing:
        lines.append(f"{counted(missing, 'item')} not embedded yet.")
    if state.failed(setup):
        lines.append(f"{counted(state.failed(setup), 'item')} without a vector.")
    details = "".join(f"<div>{html.escape(line)}</div>" for line in lines)
    st.html(
        f'<div class="setup" style="border-color:{setup_colour(setup_position(setup))}">'
        f"<b>{html.escape(provider_title(setup.provider))}</b>{details}</div>"
    )
