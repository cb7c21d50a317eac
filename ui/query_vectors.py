"""The vectors of queries: each embedded once per Setup, in the background, side by side."""

import time
from collections.abc import Callable, Iterable

from collection.embeddings import Embeddings, FloatArray, Role, Setup
from providers.cache import VectorCache
from providers.embedding_job import JobState
from providers.provider import Input
from providers.run import Run, run_of_inputs
from providers.transport.access import Access


class QueryVectors:
    """What one session has searched for, as vectors. Not for several threads at once."""

    def __init__(self) -> None:
        self._known: dict[tuple[Setup, Role], Embeddings] = {}
        self._runs: dict[tuple[Setup, Role], Run] = {}
        self._asked: set[tuple[Setup, str, Role]] = set()
        self._reasons: dict[Setup, str] = {}

    def ask(
        self,
        setup: Setup,
        inputs: Iterable[Input],
        cache: VectorCache | None,
        access: Callable[[Setup], Access | None],
    ) -> None:
        """Begin to embed what is not known yet; what this Setup was still busy with is stopped."""
        wanted: dict[Role, dict[str, Input]] = {}
        for item in inputs:
            if self.vector(setup, item) is None:
                wanted.setdefault(item.role, {})[item.item_id] = item
        if not wanted:
            return
        self._stop(lambda place: place[0] == setup)
        self._reasons.pop(setup, None)
        for role, some in wanted.items():
            self._asked |= {(setup, item_id, role) for item_id in some}
            run = run_of_inputs({setup: tuple(some.values())}, cache, access=access)
            self._runs[setup, role] = run.start()

    def stop(self, provider_id: str | None = None) -> None:
        """Ask nothing more of this provider, of all where none is named; keep what there is."""
        self._stop(lambda place: provider_id in (None, place[0].provider))

    def wait(self, seconds: float) -> None:
        """Wait for what is under way, but not longer than this, and take it over."""
        end = time.monotonic() + seconds
        for run in self._runs.values():
            run.wait(max(0.0, end - time.monotonic()))
        self.collect()

    def collect(self) -> None:
        """Take over what has ended."""
        for place, run in list(self._runs.items()):
            for embeddings in run.take_ended():
                known = self._known.get(place)
                self._known[place] = embeddings if known is None else known.updated_by(embeddings)
            for progress in run.progress:
                if progress.state is JobState.FAILED:
                    self._reasons[progress.setup] = progress.reason
            if not run.active and not run.has_news:
                del self._runs[place]

    def was_asked(self, setup: Setup, item: Input) -> bool:
        """Whether this was asked of the provider, whatever came of it."""
        return (setup, item.item_id, item.role) in self._asked

    def waiting(self, setup: Setup) -> bool:
        """Whether an answer is under way."""
        return any(place[0] == setup and run.active for place, run in self._runs.items())

    @property
    def has_news(self) -> bool:
        """Whether something has ended that was not taken over yet."""
        return any(run.has_news for run in self._runs.values())

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
        return str(failure) if failure is not None else self._reasons.get(setup, "")

    def _stop(self, concerned: Callable[[tuple[Setup, Role]], bool]) -> None:
        for place, run in self._runs.items():
            if concerned(place):
                run.stop()
        self.collect()
