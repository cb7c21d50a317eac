"""The head of a Setup's column: its colour, its name, exactly which model, what is missing."""

import html

import streamlit as st

from charts.palette import setup_colour
from collection.embeddings import Embeddings
from providers.registry import info_of
from ui.elements.text import counted
from ui.state.session import Session


def setup_header(state: Session, embeddings: Embeddings) -> None:
    """Draw the colour stripe, the provider's name, its model, and what is not embedded yet."""
    setup = embeddings.setup
    settings = "".join(f" · {name} {value}" for name, value in setup.settings)
    info = info_of(setup)
    model = f"{setup.model} · " if info.embeds else ""  # else the name above says it
    origin = " · from a file" if setup in state.embedding.from_file else ""
    lines = [f"{model}{setup.dimension} dimensions{settings}{origin}"]
    missing = state.not_embedded(setup)
    if missing:
        lines.append(f"{counted(missing, 'item')} not embedded yet.")
    if state.failed(setup):
        lines.append(f"{counted(state.failed(setup), 'item')} without a vector.")
    # Three across, a long model name takes two lines: then all take two, and the charts line up.
    tall = " tall" if len(state.shown) > 2 else ""
    details = "".join(f"<div>{html.escape(line)}</div>" for line in lines)
    colour = setup_colour(state.compared.colour_index(setup))
    st.html(
        f'<div class="setup{tall}" style="border-color:{colour}">'
        f"<b>{html.escape(info.title)}</b>{details}</div>"
    )
