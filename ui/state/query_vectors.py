"""The vectors of queries: each embedded once per Setup, in the background, side by side."""

import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

from collection.embeddings import Embeddings, FloatArray, Role, Setup
from providers.embedding.cache import VectorCache
from providers.embedding.job import JobState
from providers.embedding.run import Run, run_of_inputs
from providers.inputs import Input
from providers.transport.call_context import CallContext


class _Asking(NamedTuple):
    """A run, and the items it was asked for."""

    run: Run
    item_ids: frozenset[str]


class QueryVectors:
    """What one session has searched for, as vectors. Not for several threads at once."""

    def __init__(self) -> None:
        self._known: dict[tuple[Setup, Role], Embeddings] = {}
        self._runs: dict[tuple[Setup, Role], _Asking] = {}
        self._asked: set[tuple[Setup, str, Role]] = set()
        self._reasons: dict[tuple[Setup, str, Role], str] = {}

    def ask(
        self,
        setup: Setup,
        inputs: Iterable[Input],
        cache: VectorCache | None,
        context: Callable[[Setup], CallContext | None],
    ) -> None:
        """Begin to embed what is neither known nor under way; what else is under way is stopped."""
        self.collect()
        wanted: dict[Role, dict[str, Input]] = {}
        for item in inputs:
            if self.vector(setup, item) is None:
                wanted.setdefault(item.role, {})[item.item_id] = item
        if not wanted:
            return
        going_on = {role for role, some in wanted.items() if self._under_way(setup, role, some)}
        self._stop(lambda place: place[0] == setup and place[1] not in going_on)
        for role in wanted.keys() - going_on:
            run = run_of_inputs({setup: tuple(wanted[role].values())}, cache, context=context)
            self._runs[setup, role] = _Asking(run.start(), frozenset(wanted[role]))
            for item_id in wanted[role]:
                self._asked.add((setup, item_id, role))
                self._reasons.pop((setup, item_id, role), None)

    def stop(self, provider_id: str | None = None) -> None:
        """Ask nothing more of this provider, of all where none is named; keep what there is."""
        self._stop(lambda place: provider_id in (None, place[0].provider))

    def wait(self, seconds: float) -> None:
        """Wait for what is under way, but not longer than this, and take it over."""
        end = time.monotonic() + seconds
        for run, _ in self._runs.values():
            run.wait(max(0.0, end - time.monotonic()))
        self.collect()

    def collect(self) -> None:
        """Take over what has ended."""
        for place, (run, item_ids) in list(self._runs.items()):
            for embeddings in run.take_ended():
                known = self._known.get(place)
                self._known[place] = embeddings if known is None else known.updated_by(embeddings)
            for progress in run.progress:
                if progress.state is JobState.FAILED:
                    setup, role = place
                    for item_id in item_ids:
                        self._reasons[setup, item_id, role] = progress.reason
            if not run.active and not run.has_news:
                del self._runs[place]

    def was_asked(self, setup: Setup, item: Input) -> bool:
        """Whether this was asked of the provider, whatever came of it unless it was stopped."""
        return (setup, item.item_id, item.role) in self._asked

    def waiting(self, setup: Setup) -> bool:
        """Whether an answer is under way, or has come and was not taken over yet."""
        return any(place[0] == setup for place in self._runs)

    @property
    def has_news(self) -> bool:
        """Whether something has ended that was not taken over yet."""
        return any(asking.run.has_news for asking in self._runs.values())

    def vector(self, setup: Setup, item: Input) -> FloatArray | None:
        """Return the vector, float32 (d,) of length 1, None where there is none."""
        known = self._known.get((setup, item.role))
        if known is None or item.item_id not in known:
            return None
        row: FloatArray = known.vectors[known.row_of[item.item_id]]
        return row

    def reason(self, setup: Setup, item: Input) -> str:
        """Return why there is no vector, in words; "" where nobody knows."""
        known = self._known.get((setup, item.role))
        failure = known.failures.get(item.item_id) if known is not None else None
        if failure is not None:
            return str(failure)
        return self._reasons.get((setup, item.item_id, item.role), "")

    def _under_way(self, setup: Setup, role: Role, wanted: Iterable[str]) -> bool:
        asking = self._runs.get((setup, role))
        return asking is not None and asking.run.active and asking.item_ids == set(wanted)

    def _stop(self, concerned: Callable[[tuple[Setup, Role]], bool]) -> None:
        for (setup, role), asking in self._runs.items():
            if concerned((setup, role)) and asking.run.active:
                asking.run.stop()
                self._asked -= {(setup, item_id, role) for item_id in asking.item_ids}
        self.collect()
