"""What one person's browser session holds, and the changes that pages may make to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from collection.collection import Collection, Row
from collection.embeddings import Embeddings, Setup
from collection.intake import IntakeResult, Remark
from collection.samples import SAMPLES, load_sample
from providers.cache import shared_cache
from providers.registry import PROVIDERS
from providers.run import Run, run_of
from ui.background_maps import MapRequest


@dataclass
class Session:
    """One person's collection, chosen Setups, results, run and selection.

    `awaited` names the maps that the map page last waited for.
    `edits` counts the changes that alter the rows of the caption table; `table` is that count
    with the rows as the table last showed them. `results` holds every vector this session has
    seen, also of items taken out of the collection since, so that undoing a change costs nothing.
    """

    collection: Collection = field(default_factory=Collection)
    undone: tuple[str, Collection] | None = None
    remarks: tuple[Remark, ...] = ()
    chosen: dict[str, Setup] = field(default_factory=dict)
    results: dict[Setup, Embeddings] = field(default_factory=dict)
    run: Run | None = None
    selected: frozenset[str] = frozenset()
    awaited: frozenset[MapRequest] = frozenset()
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
            self.chosen = embedded_setups()
        self.show_sample("gallery", SAMPLES["gallery"].title)
        self.start_run()

    def table_rows(self) -> list[Row]:
        """Return the rows of the caption table, each at its place until rows come or go.

        An edited caption changes its row in this list; it never moves the others.
        """
        if self.table[0] != self.edits:
            self.table = (self.edits, list(self.collection.rows))
        return self.table[1]

    def choose(self, provider_id: str, chosen: bool) -> None:
        """Tick or untick a provider; the order of the registry is kept."""
        if chosen == (provider_id in self.chosen):
            return
        ticked = {*self.chosen, provider_id} if chosen else {*self.chosen} - {provider_id}
        self.chosen = {
            id_: self.chosen.get(id_) or PROVIDERS[id_].info.setup()
            for id_ in PROVIDERS
            if id_ in ticked
        }

    def start_run(self) -> None:
        """Embed what is not embedded yet with every chosen Setup."""
        if self.run is not None and self.run.active:
            return
        self.collect()
        items = tuple(self.collection.items.values())
        self.run = run_of(items, self.chosen.values(), shared_cache(), self.results).start()
        watched_run().run = self.run

    def collect(self) -> None:
        """Take over the results of jobs that have ended."""
        if self.run is None:
            return
        for embeddings in self.run.take_ended():
            known = self.results.get(embeddings.setup)
            self.results[embeddings.setup] = (
                embeddings if known is None else known.updated_by(embeddings)
            )

    @property
    def shown(self) -> Mapping[Setup, Embeddings]:
        """The results for today's collection, Setups without any row left out."""
        sources = [self.results[s] for s in self.chosen.values() if s in self.results]
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
            self.not_embedded(setup) == 0 for setup in self.chosen.values()
        )


def session() -> Session:
    """Return this browser session's state; the embedded providers are chosen at first."""
    if "session" not in st.session_state:
        st.session_state["session"] = Session(chosen=embedded_setups())
    known: Session = st.session_state["session"]
    return known


def embedded_setups() -> dict[str, Setup]:
    """Return the Setups that are chosen at first: those that need no key."""
    return {id_: p.info.setup() for id_, p in PROVIDERS.items() if p.info.embedded}


class WatchedRun:
    """The session's run, held where the session's end is heard."""

    run: Run | None = None

    def stop(self) -> None:
        """Stop the run, if there is one: nobody is left to see its results."""
        if self.run is not None:
            self.run.stop()


@st.cache_resource(scope="session", on_release=WatchedRun.stop, show_spinner=False)
def watched_run() -> WatchedRun:
    """Return this session's WatchedRun; Streamlit lets go of it when the session ends."""
    return WatchedRun()
