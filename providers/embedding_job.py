"""One Setup embeds some items: from the cache where known, the rest in batches, in parallel.

Everything that providers share stands here once: the cache, batches at the same time, checks of
the vectors, unit length, progress that others may read at any time, and stopping.
"""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from collection.embeddings import Embeddings, FloatArray, ItemFailure, Setup, stacked
from providers.cache import VectorCache, cache_key
from providers.errors import ProviderFailed
from providers.provider import Answers, Batch, Embedder, Input, ProviderInfo


class JobState(StrEnum):
    """Where a job stands, in words."""

    WAITING = "waiting"
    LOADING = "loading the model"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


ENDED = frozenset({JobState.DONE, JobState.STOPPED, JobState.FAILED})


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a job is; one consistent picture, safe to keep.

    `total` items, of which `cached` were known already, `embedded` were embedded now and
    `failed` have no vector. `seconds` since embedding started; `reason` says why it failed.
    """

    setup: Setup
    state: JobState = JobState.WAITING
    total: int = 0
    cached: int = 0
    embedded: int = 0
    failed: int = 0
    seconds: float = 0.0
    reason: str = ""

    @property
    def finished(self) -> int:
        """Items that need no further work."""
        return self.cached + self.embedded + self.failed

    @property
    def share(self) -> float:
        """The finished share, 0 to 1."""
        return self.finished / self.total if self.total else 1.0

    @property
    def items_per_second(self) -> float:
        """Items embedded now, per second; 0 until the first is there."""
        return (self.embedded + self.failed) / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """The time the rest will take at this speed; None until there is a speed."""
        speed = self.items_per_second
        return (self.total - self.finished) / speed if speed > 0 else None


class EmbeddingJob:
    """Embeds inputs under one Setup; `run` does the work, the rest may be read meanwhile."""

    def __init__(
        self,
        info: ProviderInfo,
        embedder: Embedder,
        inputs: Sequence[Input],
        cache: VectorCache | None,
        known: Embeddings | None = None,
    ) -> None:
        self.setup = embedder.setup
        self._info, self._embedder, self._cache = info, embedder, cache
        self._inputs = {item.item_id: item for item in inputs}
        ready = known.restricted_to(self._inputs) if known is not None else None
        self._vectors: dict[str, FloatArray] = (
            dict(zip(ready.ids, ready.vectors, strict=True)) if ready is not None else {}
        )
        self._failures: dict[str, ItemFailure] = {}
        self._lock, self._cancel = threading.Lock(), threading.Event()
        self._progress = JobProgress(self.setup, total=len(self._inputs), cached=len(self._vectors))
        self._started: float | None = None

    @property
    def progress(self) -> JobProgress:
        """How far the job is now."""
        with self._lock:
            if self._started is not None and self._progress.state not in ENDED:
                return replace(self._progress, seconds=time.monotonic() - self._started)
            return self._progress

    @property
    def embeddings(self) -> Embeddings:
        """The rows there are so far, in the order of the inputs."""
        with self._lock:
            ids = tuple(item_id for item_id in self._inputs if item_id in self._vectors)
            return Embeddings(
                setup=self.setup,
                ids=ids,
                vectors=stacked([self._vectors[i] for i in ids], self.setup.dimension),
                failures=MappingProxyType(dict(self._failures)),
                seconds=self._progress.seconds,
            )

    def stop(self) -> None:
        """Start no new call. Answers already under way still go into the cache."""
        self._cancel.set()
        self._end(JobState.STOPPED)

    def run(self) -> None:
        """Do the work; returns when it is done, stopped or failed. Raises nothing of its own."""
        try:
            rest = self._take_from_cache()
            if rest and not self._cancel.is_set():
                self._load()
                self._embed_all(self._embedder.batches(rest))
        except ProviderFailed as failure:
            self._end(JobState.FAILED, f"{failure.reason} {failure.advice}".strip())
        except Exception as error:  # noqa: BLE001 - the thread's edge: nobody above would hear it
            what = f"Something unforeseen happened ({type(error).__name__})."
            self._end(JobState.FAILED, f"{what} Try again; if it stays so, please report it.")
        self._end(JobState.DONE)

    def _take_from_cache(self) -> list[Input]:
        rest = [item for item_id, item in self._inputs.items() if item_id not in self._vectors]
        if self._cache is None or not rest:
            return rest
        keys = {item.item_id: self._key(item) for item in rest}
        known = self._cache.get(tuple(keys.values()), self.setup.dimension)
        with self._lock:
            if self._progress.state in ENDED:
                return []
            self._vectors |= {i: known[key] for i, key in keys.items() if key in known}
            self._progress = replace(self._progress, cached=len(self._vectors))
        return [item for item in rest if keys[item.item_id] not in known]

    def _load(self) -> None:
        self._set_state(JobState.LOADING)
        self._embedder.load()
        self._started = time.monotonic()
        self._set_state(JobState.RUNNING)

    def _embed_all(self, batches: Sequence[Batch]) -> None:
        todo = iter(batches)
        failure: BaseException | None = None
        with ThreadPoolExecutor(self._embedder.concurrency, "embed") as pool:
            pending: dict[Future[Answers], Batch] = {}
            self._submit(pool, todo, pending)
            while pending:
                done, _ = wait(pending, return_when=FIRST_COMPLETED)
                for future in done:
                    failure = self._kept(pending.pop(future), future) or failure
                if failure is None:
                    self._submit(pool, todo, pending)
        if failure is not None:
            raise failure

    def _kept(self, batch: Batch, future: Future[Answers]) -> BaseException | None:
        """Keep the answers of a batch; return why there are none."""
        error = future.exception()
        if error is None:
            try:
                self._keep(batch, future.result())
            except ProviderFailed as refused:
                return refused
        return error

    def _submit(
        self,
        pool: ThreadPoolExecutor,
        todo: Iterator[Batch],
        pending: dict[Future[Answers], Batch],
    ) -> None:
        """Keep as many batches under way as the embedder allows, none once stopped."""
        while len(pending) < self._embedder.concurrency and not self._cancel.is_set():
            batch = next(todo, None)
            if batch is None:
                return
            pending[pool.submit(self._embedder.embed, batch, self._cancel)] = batch

    def _keep(self, batch: Batch, answers: Answers) -> None:
        checked = _checked(self._info.title, batch, answers, self.setup.dimension)
        vectors = {i: a for i, a in checked.items() if not isinstance(a, ItemFailure)}
        failures = {i: a for i, a in checked.items() if isinstance(a, ItemFailure)}
        if self._cache is not None:
            self._cache.put({self._key(self._inputs[i]): v for i, v in vectors.items()})
        with self._lock:
            if self._progress.state in ENDED:
                return
            self._vectors |= vectors
            self._failures |= failures
            self._progress = replace(
                self._progress,
                embedded=self._progress.embedded + len(vectors),
                failed=self._progress.failed + len(failures),
            )

    def _key(self, item: Input) -> bytes:
        return cache_key(self.setup, item, uses_roles=self._info.uses_roles)

    def _set_state(self, state: JobState) -> None:
        with self._lock:
            if self._progress.state not in ENDED:
                self._progress = replace(self._progress, state=state)

    def _end(self, state: JobState, reason: str = "") -> None:
        with self._lock:
            if self._progress.state not in ENDED:
                seconds = time.monotonic() - self._started if self._started is not None else 0.0
                self._progress = replace(
                    self._progress, state=state, reason=reason, seconds=seconds
                )


def _checked(
    provider: str, batch: Batch, answers: Answers, dimension: int
) -> Mapping[str, FloatArray | ItemFailure]:
    """Return the answers by item id, vectors at length 1; refuse what cannot be right."""
    if len(answers) != len(batch):
        raise ProviderFailed(
            provider,
            f"It gave {len(answers)} vectors for {len(batch)} items.",
            "Try again; if it stays so, the provider is at fault.",
        )
    return {i.item_id: _unit(i, a, dimension) for i, a in zip(batch, answers, strict=True)}


def _unit(
    item: Input, answer: FloatArray | ItemFailure, dimension: int
) -> FloatArray | ItemFailure:
    if isinstance(answer, ItemFailure):
        return answer
    vector = np.asarray(answer, dtype=np.float32)
    length = float(np.linalg.norm(vector)) if vector.shape == (dimension,) else 0.0
    if not np.isfinite(length) or length == 0.0:
        return ItemFailure(item.item_id, "The provider gave no usable vector.", "Try again.")
    # Dividing a unit vector by 0.99999994 would only blur its last bits.
    return vector if abs(length - 1.0) < 1e-6 else vector / np.float32(length)
