"""A query and what it meets, with the correction for hubs that was chosen."""

import streamlit as st

from collection.embeddings import Embeddings, FloatArray
from collection.items import Modality
from collection.modality_vectors import vectors_of
from space.corrections import CORRECTIONS, NONE, Correction
from space.hubs import csls_query
from space.modality import centred_query
from ui.elements.correction import chosen_correction, corrected, say_correction
from ui.state.query import Query, Target
from ui.state.session import Session


def corrected_query(
    state: Session, query: Query, embeddings: Embeddings, modality: Modality, vector: FloatArray
) -> tuple[FloatArray, Embeddings]:
    """Return the query's vector and the rows that it meets, both corrected as was chosen."""
    used = _used(query, modality)
    if used is CORRECTIONS[NONE]:
        return vector, embeddings
    across = used.across_only
    rows = corrected(state.collection, embeddings, across=across)
    if across:
        documents = vectors_of(state.collection, embeddings, modality).vectors
        if not len(documents):
            return vector, embeddings
        return csls_query(vector, documents, is_text=modality is Modality.PICTURE), rows
    texts, pictures = (
        vectors_of(state.collection, embeddings, kind).vectors
        for kind in (Modality.TEXT, Modality.PICTURE)
    )
    return centred_query(vector, texts, pictures, _share_of_words(state, query)), rows


def score_of_query(query: Query, modality: Modality) -> str:
    """Return what the figures of the hits are called."""
    return _used(query, modality).score


def say_correction_of_query(state: Session, target: Target) -> None:
    """Say which correction is on, and where it does not hold for this query."""
    used = {
        _used(state.search.query, modality) is not CORRECTIONS[NONE]
        for modality in target.modalities
    }
    if used == {True, False}:
        say_correction()
        st.caption("Where query and hits are of one kind, the figures are plain cosines.")
    else:
        say_correction(across=True in used)


def _used(query: Query, modality: Modality) -> Correction:
    """Return the correction that can be applied: some are for two different kinds only."""
    chosen = chosen_correction()
    if not chosen.across_only:
        return chosen
    words, picture = query.text is not None, query.picture is not None
    across = {Modality.PICTURE: words and not picture, Modality.TEXT: picture and not words}
    return chosen if query.like is None and across[modality] else CORRECTIONS[NONE]


def _share_of_words(state: Session, query: Query) -> float:
    """Return how much of the query is words, 0 to 1."""
    if query.like is not None and query.like in state.collection:
        return float(state.collection.items[query.like].modality is Modality.TEXT)
    if query.text is not None and query.picture is not None:
        return query.weight
    return float(query.text is not None)
