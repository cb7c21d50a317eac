"""A run: one collection embedded with several Setups at once, each on its own.

A job that fails or is slow never touches another. The run goes on in threads of its own, so a
page may be left and come back to; progress is read, never pushed.
"""

import threading
import time
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from types import MappingProxyType

from collection.collection import Pair
from collection.embeddings import Embeddings, Setup
from collection.items import Item
from providers.embedding.cache import VectorCache
from providers.embedding.job import EmbeddingJob, nothing_is_public
from providers.embedding.progress import ENDED, JobProgress
from providers.errors import ProviderFailed
from providers.inputs import Input, input_of, role_of
from providers.provider import Embedder
from providers.registry import provider
from providers.transport.call_context import CallContext

_NOTHING_KNOWN: Mapping[Setup, Embeddings] = MappingProxyType({})
_NOTHING_LEFT_OUT: Mapping[Setup, Container[str]] = MappingProxyType({})


class Run:
    """Embeds items with several Setups at once."""

    def __init__(self, jobs: Iterable[EmbeddingJob]) -> None:
        self._jobs = tuple(jobs)
        self._untaken, self._lock = list(self._jobs), threading.Lock()
        self._threads = [
            threading.Thread(target=job.run, name=f"run {job.setup.provider}", daemon=True)
            for job in self._jobs
        ]

    def start(self) -> "Run":
        """Start every job; returns at once."""
        for thread in self._threads:
            thread.start()
        return self

    def stop(self) -> None:
        """Stop at once: no new call starts; answers under way still go into the cache."""
        for job in self._jobs:
            job.stop()

    def stop_provider(self, provider_id: str) -> None:
        """Stop the jobs of one provider only."""
        for job in self._jobs:
            if job.setup.provider == provider_id:
                job.stop()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until every job has ended; return whether they have."""
        end = None if seconds is None else time.monotonic() + seconds
        for thread in self._threads:
            thread.join(None if end is None else max(0.0, end - time.monotonic()))
        return not self.active

    @property
    def active(self) -> bool:
        """Whether a job is still at work."""
        return any(job.progress.state not in ENDED for job in self._jobs)

    @property
    def progress(self) -> tuple[JobProgress, ...]:
        """How far each job is, in the order of the Setups."""
        return tuple(job.progress for job in self._jobs)

    @property
    def has_news(self) -> bool:
        """Whether a job has ended whose results nobody has taken yet."""
        with self._lock:
            return any(job.progress.state in ENDED for job in self._untaken)

    def take_ended(self) -> list[Embeddings]:
        """Return what the jobs that have ended gave; each job is given out once."""
        with self._lock:
            ended = [job for job in self._untaken if job.progress.state in ENDED]
            self._untaken = [job for job in self._untaken if job not in ended]
        return [job.embeddings for job in ended]


def run_of(
    items: Sequence[Item],
    setups: Iterable[Setup],
    cache: VectorCache | None,
    known: Mapping[Setup, Embeddings] = _NOTHING_KNOWN,
    pairs: Sequence[Pair] = (),
    context: Callable[[Setup], CallContext | None] = lambda setup: None,
    is_public: Callable[[str], bool] = nothing_is_public,
    left_out: Mapping[Setup, Container[str]] = _NOTHING_LEFT_OUT,
) -> Run:
    """Return a run, not yet started, of these items with each of these Setups.

    Vectors in `known` are neither asked of the cache nor embedded again. `left_out`: ids of the
    items that a Setup is not to embed. The rest is as in `run_of_inputs`.
    """
    wanted = {
        setup: [
            input_of(item, role_of(item, setup))
            for item in items
            if item.id not in left_out.get(setup, ())
        ]
        for setup in setups
    }
    return run_of_inputs(wanted, cache, known, pairs, context, is_public)


def run_of_inputs(
    wanted: Mapping[Setup, Sequence[Input]],
    cache: VectorCache | None,
    known: Mapping[Setup, Embeddings] = _NOTHING_KNOWN,
    pairs: Sequence[Pair] = (),
    context: Callable[[Setup], CallContext | None] = lambda setup: None,
    is_public: Callable[[str], bool] = nothing_is_public,
) -> Run:
    """Return a run, not yet started, of what is wanted of each Setup.

    `context` says who asks a hosted provider; where it raises ProviderFailed, only that provider's
    job fails. `is_public`: of which items the cache may answer whom no provider has accepted yet.
    Raises UnknownProvider for a Setup of a provider that is not there.
    """
    jobs = []
    for setup, inputs in wanted.items():
        source = provider(setup.provider)
        try:
            embedder: Embedder | ProviderFailed = source.embedder(setup, context(setup))
        except ProviderFailed as failure:
            embedder = failure.with_traceback(None)
        jobs.append(
            EmbeddingJob(
                source.info, setup, embedder, inputs, cache, known.get(setup), pairs, is_public
            )
        )
    return Run(jobs)
