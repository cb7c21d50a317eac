"""The answer to the page's question in one line a Setup, for all Setups at once."""

import html
from statistics import median

import streamlit as st

from charts.palette import setup_colour
from collection.embeddings import Embeddings
from space.arrays import IntArray
from space.retrieval import recall_at
from ui.similarity.found import found_by
from ui.state.session import Session

_HEADS = (
    "",
    "captions that find their own picture first",
    "pictures that find a caption of theirs first",
    "median rank of the right picture",
)


def verdicts(state: Session) -> None:
    """Draw the table: who finds what, both ways round. A tie counts against the Setup."""
    heads = "".join(f"<th scope='col'>{head}</th>" for head in _HEADS)
    rows = "".join(_row(state, embeddings) for embeddings in state.shown.values())
    st.html(f"<table class='verdicts'><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>")


def _row(state: Session, embeddings: Embeddings) -> str:
    found = found_by(state.collection, embeddings)
    of_captions, of_pictures = found.of_captions.ranks, found.of_pictures.ranks
    rank = f"{median(of_captions.tolist()):g}" if len(of_captions) else "–"
    cells = (_of(of_captions), _of(of_pictures), rank)
    colour = setup_colour(state.compared.colour_index(embeddings.setup))
    name = html.escape(state.compared.name_of(embeddings.setup))
    return (
        f"<tr><th scope='row' style='border-left-color:{colour}'>{name}</th>"
        + "".join(f"<td>{cell}</td>" for cell in cells)
        + "</tr>"
    )


def _of(ranks: IntArray) -> str:
    """Return how many are found first, in words."""
    if not len(ranks):
        return "no pair yet"
    return f"<b>{round(recall_at(ranks, 1) * len(ranks))}</b> of {len(ranks)}"
