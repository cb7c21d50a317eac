"""The correction for hubs: chosen on the scorecard, on Similarity or in Search, for all three."""

from dataclasses import replace

import numpy as np
import streamlit as st

from collection.collection import Collection
from collection.embeddings import Embeddings
from collection.items import Modality
from space.arrays import BoolArray
from space.corrections import CORRECTIONS, NONE, Correction
from ui.state.content_cache import cached_by_content

_KEY = "correction"
_WHAT = "  \n".join(f"**{one.title}**: {one.sentence}" for one in CORRECTIONS.values())


def choose_correction(page: str) -> None:
    """Draw the choice; it is the same one on every page, where each has a widget of its own.

    Streamlit does not carry what was chosen over to a widget of the same key on another page.
    """
    key = f"{_KEY}-{page}"
    st.session_state[key] = st.session_state.get(_KEY, NONE)
    st.segmented_control(
        "Correction for hubs",
        list(CORRECTIONS),
        required=True,
        format_func=lambda name: CORRECTIONS[name].title,
        key=key,
        help=_WHAT,
        on_change=lambda: st.session_state.update({_KEY: st.session_state[key]}),
    )


def chosen_correction(*, across: bool = True) -> Correction:
    """Return what was chosen; `across`: whether it is for items of two kinds, or for any."""
    found = CORRECTIONS[st.session_state.get(_KEY, NONE)]
    return CORRECTIONS[NONE] if found.across_only and not across else found


def score_name(*, across: bool = True) -> str:
    """Return what the figures are called that take the place of cosines."""
    return chosen_correction(across=across).score


def say_correction(*, across: bool = True) -> None:
    """Say that a correction is on, and where it does not hold; nothing where none was chosen."""
    chosen, used = chosen_correction(), chosen_correction(across=across)
    if used is not CORRECTIONS[NONE]:
        st.caption(f"Corrected for hubs. **{used.title}**: {used.sentence}")
    elif chosen is not used:
        st.caption(
            f"Not corrected here: {chosen.title} is defined for a caption and a picture only."
        )


def corrected(collection: Collection, embeddings: Embeddings, *, across: bool = True) -> Embeddings:
    """Return the Embeddings with the chosen correction; their dimension may be another one."""
    chosen = chosen_correction(across=across)
    name = next(name for name, one in CORRECTIONS.items() if one is chosen)
    if name == NONE:
        return embeddings
    is_text = [collection.items[i].modality is Modality.TEXT for i in embeddings.ids]
    return _corrected(embeddings, np.asarray(is_text, bool), name)


@cached_by_content(max_entries=24)
def _corrected(embeddings: Embeddings, is_text: BoolArray, name: str) -> Embeddings:
    vectors = CORRECTIONS[name].apply(embeddings.vectors, is_text)
    setup = replace(embeddings.setup, dimension=vectors.shape[1])
    return replace(embeddings, setup=setup, vectors=vectors)
