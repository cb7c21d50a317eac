"""What one person's browser session holds, in parts, and what takes several of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from collection.collection import Collection
from collection.embeddings import Embeddings, Setup
from collection.samples import SAMPLES, is_sample_item
from providers.embedding.cache import shared_cache
from providers.embedding.run import run_of
from providers.info import KeyField, ProviderInfo
from providers.registry import PROVIDERS
from providers.transport.base_url import base_url_of
from providers.transport.budget import Budget
from providers.transport.call_context import CallContext
from ui.state.compared_setups import ComparedSetups
from ui.state.editing import CollectionEditing
from ui.state.embedding import SessionEmbedding
from ui.state.key_lending import lends_keys
from ui.state.keyring import Keyring
from ui.state.search import SearchState
from ui.state.swap_exercise import SwapExercise

if TYPE_CHECKING:  # what computes maps takes a second to import, and nobody needs it here
    from ui.map.background_maps import FinishedMap, ShownMap

MAPS_KEPT = 100


@dataclass
class Session:
    """One person's session; each part belongs to the page that changes it.

    `selected`: the ids of the items chosen on a map. `begun`: whether it holds the collection that
    it was to begin with, if any. `maps`: those that were shown, or came with a session file: they
    are shown as they are, since UMAP differs between processors.
    """

    editing: CollectionEditing = field(default_factory=CollectionEditing)
    compared: ComparedSetups = field(default_factory=ComparedSetups)
    keyring: Keyring = field(default_factory=Keyring)
    embedding: SessionEmbedding = field(default_factory=SessionEmbedding)
    search: SearchState = field(default_factory=SearchState)
    exercise: SwapExercise = field(default_factory=SwapExercise)
    selected: frozenset[str] = frozenset()
    begun: bool = False
    maps: "dict[ShownMap, FinishedMap]" = field(default_factory=dict)

    @property
    def collection(self) -> Collection:
        """Today's collection."""
        return self.editing.collection

    @property
    def chosen(self) -> tuple[Setup, ...]:
        """The Setups that are compared, in the order of the registry."""
        return self.compared.setups

    @property
    def askable(self) -> tuple[Setup, ...]:
        """The chosen Setups that a run asks: those whose provider lacks no key."""
        return tuple(setup for setup in self.chosen if self.lacking(setup) is None)

    @property
    def shown(self) -> Mapping[Setup, Embeddings]:
        """The results for today's collection, Setups without any row left out."""
        return self.embedding.shown(self.chosen, self.collection)

    @property
    def complete(self) -> bool:
        """Whether every chosen Setup has tried every item."""
        return bool(len(self.collection)) and all(
            self.not_embedded(setup) == 0 for setup in self.chosen
        )

    def keep_map(self, shown: "ShownMap", finished: "FinishedMap") -> None:
        """Keep a map that was shown, and of all the latest only."""
        self.maps[shown] = finished
        for oldest in tuple(self.maps)[:-MAPS_KEPT]:
            del self.maps[oldest]

    def lacking(self, setup: Setup) -> str | None:
        """Say what has to be given before a Setup can be asked, such as a key; None for nothing."""
        return self.keyring.lacking(PROVIDERS[setup.provider].info)

    def not_embedded(self, setup: Setup) -> int:
        """Return how many items of today's collection were not tried with this Setup yet."""
        return self.embedding.not_embedded(setup, self.collection)

    def to_embed(self, setup: Setup) -> frozenset[str]:
        """Return the ids of the items that a run would embed: without a vector, not set aside."""
        known = self.embedding.results.get(setup)
        missing = self.collection.items if known is None else known.missing(self.collection.items)
        return frozenset(missing) - self.embedding.set_aside.get(setup, frozenset())

    def failed(self, setup: Setup) -> int:
        """Return how many items of today's collection have no vector although they were tried."""
        return self.embedding.failed(setup, self.collection)

    def call_context(self, setup: Setup, budget: Budget | None = None) -> CallContext | None:
        """Return who asks a hosted provider, None for an embedded one.

        `budget`: what may be spent, that of the run unless told otherwise. Raises
        MissingCredentials and UnusableCredential.
        """
        info = PROVIDERS[setup.provider].info
        if info.embedded:
            return None
        return CallContext(
            self.keyring.credentials(info),
            base_url_of(info),
            log=self.embedding.calls,
            budget=self.embedding.budget if budget is None else budget,
            concurrency=self.embedding.concurrency.get(info.id, 0),
        )

    def start_run(self, setups: Sequence[Setup] | None = None) -> None:
        """Embed what is not embedded yet with every chosen Setup that lacks no key.

        What was set aside stays so. `setups`: only these of them.
        """
        if self.embedding.active:
            return
        self.embedding.collect()
        self.embedding.budget = Budget(self.embedding.cap)
        self.embedding.failed_providers = set()
        self.embedding.run = run_of(
            tuple(self.collection.items.values()),
            self.askable if setups is None else tuple(setups),
            shared_cache(),
            self.embedding.results,
            self.collection.pairs,
            self.call_context,
            is_sample_item,
            self.embedding.set_aside,
        ).start()
        watched_session().watch(self)

    def try_again(self) -> None:
        """Embed what is not embedded yet, and what was set aside once more."""
        self.embedding.set_aside.clear()
        self.start_run()

    def show_gallery(self) -> None:
        """Load the gallery and embed it with every chosen Setup; what runs now is stopped."""
        self.embedding.stop()
        if not self.chosen:
            self.compared = ComparedSetups()
        self.editing.show_sample("gallery", SAMPLES["gallery"].title)
        self.start_run()

    def give_key(self, info: ProviderInfo, entry: KeyField, value: str) -> None:
        """Take over what was typed for a provider; a secret is forgotten as the session ends."""
        self.keyring.give(info.id, entry, value)
        self.embedding.begin_afresh(info.id)
        if entry.secret:
            watched_session().watch(self)

    def forget_key(self, provider_id: str, name: str) -> None:
        """Let one typed key go, and stop what is being asked with it."""
        self._stop_asking(provider_id)
        self.keyring.forget(provider_id, name)
        self.embedding.begin_afresh(provider_id)

    def forget_keys(self) -> None:
        """Let every typed key go, and stop what is being asked with them."""
        self._stop_asking()
        self.keyring.forget_all()
        for provider_id in PROVIDERS:
            self.embedding.begin_afresh(provider_id)

    def end(self) -> None:
        """Let everything go, for nobody is left to see it: runs, keys, pictures and vectors."""
        self.forget_keys()
        self.editing, self.embedding = CollectionEditing(), SessionEmbedding()
        self.search, self.selected, self.maps = SearchState(), frozenset(), {}

    def _stop_asking(self, provider_id: str | None = None) -> None:
        self.embedding.stop(provider_id)
        self.search.stop(provider_id)


def session() -> Session:
    """Return this browser session's state; the embedded providers are ticked at first."""
    if "session" not in st.session_state:
        st.session_state["session"] = Session(keyring=Keyring(lent=lends_keys()))
    known: Session = st.session_state["session"]
    return known


class WatchedSession:
    """The session, held where its end is heard."""

    _session: Session | None = None

    def watch(self, session: Session) -> None:
        """End this session's run and forget all it holds when the session ends."""
        self._session = session

    def end(self) -> None:
        """End the session, as nobody is left to see it."""
        if self._session is not None:
            self._session.end()


@st.cache_resource(scope="session", on_release=WatchedSession.end, show_spinner=False)
def watched_session() -> WatchedSession:
    """Return this session's WatchedSession; Streamlit lets go of it when the session ends."""
    return WatchedSession()
