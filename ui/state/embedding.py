"""What a session has embedded: the run, the vectors, and what was asked of hosted providers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from collection.collection import Collection
from collection.embeddings import Embeddings, Setup
from providers.brought import is_brought
from providers.check import CheckResult
from providers.embedding.progress import JobState
from providers.embedding.run import Run
from providers.transport.budget import Budget
from providers.transport.call_log import CallLog

SPENDING_CAP = 0.50
"""US dollars that one run may cost unless the person raises it."""


@dataclass
class SessionEmbedding:
    """The vectors of a session and how they came about.

    `results` holds every vector this session has seen, also of items taken out of the collection
    since, so that undoing a change costs nothing. `calls`: what was asked of hosted providers;
    `checks`: what their last checks found, by provider; `failed_providers`: whose part of the last
    run failed with nothing done about it since. `set_aside`: ids of the items for which a Setup
    found no vector, though its provider was in order; they are not sent again unless asked.
    `cap`: US dollars that one run may cost, of which `budget` is what the last one has left.
    `concurrency`: calls that a provider gets at the same time, where the person has changed that.
    `from_file`: the Setups whose vectors, or some of them, came with a session file.
    """

    results: dict[Setup, Embeddings] = field(default_factory=dict)
    run: Run | None = None
    calls: CallLog = field(default_factory=CallLog)
    checks: dict[str, CheckResult] = field(default_factory=dict)
    failed_providers: set[str] = field(default_factory=set)
    set_aside: dict[Setup, frozenset[str]] = field(default_factory=dict)
    cap: float = SPENDING_CAP
    budget: Budget = field(default_factory=Budget)
    concurrency: dict[str, int] = field(default_factory=dict)
    from_file: frozenset[Setup] = frozenset()
    _shown: Mapping[Setup, Embeddings] = field(default_factory=dict)
    _shown_from: tuple[object, ...] = ()

    @property
    def active(self) -> bool:
        """Whether a run is at work."""
        return self.run is not None and self.run.active

    def stop(self, provider_id: str | None = None) -> None:
        """Stop the run, or the jobs of one provider only; what it has finished is kept."""
        if self.run is not None and provider_id is None:
            self.run.stop()
        elif self.run is not None and provider_id is not None:
            self.run.stop_provider(provider_id)

    def begin_afresh(self, provider_id: str) -> None:
        """Leave behind what a check and the last run found of a provider, as its key is another."""
        self.checks.pop(provider_id, None)
        self.failed_providers.discard(provider_id)
        self.set_aside = {s: i for s, i in self.set_aside.items() if s.provider != provider_id}

    def collect(self) -> None:
        """Take over the results of jobs that have ended."""
        if self.run is None:
            return
        ended = self.run.take_ended()
        failed = {p.setup for p in self.run.progress if p.state is JobState.FAILED}
        for embeddings in ended:
            if embeddings.setup in failed:
                self.checks.pop(embeddings.setup.provider, None)
                self.failed_providers.add(embeddings.setup.provider)
            else:
                before = self.set_aside.get(embeddings.setup, frozenset())
                self.set_aside[embeddings.setup] = before | embeddings.failures.keys()
            known = self.results.get(embeddings.setup)
            self.results[embeddings.setup] = (
                embeddings if known is None else known.updated_by(embeddings)
            )

    def shown(self, setups: Sequence[Setup], collection: Collection) -> Mapping[Setup, Embeddings]:
        """Return the results of these Setups for a collection, Setups without any row left out.

        The same object as before as long as nothing has changed.
        """
        sources = [self.results[setup] for setup in setups if setup in self.results]
        made_from = (collection, *sources)
        if not _same_objects(self._shown_from, made_from):
            views = [source.restricted_to(collection.items) for source in sources]
            self._shown = {view.setup: view for view in views if len(view)}
            self._shown_from = made_from
        return self._shown

    def not_embedded(self, setup: Setup, collection: Collection) -> int:
        """Return how many items of a collection were not tried with this Setup yet.

        Where the vectors were computed elsewhere there is nothing to try.
        """
        if is_brought(setup):
            return 0
        if setup not in self.results:
            return len(collection)
        return len(self.results[setup].missing(collection.items)) - self.failed(setup, collection)

    def failed(self, setup: Setup, collection: Collection) -> int:
        """Return how many items of a collection have no vector, and no run would give them one."""
        known = self.results.get(setup)
        if is_brought(setup):
            return len(collection) if known is None else len(known.missing(collection.items))
        return sum(i in collection for i in known.failures) if known is not None else 0


def _same_objects(left: Sequence[object], right: Sequence[object]) -> bool:
    return len(left) == len(right) and all(a is b for a, b in zip(left, right, strict=True))
