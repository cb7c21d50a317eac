"""The query of a page, asked of the providers once, and what is known of it under each Setup."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from collection.embeddings import Embeddings, Setup
from collection.errors import SharedSpaceError
from collection.items import Item, Modality
from providers.embedding.cache import shared_cache
from providers.inputs import Input
from providers.registry import info_of
from providers.transport.budget import Budget
from space.ranking import combined
from ui.state.query import Query, Target, query_input, weights
from ui.state.query_vectors import Failed, Known, NotAsked, QueryState
from ui.state.session import Session

_QUICK = 0.4
"""Seconds a page waits for the providers before it shows who is still being asked."""


@dataclass(frozen=True)
class AskedQuery:
    """A query under one Setup: its inputs, and what is known of each.

    `inputs`: for each kind of item to find, the input of each part of the query: the words, the
    picture, and the words to compare with.
    """

    query: Query
    setup: Setup
    inputs: Mapping[Modality, Mapping[str, Input]]
    states: Mapping[Input, QueryState]

    def part(self, item: Item, modality: Modality) -> QueryState:
        """Return what is known of one part of the query, which is to find this kind of item."""
        return self.states[self.inputs[modality][item.id]]

    def vector(self, embeddings: Embeddings, modality: Modality) -> QueryState:
        """Return the vector of the whole query, or why there is none yet."""
        query = self.query
        parts = [
            self.part(item, modality) for item in (query.text, query.picture) if item is not None
        ]
        if query.like is not None:
            parts.append(_like(query.like, embeddings))
        vectors = [part.vector for part in parts if isinstance(part, Known)]
        if len(vectors) < len(parts):
            return next(part for part in parts if not isinstance(part, Known))
        try:
            return Known(combined(vectors, weights(query, vectors)))
        except SharedSpaceError as error:
            return Failed(str(error))

    @property
    def all_known(self) -> bool:
        """Whether every part has its vector."""
        return all(isinstance(state, Known) for state in self.states.values())


def ask_providers(state: Session, target: Target) -> dict[Setup, AskedQuery]:
    """Ask for the query, and return what is known of it under each Setup that is shown.

    Every embedded provider is asked for what it was not asked before; the hosted ones only where
    the person has just told so. What has a vector is not asked for again, and nobody is asked for
    vectors that were computed elsewhere.
    """
    by_person, state.search.asked = state.search.asked, False
    inputs = {setup: _inputs(state.search.query, target, setup) for setup in state.shown}
    for setup, wanted in inputs.items():
        info = info_of(setup)
        states = (state.search.vectors.state(setup, item) for item in _all(wanted))
        if not info.embeds:
            continue
        if by_person or (info.embedded and any(isinstance(known, NotAsked) for known in states)):
            ask(state, setup, _all(wanted))
    state.search.vectors.wait(_QUICK)
    return {
        setup: AskedQuery(
            state.search.query,
            setup,
            wanted,
            {item: state.query_state(state.search.vectors, setup, item) for item in _all(wanted)},
        )
        for setup, wanted in inputs.items()
    }


def ask(state: Session, setup: Setup, inputs: Iterable[Input]) -> None:
    """Ask one provider for what is not known of these parts of the query yet."""
    context = partial(state.call_context, budget=Budget(state.embedding.cap))
    state.search.vectors.ask(setup, inputs, shared_cache(), context)


def _like(item_id: str, embeddings: Embeddings) -> Known | Failed:
    if item_id not in embeddings:
        return Failed("This item has no vector here, so nothing like it can be found.")
    return Known(embeddings.of([item_id])[0])


def _inputs(query: Query, target: Target, setup: Setup) -> dict[Modality, dict[str, Input]]:
    return {
        modality: {item.id: query_input(item, modality, setup) for item in query.to_embed}
        for modality in target.modalities
    }


def _all(inputs: Mapping[Modality, Mapping[str, Input]]) -> list[Input]:
    return [item for parts in inputs.values() for item in parts.values()]
