"""Hubs: which items are everybody's nearest neighbour, and what corrections do to recall."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from charts.palette import setup_colour
from collection.embeddings import Setup
from collection.modality_vectors import ModalityVectors
from space.arrays import IntArray
from space.best_setup import BestSetup
from space.corrections import CORRECTIONS, NONE
from space.hubs import usable_k
from space.retrieval_measures import Measure
from space.scorecard import Direction, Scorecard
from space.undefined import Measured, Undefined
from ui.elements.columns import side_by_side
from ui.elements.correction import choose_correction
from ui.elements.known_as import captions_of
from ui.elements.show_more import show_more, shown_of
from ui.elements.text import counted, markdown_text
from ui.elements.tiles import EVIDENCE, Tile, tiles
from ui.scorecard.cached import cached_corrections, cached_occurrences
from ui.scorecard.common import CommonItems
from ui.scorecard.estimate_words import interval_in_words
from ui.scorecard.headline import DIRECTION_KEY
from ui.scorecard.plain_table import plain_table
from ui.state.session import Session

SHOWN_AT_FIRST = 5
_WHAT = (
    "**N_k**: how many queries have this item among their k nearest (k-occurrence; Radovanović et "
    "al. 2010). k is 10, or a fifth of the items where they are fewer. On average each is found by "
    "k · queries ÷ items.\n\n"
    "**Skewness** of N_k: mean of ((N_k less mean) ÷ standard deviation)³. 0 is even; above 1 "
    "a few hubs are found far more often than the others.\n\n"
    "**Centred**: each kind without its own mean, and to length 1 again. **CSLS**: the cosine, "
    "less half of the mean cosine that each of the two has with its k nearest of the other kind "
    "(Conneau et al. 2018; halved here).\n\n"
    "**p**: paired sign-flip permutation test against the figure as it is, corrected by Holm."
)


@dataclass(frozen=True)
class _Sides:
    """What looks for what: of each Setup its queries and its documents, and their nouns."""

    queries: tuple[ModalityVectors, ...]
    documents: tuple[ModalityVectors, ...]
    asking: str
    asked: str

    @property
    def k(self) -> int:
        """How many neighbours are looked at."""
        return usable_k(len(self.documents[0].items))


def hubs(state: Session, common: CommonItems, _card: Scorecard) -> None:
    """Draw the hubs of each Setup, and a table of what the corrections do."""
    sides = _sides(common)
    counts = {
        setup: cached_occurrences(queries, documents, sides.k)
        for setup, queries, documents in zip(
            common.setups, sides.queries, sides.documents, strict=True
        )
    }
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_sentence(state, counts, sides), width="stretch")
        with st.popover("What the figures mean", icon=":material/help:", type="tertiary"):
            st.markdown(_WHAT)
    for column, (setup, of_setup) in zip(side_by_side(len(counts)), counts.items(), strict=True):
        with column:
            _most_found(state, setup, of_setup, sides)
    st.html("<h2 class='groups-heading'>What two corrections do</h2>")
    _corrections(state, common)
    choose_correction("scorecard")
    st.caption("It applies to the heatmap on Similarity and to Search as well.")


def _sides(common: CommonItems) -> _Sides:
    """Return the direction that is chosen above; of both it is that of captions."""
    if st.session_state.get(DIRECTION_KEY) == Direction.PICTURES:
        return _Sides(common.pictures, common.texts, "picture", "caption")
    return _Sides(common.texts, common.pictures, "caption", "picture")


def _sentence(state: Session, counts: Mapping[Setup, IntArray], sides: _Sides) -> str:
    queries, documents = len(sides.queries[0].items), len(sides.documents[0].items)
    found = max(counts, key=lambda setup: int(counts[setup].max(initial=0)))
    most = int(counts[found].max(initial=0))
    never = int(np.sum(counts[found] == 0))
    name = markdown_text(state.compared.name_of(found))
    usual = sides.k * queries / documents
    return (
        f"For **{name}** one {sides.asked} is among the {sides.k} nearest of **{most} of "
        f"{counted(queries, sides.asking)}**, where {usual:.1f} is the mean; "
        f"{counted(never, sides.asked)} of {documents} "
        f"{'is' if never == 1 else 'are'} among nobody's."
    )


def _most_found(state: Session, setup: Setup, counts: IntArray, sides: _Sides) -> None:
    """Draw the items that are found most, each with how often."""
    st.markdown(f"**{markdown_text(state.compared.name_of(setup))}**")
    key = f"hubs-{state.compared.colour_index(setup)}-{sides.asked}"
    items = sides.documents[0].items
    order = np.argsort(-counts, kind="stable")
    shown = [
        Tile(
            items[int(row)],
            mark=counted(int(counts[row]), sides.asking),
            captions=captions_of(state.collection, items[int(row)]),
        )
        for row in order[: shown_of(key, SHOWN_AT_FIRST)]
    ]
    st.html(tiles(shown, EVIDENCE, brief=True))
    show_more(key, SHOWN_AT_FIRST, len(items))


def _corrections(state: Session, common: CommonItems) -> None:
    """Draw recall@1 and the skewness under each correction, three rows a Setup."""
    chosen = st.session_state.get(DIRECTION_KEY) or Direction.BOTH
    rows: list[list[object]] = []
    colours, words = [], []
    for setup, texts, pictures in zip(common.setups, common.texts, common.pictures, strict=True):
        found = cached_corrections(texts, pictures, common.pairs)
        for at, (name, correction) in enumerate(CORRECTIONS.items()):
            estimate = found.card.estimates[at][chosen, Measure.RECALL_1]
            best = found.card.best[chosen]
            p = None
            if name != NONE and not isinstance(best, Undefined):
                p = f"{best.between(0, at).corrected:.3f}"
            skew_of_pictures, skew_of_captions = found.skewness[at]
            rows.append(
                [
                    state.compared.name_of(setup),
                    correction.title,
                    _value(estimate.value),
                    interval_in_words(estimate),
                    p,
                    _value(skew_of_pictures),
                    _value(skew_of_captions),
                ]
            )
            colours.append(setup_colour(state.compared.colour_index(setup)))
        name = markdown_text(state.compared.name_of(setup))
        words.append(f"**{name}**: {_what_helps(found.card.best[chosen])}")
    st.markdown("  \n".join(words))
    heads = ["Setup", "correction", "recall@1", "95 % interval", "p", "skewness of pictures"]
    plain_table("hubs", "Corrections", [*heads, "skewness of captions"], rows, colours)
    st.caption(f"recall@1: {chosen}. Skewness: of N_k of the pictures, and of the captions.")


def _what_helps(best: BestSetup | Undefined) -> str:
    """Say which corrections make a difference; best: with the corrections as Setups, in order."""
    if isinstance(best, Undefined):
        return f"{best}."
    found = {
        correction.title: best.between(0, at)
        for at, correction in enumerate(CORRECTIONS.values())
        if at
    }
    better = [title for title, one in found.items() if one.differs and one.worse == 0]
    worse = [title for title, one in found.items() if one.differs and one.better == 0]
    words = [f"{title} finds more first" for title in better]
    words += [f"{title} finds fewer first" for title in worse]
    return f"{'; '.join(words) or 'no difference in recall@1 that these pairs could show'}."


def _value(value: Measured) -> float | None:
    return None if isinstance(value, Undefined) else value
