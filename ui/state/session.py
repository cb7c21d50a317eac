"""What one person's browser session holds, and the changes that pages may make to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from collection.collection import Collection, Pair, Row
from collection.embeddings import Embeddings, Setup
from collection.intake import IntakeResult, Remark
from collection.samples import SAMPLES, load_sample
from providers.check import CheckResult
from providers.embedding.cache import shared_cache
from providers.embedding.job import JobState
from providers.embedding.run import Run, run_of
from providers.registry import PROVIDERS
from providers.transport.access import Access
from providers.transport.base_url import address_of
from providers.transport.budget import Budget
from providers.transport.call_log import CallLog
from ui.map.background_maps import MapRequest
from ui.state.compared_setups import Lineup
from ui.state.keyring import Keyring
from ui.state.query import Query
from ui.state.query_vectors import QueryVectors

SPENDING_CAP = 0.50
"""US dollars that one run may cost unless the person raises it."""


@dataclass
class Session:
    """One person's collection, chosen Setups, keys, results, run and selection.

    `lineup` says which Setups are compared, `calls` what was asked of hosted providers, `checks`
    what their last checks found, `troubled` whose part of the last run failed with nothing done
    about it since, `cap` how many US dollars one run may cost, and `at_once` how
    many calls a provider gets at the same time, where the person has changed that.
    `query` is what was last searched for; `query_asked`: by a button or Enter, just now;
    `query_remark`: what was the matter with its picture; `query_vectors`: those of all queries.
    `planted`: the two wrong pairs of captions that changed places as a game.
    `awaited` names the maps that the map page last waited for.
    `edits` counts the changes that alter the rows of the caption table; `table` is that count
    with the rows as the table last showed them. `results` holds every vector this session has
    seen, also of items taken out of the collection since, so that undoing a change costs nothing.
    """

    collection: Collection = field(default_factory=Collection)
    undone: tuple[str, Collection] | None = None
    remarks: tuple[Remark, ...] = ()
    lineup: Lineup = field(default_factory=Lineup)
    keys: Keyring = field(default_factory=Keyring)
    calls: CallLog = field(default_factory=CallLog)
    checks: dict[str, CheckResult] = field(default_factory=dict)
    troubled: set[str] = field(default_factory=set)
    cap: float = SPENDING_CAP
    budget: Budget = field(default_factory=Budget)
    at_once: dict[str, int] = field(default_factory=dict)
    results: dict[Setup, Embeddings] = field(default_factory=dict)
    run: Run | None = None
    selected: frozenset[str] = frozenset()
    query: Query = field(default_factory=Query)
    query_asked: bool = False
    query_remark: str = ""
    query_vectors: QueryVectors = field(default_factory=QueryVectors)
    awaited: frozenset[MapRequest] = frozenset()
    planted: tuple[Pair, ...] = ()
    planting_failed: bool = False
    uploads: int = 0
    edits: int = 0
    table: tuple[int, list[Row]] = field(default_factory=lambda: (-1, []))
    _shown: tuple[tuple[object, ...], Mapping[Setup, Embeddings]] = field(
        default_factory=lambda: ((), {})
    )

    def replace_collection(self, collection: Collection, done: str) -> None:
        """Put another collection in place; `done` names the step that Undo takes back."""
        if len(self.collection):
            self.undone = (done, self.collection)
        self.collection, self.remarks = collection, ()
        self.edits += 1

    def undo(self) -> None:
        """Bring back the collection from before the last step."""
        if self.undone is not None:
            self.collection, self.undone = self.undone[1], None
            self.edits += 1

    def accept(self, result: IntakeResult) -> None:
        """Take over what an upload gave."""
        self.remarks = result.remarks
        if result.collection.digest != self.collection.digest:
            self.collection, self.undone = result.collection, None
            self.edits += 1

    def show_sample(self, key: str, title: str) -> None:
        """Put a sample collection in place of what is there; Undo brings that back."""
        self.replace_collection(load_sample(key), f"loading {title}")

    def show_gallery(self) -> None:
        """Load the gallery and embed it with every chosen Setup; what runs now is stopped."""
        if self.run is not None:
            self.run.stop()
        if not self.chosen:
            self.lineup = Lineup()
        self.show_sample("gallery", SAMPLES["gallery"].title)
        self.start_run()

    def table_rows(self) -> list[Row]:
        """Return the rows of the caption table, each at its place until rows come or go.

        An edited caption changes its row in this list; it never moves the others.
        """
        if self.table[0] != self.edits:
            self.table = (self.edits, list(self.collection.rows))
        return self.table[1]

    @property
    def chosen(self) -> tuple[Setup, ...]:
        """The Setups that are compared, in the order of the registry."""
        return self.lineup.setups

    @property
    def askable(self) -> tuple[Setup, ...]:
        """The chosen Setups that a run asks: those whose provider lacks no key."""
        return tuple(setup for setup in self.chosen if not self.lacking(setup))

    def lacking(self, setup: Setup) -> str:
        """Say what has to be given before a Setup can be asked, such as a key; "" for nothing."""
        return self.keys.lacking(PROVIDERS[setup.provider].info)

    def access(self, setup: Setup, budget: Budget | None = None) -> Access | None:
        """Return who asks a hosted provider, None for an embedded one.

        `budget`: what may be spent, that of the run unless told otherwise. Raises
        MissingCredentials and UnusableCredential.
        """
        info = PROVIDERS[setup.provider].info
        if info.embedded:
            return None
        return Access(
            self.keys.credentials(info),
            address_of(info),
            log=self.calls,
            budget=self.budget if budget is None else budget,
            at_once=self.at_once.get(info.id, 0),
        )

    def forget_keys(self) -> None:
        """Let every typed key go, and stop what is being asked with them."""
        if self.run is not None:
            self.run.stop()
        self.query_vectors.stop()
        self.keys.forget_all()
        self.checks, self.troubled = {}, set()

    def forget_key(self, provider_id: str, name: str) -> None:
        """Let one typed key go, and stop what is being asked with it."""
        if self.run is not None:
            self.run.stop_provider(provider_id)
        self.query_vectors.stop(provider_id)
        self.keys.forget(provider_id, name)
        self.begin_afresh(provider_id)

    def begin_afresh(self, provider_id: str) -> None:
        """Leave behind what a check and the last run found of a provider, as its key is another."""
        self.checks.pop(provider_id, None)
        self.troubled.discard(provider_id)

    def start_run(self) -> None:
        """Embed what is not embedded yet with every chosen Setup that lacks no key."""
        if self.run is not None and self.run.active:
            return
        self.collect()
        items = tuple(self.collection.items.values())
        self.budget = Budget(self.cap)
        self.troubled = set()
        self.run = run_of(
            items, self.askable, shared_cache(), self.results, self.collection.pairs, self.access
        ).start()
        watched_session().watch(self)

    def collect(self) -> None:
        """Take over the results of jobs that have ended."""
        if self.run is None:
            return
        ended = self.run.take_ended()
        failed = {p.setup for p in self.run.progress if p.state is JobState.FAILED}
        for embeddings in ended:
            if embeddings.setup in failed:
                self.checks.pop(embeddings.setup.provider, None)
                self.troubled.add(embeddings.setup.provider)
            known = self.results.get(embeddings.setup)
            self.results[embeddings.setup] = (
                embeddings if known is None else known.updated_by(embeddings)
            )

    @property
    def shown(self) -> Mapping[Setup, Embeddings]:
        """The results for today's collection, Setups without any row left out."""
        sources = [self.results[s] for s in self.chosen if s in self.results]
        made_of = (self.collection, *sources)
        if [id(part) for part in self._shown[0]] != [id(part) for part in made_of]:
            views = [source.restricted_to(self.collection.items) for source in sources]
            self._shown = (made_of, {view.setup: view for view in views if len(view)})
        return self._shown[1]

    def not_embedded(self, setup: Setup) -> int:
        """How many items of today's collection were not tried with this Setup yet."""
        if setup not in self.results:
            return len(self.collection)
        return len(self.results[setup].missing(self.collection.items)) - self.failed(setup)

    def failed(self, setup: Setup) -> int:
        """How many items of today's collection were tried with this Setup and have no vector."""
        known = self.results.get(setup)
        return sum(i in self.collection for i in known.failures) if known is not None else 0

    @property
    def complete(self) -> bool:
        """Whether every chosen Setup has tried every item."""
        return bool(len(self.collection)) and all(
            self.not_embedded(setup) == 0 for setup in self.chosen
        )


def session() -> Session:
    """Return this browser session's state; the embedded providers are ticked at first."""
    if "session" not in st.session_state:
        st.session_state["session"] = Session()
    known: Session = st.session_state["session"]
    return known


class WatchedSession:
    """The session, held where its end is heard."""

    _session: Session | None = None

    def watch(self, session: Session) -> None:
        """End this session's run and forget its keys when the session ends."""
        self._session = session

    def end(self) -> None:
        """Stop the run, for nobody is left to see its results, and let the keys go."""
        if self._session is not None:
            self._session.forget_keys()


@st.cache_resource(scope="session", on_release=WatchedSession.end, show_spinner=False)
def watched_session() -> WatchedSession:
    """Return this session's WatchedSession; Streamlit lets go of it when the session ends."""
    return WatchedSession()
