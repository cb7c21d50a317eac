"""One Setup embeds some items: from the cache where known, the rest in batches, in parallel.

Everything that providers share stands here once: the cache, batches at the same time, checks of
the vectors, unit length, progress that others may read at any time, and stopping.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from types import MappingProxyType

import numpy as np

from collection.collection import Pair
from collection.embeddings import Embeddings, FloatArray, ItemFailure, Setup, stacked
from providers.embedding.cache import VectorCache, cache_key
from providers.embedding.progress import ENDED, JobProgress, JobState
from providers.errors import ProviderFailed
from providers.info import ProviderInfo
from providers.inputs import Batch, BatchResult, Input
from providers.provider import Embedder


def nothing_is_public(item_id: str) -> bool:
    """Let the cache answer for no item whom the provider has not accepted."""
    return False


class EmbeddingJob:
    """Embeds inputs under one Setup; `run` does the work, the rest may be read meanwhile.

    `embedder`: what embeds, or why nobody can be asked. `is_public`: of which item ids a vector in
    the cache may be given to whom the provider has not accepted. `arriving`: further inputs in
    groups, which may still be in the making; those there are embedded meanwhile.
    """

    def __init__(
        self,
        info: ProviderInfo,
        setup: Setup,
        embedder: Embedder | ProviderFailed,
        inputs: Sequence[Input],
        cache: VectorCache | None,
        known: Embeddings | None = None,
        pairs: Sequence[Pair] = (),
        is_public: Callable[[str], bool] = nothing_is_public,
        arriving: Iterable[Sequence[Input]] = (),
    ) -> None:
        self.setup, self._is_public, self._arriving = setup, is_public, arriving
        self._info, self._cache, self._pairs = info, cache, pairs
        self._embedder_or_failure = embedder
        self._roles = info.model(self.setup.model).roles
        self._inputs = {item.item_id: item for item in inputs}
        ready = known.restricted_to(self._inputs) if known is not None else None
        self._vectors: dict[str, FloatArray] = (
            dict(zip(ready.ids, ready.vectors, strict=True)) if ready is not None else {}
        )
        self._held: dict[str, FloatArray] = {}
        self._keys: dict[str, bytes] = {}
        self._failures: dict[str, ItemFailure] = {}
        self._usage: Counter[str] = Counter()
        self._lock, self._cancel = threading.Lock(), threading.Event()
        self._progress = JobProgress(self.setup, total=len(self._inputs), cached=len(self._vectors))
        self._started: float | None = None
        self.failure: ProviderFailed | None = None
        """What the provider failed with; None as long as it has not."""

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
                usage=MappingProxyType(dict(self._usage)),
                seconds=self._progress.seconds,
            )

    def stop(self) -> None:
        """Start no new call. Answers already under way still go into the cache."""
        self._cancel.set()
        self._end(JobState.STOPPED)

    def run(self) -> None:
        """Do the work; returns when it is done, stopped or failed. Raises nothing of its own."""
        try:
            self._embed()
        except ProviderFailed as failure:
            self.failure = failure.with_traceback(None)  # it would keep all that was at hand
            self._end(JobState.FAILED, str(failure.trouble))
        except Exception as error:  # noqa: BLE001 - the thread's edge: nobody above would hear it
            what = f"Something unforeseen happened ({type(error).__name__})."
            self._end(JobState.FAILED, f"{what} Try again; if it stays so, please report it.")
        self._end(JobState.DONE)

    def _embed(self) -> None:
        if isinstance(self._embedder_or_failure, ProviderFailed):
            for group in self._arriving:
                self._added(group)
            if self._inputs.keys() <= self._vectors.keys():
                return
            raise self._embedder_or_failure
        batches = self._batches()
        first = next(batches, None)
        if first is not None:
            self._load()
            try:
                self._embed_all(chain((first,), batches))
            finally:
                if self._embedder.accepted:
                    self._take(self._held)
        elif self._held and not self._cancel.is_set():
            # What others have paid for is for those whom the provider accepts, too.
            self._load()
            self._embedder.prove(self._cancel)
            self._take(self._held)

    def _batches(self) -> Iterator[Batch]:
        """Yield what is to be embedded; while more inputs arrive, full batches only."""
        rest = self._unknown(tuple(self._inputs.values()))
        for group in self._arriving:
            rest += self._unknown(self._added(group))
            if self._cancel.is_set():
                return
            if rest:
                *full, last = self._embedder.batches(rest, self._pairs)
                yield from full
                rest = list(last)
        if rest and not self._cancel.is_set():
            yield from self._embedder.batches(rest, self._pairs)

    def _added(self, group: Sequence[Input]) -> list[Input]:
        """Add inputs that have arrived, and return those that were not there before."""
        with self._lock:
            new = {item.item_id: item for item in group if item.item_id not in self._inputs}
            self._inputs |= new
            self._progress = replace(self._progress, total=len(self._inputs))
        return list(new.values())

    @property
    def _embedder(self) -> Embedder:
        assert not isinstance(self._embedder_or_failure, ProviderFailed)
        return self._embedder_or_failure

    def _unknown(self, inputs: Sequence[Input]) -> list[Input]:
        """Take what the cache knows of these inputs, or hold it back, and return the others."""
        rest = [item for item in inputs if item.item_id not in self._vectors]
        if self._cache is None:
            return rest
        keys = {item.item_id: self._key(item) for item in rest}
        self._keys |= keys
        cached = self._cache.found(keys, self.setup.dimension)
        public = {i: v for i, v in cached.items() if self._embedder.accepted or self._is_public(i)}
        self._take(public)
        self._held |= {i: v for i, v in cached.items() if i not in public}
        return [item for item in rest if item.item_id not in cached]

    def _take(self, cached: Mapping[str, FloatArray]) -> None:
        with self._lock:
            if self._progress.state not in ENDED:
                self._vectors |= cached
                self._progress = replace(self._progress, cached=self._progress.cached + len(cached))

    def _load(self) -> None:
        self._set_state(JobState.LOADING)
        self._embedder.load()
        self._started = time.monotonic()
        self._set_state(JobState.RUNNING)

    def _embed_all(self, todo: Iterator[Batch]) -> None:
        failure: BaseException | None = None
        with ThreadPoolExecutor(self._embedder.concurrency, "embed") as pool, self._unless_broken():
            pending: set[Future[None]] = set()
            self._submit(pool, todo, pending)
            while pending:
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                for future in done:
                    failure = failure or future.exception()
                if failure is None:
                    self._submit(pool, todo, pending)
                else:
                    self._cancel.set()  # those under way end without further tries
        if failure is not None:
            raise failure

    @contextmanager
    def _unless_broken(self) -> Iterator[None]:
        """Let nothing be tried again when the block is broken off, as by Ctrl-C in a script."""
        try:
            yield
        except BaseException:
            self._cancel.set()
            raise

    def _submit(
        self, pool: ThreadPoolExecutor, todo: Iterator[Batch], pending: set[Future[None]]
    ) -> None:
        """Keep as many batches under way as the embedder allows, none once stopped."""
        while len(pending) < self._embedder.concurrency and not self._cancel.is_set():
            batch = next(todo, None)
            if batch is None:
                return
            pending.add(pool.submit(self._embed_batch, batch))

    def _embed_batch(self, batch: Batch) -> None:
        for part in self._embedder.embed(batch, self._cancel):
            self._keep(part)

    def _keep(self, part: BatchResult) -> None:
        checked = _checked(self._info.title, part, self.setup.dimension)
        vectors = {i: a for i, a in checked.items() if not isinstance(a, ItemFailure)}
        failures = {i: a for i, a in checked.items() if isinstance(a, ItemFailure)}
        if self._cache is not None:
            self._cache.put({self._keys[i]: v for i, v in vectors.items()})
        with self._lock:
            if self._progress.state in ENDED:
                return
            self._vectors |= vectors
            self._failures |= failures
            self._usage.update(part.usage)
            self._progress = replace(
                self._progress,
                embedded=self._progress.embedded + len(vectors),
                failed=self._progress.failed + len(failures),
            )

    def _key(self, item: Input) -> bytes:
        return cache_key(self.setup, item, roles=self._roles, base_url=self._embedder.base_url)

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
    provider: str, part: BatchResult, dimension: int
) -> Mapping[str, FloatArray | ItemFailure]:
    """Return the answers by item id, vectors at length 1; refuse what cannot be right."""
    inputs, answers = part.inputs, part.answers
    if len(answers) != len(inputs):
        raise ProviderFailed(
            provider,
            f"It gave {len(answers)} vectors for {len(inputs)} items.",
            "Try again; if it stays so, the provider is at fault.",
        )
    return {i.item_id: _unit(i, a, dimension) for i, a in zip(inputs, answers, strict=True)}


def _unit(
    item: Input, answer: FloatArray | ItemFailure, dimension: int
) -> FloatArray | ItemFailure:
    if isinstance(answer, ItemFailure):
        return answer
    vector = np.asarray(answer, dtype=np.float32)
    length = float(np.linalg.norm(vector)) if vector.shape == (dimension,) else 0.0
    if not np.isfinite(length) or length == 0.0:
        return ItemFailure(
            "The provider gave no usable vector.", "Try again.", item_id=item.item_id
        )
    # Dividing a unit vector by 0.99999994 would only blur its last bits.
    return vector if abs(length - 1.0) < 1e-6 else vector / np.float32(length)
