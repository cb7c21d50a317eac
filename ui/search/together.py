"""One more column of Search: the rankings of all Setups as one."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from collection.embeddings import Embeddings, Setup
from collection.items import Modality
from space.arrays import FloatArray
from space.fusion import reciprocal_rank_fusion
from space.ranking import best, query_scores
from ui.elements.known_as import captions_of
from ui.elements.text import NOUNS, counted
from ui.elements.tiles import Tile, tiles
from ui.search.asked_query import AskedQuery
from ui.search.corrected_query import corrected_query
from ui.search.options import SearchChoices
from ui.search.results import searched_items
from ui.state.query_vectors import Known
from ui.state.session import Session


def all_together(
    state: Session, choices: SearchChoices, asked: Mapping[Setup, AskedQuery]
) -> list[str]:
    """Draw what all Setups that have answered find together, and return the ids of the hits."""
    found: list[str] = []
    with st.container(gap="xxsmall"):
        with st.container(gap=None):
            st.html('<h2 class="unseen">What all find together</h2>')
            st.html(
                '<div class="setup" style="border-color:currentColor"><b>All together</b>'
                "<div>reciprocal rank fusion</div></div>"
            )
        for modality in choices.target.modalities:
            if len(choices.target.modalities) > 1:
                st.html(f'<h3 class="kind">{NOUNS[modality].capitalize()}s</h3>')
            found += _found(state, choices, asked, modality)
    return found


def _found(
    state: Session,
    choices: SearchChoices,
    asked: Mapping[Setup, AskedQuery],
    modality: Modality,
) -> list[str]:
    answered = {
        setup: known.vector
        for setup, embeddings in state.shown.items()
        if isinstance(known := asked[setup].vector(embeddings, modality), Known)
    }
    if len(answered) < 2:
        st.caption("This needs the answers of two models at least.")
        return []
    of = [state.shown[setup] for setup in answered]
    wanted = searched_items(state, choices, modality)
    ids = [i for i in of[0].ids if i in wanted and all(i in embeddings for embeddings in of)]
    if not ids:
        st.caption(f"There is no {NOUNS[modality]} to find.")
        return []
    scores = [
        _scores(state, embeddings, modality, vector, ids)[np.newaxis]
        for embeddings, vector in zip(of, answered.values(), strict=True)
    ]
    hits = best(reciprocal_rank_fusion(scores)[0], choices.count)
    shown = [
        Tile(
            state.collection.items[ids[row]],
            (f"fused {score:.2f}", f"rank {rank} of {hits.ranked_count}"),
            captions=captions_of(state.collection, state.collection.items[ids[row]]),
        )
        for row, score, rank in zip(hits.rows, hits.scores, hits.ranks, strict=True)
    ]
    st.html(
        f'<div class="verdict">The rankings of {counted(len(of), "model")} as one; 1 is first with '
        "all of them.</div>"
    )
    st.html(tiles(shown))
    return [tile.item.id for tile in shown]


def _scores(
    state: Session,
    embeddings: Embeddings,
    modality: Modality,
    vector: FloatArray,
    ids: list[str],
) -> FloatArray:
    met, rows = corrected_query(state, state.search.query, embeddings, modality, vector)
    return query_scores(met, rows.of(ids))
