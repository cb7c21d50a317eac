"""What one person's browser session holds, in parts, and what takes several of them."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from collection.collection import Collection
from collection.embeddings import Embeddings, Setup
from collection.samples import SAMPLES, is_sample_item
from exchange.session_file.contents import View
from providers.brought import UNPLACED, is_brought
from providers.embedding.cache import shared_cache
from providers.embedding.run import run_of
from providers.info import KeyField, ProviderInfo
from providers.inputs import Input
from providers.registry import PROVIDERS, info_of
from providers.transport.base_url import base_url_of
from providers.transport.budget import Budget
from providers.transport.call_context import CallContext
from ui.state.compared_setups import ComparedSetups
from ui.state.editing import CollectionEditing
from ui.state.embedding import SessionEmbedding
from ui.state.key_lending import lends_keys
from ui.state.keyring import Keyring
from ui.state.query_vectors import Failed, Known, QueryState, QueryVectors
from ui.state.search import SearchState
from ui.state.swap_exercise import SwapExercise

if TYPE_CHECKING:  # what computes maps takes a second to import, and nobody needs it here
    from ui.map.background_maps import FinishedMap, ShownMap

MAPS_KEPT = 100


@dataclass
class Session:
    """One person's session; each part belongs to the page that changes it.

    `selected`: the ids of the items that were selected on any page. `begun`: whether it holds the
    collection that it was to begin with, if any. `maps`: those that were shown, or came with a
    session file: they are shown as they are, since UMAP differs between processors. `views`: what
    is chosen on the pages, for after a reload. `owner`: Streamlit's id of the tab it belongs to.
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
    views: dict[str, View] = field(default_factory=dict)
    owner: str = ""

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
        """The chosen Setups that a run asks: those that can embed and lack no key."""
        return tuple(
            setup for setup in self.chosen if info_of(setup).embeds and self.lacking(setup) is None
        )

    @property
    def shown(self) -> Mapping[Setup, Embeddings]:
        """The results for today's collection, Setups without any row left out."""
        return self.embedding.shown(self.chosen, self.collection)

    @property
    def brought(self) -> tuple[Setup, ...]:
        """The chosen Setups whose vectors were computed elsewhere."""
        return tuple(setup for setup in self.chosen if is_brought(setup))

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
        return self.keyring.lacking(info_of(setup))

    def not_embedded(self, setup: Setup) -> int:
        """Return how many items of today's collection were not tried with this Setup yet."""
        return self.embedding.not_embedded(setup, self.collection)

    def to_embed(self, setup: Setup) -> frozenset[str]:
        """Return the ids of the items that a run would embed: without a vector, not set aside."""
        if is_brought(setup):
            return frozenset()
        known = self.embedding.results.get(setup)
        missing = self.collection.items if known is None else known.missing(self.collection.items)
        return frozenset(missing) - self.embedding.set_aside.get(setup, frozenset())

    def failed(self, setup: Setup) -> int:
        """Return how many items of today's collection have no vector and are not to get one."""
        return self.embedding.failed(setup, self.collection)

    def query_state(self, vectors: QueryVectors, setup: Setup, item: Input) -> QueryState:
        """Return what is known of a part of a query under a Setup.

        Among vectors that were computed elsewhere only the items of the collection have one.
        """
        if not is_brought(setup):
            return vectors.state(setup, item)
        known = self.embedding.results.get(setup)
        if known is None or item.item_id not in known:
            return Failed(UNPLACED)
        return Known(known.of([item.item_id])[0])

    def call_context(self, setup: Setup, budget: Budget | None = None) -> CallContext | None:
        """Return who asks a hosted provider, None for an embedded one.

        `budget`: what may be spent, that of the run unless told otherwise. Raises
        MissingCredentials and UnusableCredential.
        """
        info = info_of(setup)
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

    def forget_everything(self) -> None:
        """Let everything go, as if the session began now."""
        self.end()
        self.keyring.values.clear()
        self.compared, self.exercise, self.views = ComparedSetups(), SwapExercise(), {}

    def copied(self) -> "Session":
        """Return a session that holds the same and shares nothing that changes.

        It has no key, no run and no step to take back: these are of the session they came in.
        """
        compared, exercise = deepcopy((self.compared, self.exercise))
        search = SearchState(query=self.search.query)
        for known in self.search.vectors.known:
            search.vectors.add(*known)
        return Session(
            editing=CollectionEditing(self.collection, questions=self.editing.questions),
            compared=compared,
            keyring=Keyring(values=deepcopy(self.keyring.values), lent=self.keyring.lent),
            embedding=SessionEmbedding(
                results=dict(self.embedding.results),
                set_aside=dict(self.embedding.set_aside),
                cap=self.embedding.cap,
                concurrency=dict(self.embedding.concurrency),
                from_file=self.embedding.from_file,
            ),
            search=search,
            exercise=exercise,
            selected=self.selected,
            maps=dict(self.maps),
            views=dict(self.views),
            begun=self.begun,
        )

    def _stop_asking(self, provider_id: str | None = None) -> None:
        self.embedding.stop(provider_id)
        self.search.stop(provider_id)


def session() -> Session:
    """Return this browser session's state; the embedded providers are ticked at first.

    One that went on in another tab, as this one's connection was broken, is copied: no two tabs
    ever share one.
    """
    here = session_id()
    known: Session | None = st.session_state.get("session")
    if known is None:
        known = Session(keyring=Keyring(lent=lends_keys()))
    elif known.owner not in ("", here):
        known = known.copied()
    known.owner = here
    st.session_state["session"] = known
    return known


def session_id() -> str:
    """Return Streamlit's id of the session whose script is running; "" outside of one."""
    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context is not None else ""
