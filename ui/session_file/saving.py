"""A session as what goes into its file."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from io import RawIOBase

from collection.embeddings import Embeddings, Setup
from exchange.session_file.contents import (
    QueryVector,
    SavedExercise,
    SavedMap,
    SavedQuery,
    SessionContents,
    SetupRow,
    View,
)
from exchange.session_file.writer import write_session
from exchange.temporary_file import temporary_file
from providers.errors import ProviderFailed
from providers.registry import PROVIDERS
from ui.state.session import Session


def contents_of(state: Session, views: Mapping[str, View]) -> SessionContents:
    """Return what a session holds of today's collection; `views`: what is chosen on the pages."""
    collection, query = state.collection, state.search.query
    results = {
        setup: found
        for setup, source in tuple(state.embedding.results.items())
        if len(found := source.restricted_to(collection.items))
    }
    of_queries: dict[Setup, list[QueryVector]] = {}
    for setup, item_id, role, vector in state.search.vectors.known:
        of_queries.setdefault(setup, []).append(QueryVector(item_id, role, vector))
    return SessionContents(
        collection=collection,
        rows=_rows(state),
        results=results,
        query=SavedQuery(query.words, query.like, query.weight, query.beside, query.picture),
        query_vectors={setup: tuple(vectors) for setup, vectors in of_queries.items()},
        maps=_maps(state, results),
        views=views,
        exercise=SavedExercise(
            state.exercise.swapped, state.exercise.candidates, state.exercise.revealed
        ),
        selected=state.selected,
        cap=state.embedding.cap,
    )


def _rows(state: Session) -> tuple[SetupRow, ...]:
    compared = state.compared
    return tuple(
        SetupRow(compared.setup_of(row), compared.is_added(row), row in compared.ticked)
        for row in sorted(compared.rows)
    )


def _maps(state: Session, results: Mapping[Setup, Embeddings]) -> tuple[SavedMap, ...]:
    """Return the maps that were shown of these vectors; one that is explained is made anew."""
    of_digest = {embeddings.digest: setup for setup, embeddings in results.items()}
    return tuple(
        SavedMap(
            of_digest[shown.digest],
            shown.centred,
            shown.method,
            vars(shown.settings),
            finished.projection.xy,
            finished.projection.parameters,
            finished.projection.seed,
            finished.trustworthiness,
        )
        for shown, finished in tuple(state.maps.items())
        if shown.digest in of_digest
        and finished.projection.method == shown.method
        and not finished.projection.note
    )


def hiding_keys(state: Session) -> Callable[[str], str]:
    """Return what replaces every key in a text that this session may use by ***."""
    secrets = [secret for typed in state.keyring.secrets.values() for secret in typed.values()]
    for provider in PROVIDERS.values():
        with suppress(ProviderFailed):
            secrets += state.keyring.credentials(provider.info).secrets.values()

    def hide(text: str) -> str:
        for secret in secrets:
            text = secret.hidden_in(text)
        return text

    return hide


def session_file(state: Session, views: Mapping[str, View]) -> RawIOBase:
    """Return the session as an open temporary file, which is gone once it is closed."""
    contents, hide = contents_of(state, views), hiding_keys(state)
    return temporary_file(lambda file: write_session(contents, file, hide))
