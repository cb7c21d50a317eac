"""A provider for tests: a text's vector is made of its word lengths, so anyone can check it."""

import threading
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from collection.collection import Pair
from collection.embeddings import ItemFailure, Setup
from providers.errors import ProviderFailed
from providers.info import Model, ProviderInfo
from providers.inputs import Batch, BatchResult, Input
from providers.transport.call_context import CallContext

INFO = ProviderInfo(
    id="word-length",
    title="Word length",
    summary="",
    good_at="",
    bad_at="",
    licence="",
    home_page="",
    models=(Model("letters", (3, 2), max_tokens=8, source="this file"),),
    version="1",
    embedded=True,
)


class WordLengthEmbedder:
    """Counts its calls; fails, waits or answers wrongly when told to.

    `size`: items a batch; `part_size`: items a part of it, 0 for the whole batch.
    """

    concurrency = 2
    base_url = ""

    def __init__(self, setup: Setup | None = None, size: int = 2, part_size: int = 0) -> None:
        self.setup = setup or INFO.setup()
        self.size, self.part_size = size, part_size
        self.accepted, self.proofs = True, 0
        self.embedded: list[str] = []
        self.before_answer: Callable[[Batch], None] = lambda part: None
        self.before_proof: Callable[[Batch], None] = lambda part: None
        self.answer: Callable[[Input], object] = self._vector
        self._lock = threading.Lock()

    def load(self) -> None:
        """Nothing to load."""

    def prove(self, cancel: threading.Event) -> None:
        self.proofs += 1
        self.before_proof(())
        self.accepted = True

    def batches(self, inputs: Sequence[Input], pairs: Sequence[Pair] = ()) -> list[Batch]:
        return [tuple(inputs[at : at + self.size]) for at in range(0, len(inputs), self.size)]

    def embed(self, batch: Batch, cancel: threading.Event) -> Iterator[BatchResult]:
        size = self.part_size or len(batch)
        for part in (batch[at : at + size] for at in range(0, len(batch), size)):
            self.before_answer(part)
            with self._lock:
                self.embedded += [str(item.payload) for item in part]
            self.accepted = True
            words = sum(len(str(item.payload).split()) for item in part)
            yield BatchResult(part, [self.answer(item) for item in part], {"words": words})

    def _vector(self, item: Input) -> np.ndarray:
        lengths = [len(word) for word in str(item.payload).split()]
        return np.asarray([*lengths, 0, 0, 0][: self.setup.dimension], np.float32)


class WordLengthProvider:
    """The provider of a given embedder."""

    info = INFO

    def __init__(self, embedder: WordLengthEmbedder | None = None) -> None:
        self.given = embedder or WordLengthEmbedder()

    def embedder(self, setup: Setup, context: CallContext | None = None) -> WordLengthEmbedder:
        self.given.setup = setup
        return self.given

    def token_count(self, setup: Setup, text: str) -> int:
        return len(text.split())


def no_vector_for(word: str) -> Callable[[Input], object]:
    """Answer every text but this one."""
    usual = WordLengthEmbedder()._vector

    def answer(item: Input) -> object:
        if item.payload == word:
            return ItemFailure("It is not a word.", "Write another.", item_id=item.item_id)
        return usual(item)

    return answer


def down(batch: Batch) -> None:
    """Fail as a provider that is out of order."""
    raise ProviderFailed("Word length", "It is out of order.", "Come back later.")
