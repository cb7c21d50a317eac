"""The query of a session: asked of the providers, and its vector under each Setup."""

from collections.abc import Sequence
from functools import partial

from collection.embeddings import Embeddings, FloatArray, Setup
from collection.errors import SharedSpaceError
from collection.items import Item, Modality
from providers.embedding.cache import shared_cache
from providers.inputs import Input
from providers.registry import PROVIDERS
from providers.transport.budget import Budget
from space.ranking import combined
from ui.state.query import Query, Target, query_input, weights
from ui.state.session import Session

_QUICK = 0.4
"""Seconds a page waits for the providers before it shows who is still being asked."""


class NoVector(SharedSpaceError):
    """The query has no vector under a Setup; the text says why."""


def ask_providers(state: Session, target: Target) -> None:
    """Embed the query with every embedded provider; with the hosted ones only when told to.

    What has a vector is not asked for again.
    """
    message, state.search.asked = state.search.asked, False
    for setup in state.shown:
        inputs = query_inputs(state.search.query, target, setup)
        embedded = PROVIDERS[setup.provider].info.embedded
        new = [item for item in inputs if not state.search.vectors.was_asked(setup, item)]
        if message or (embedded and new):
            ask(state, setup, inputs)
    state.search.vectors.wait(_QUICK)


def ask(state: Session, setup: Setup, inputs: Sequence[Input]) -> None:
    """Ask one provider for what is not known of these parts of the query yet."""
    context = partial(state.call_context, budget=Budget(state.embedding.cap))
    state.search.vectors.ask(setup, inputs, shared_cache(), context)


def query_inputs(query: Query, target: Target, setup: Setup) -> list[Input]:
    """Return what has to be embedded of a query to find these kinds of items with a Setup."""
    return [
        query_input(item, modality, setup)
        for modality in target.modalities
        for item in query.to_embed
    ]


def query_vector(state: Session, embeddings: Embeddings, modality: Modality) -> FloatArray:
    """Return the query, float32 (d,) of length 1. Raises NoVector."""
    query = state.search.query
    parts = [
        part_vector(state, item, modality, embeddings.setup)
        for item in (query.text, query.picture)
        if item is not None
    ]
    if query.like:
        if query.like not in embeddings:
            raise NoVector("This item has no vector here, so nothing like it can be found.")
        parts.append(embeddings.of([query.like])[0])
    try:
        return combined(parts, weights(query, parts))
    except SharedSpaceError as error:
        raise NoVector(str(error)) from None


def part_vector(state: Session, item: Item, modality: Modality, setup: Setup) -> FloatArray:
    """Return the vector of one part of the query, float32 (d,). Raises NoVector."""
    part = query_input(item, modality, setup)
    vector = state.search.vectors.vector(setup, part)
    if vector is None:
        raise NoVector(state.search.vectors.reason(setup, part))
    return vector
