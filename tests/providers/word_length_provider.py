"""A provider for tests: a text's vector is made of its word lengths, so anyone can check it."""

import threading
from collections.abc import Callable, Sequence

import numpy as np

from collection.embeddings import ItemFailure, Setup
from providers.errors import ProviderFailed
from providers.provider import Answers, Batch, Input, Model, ProviderInfo

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
    """Counts its calls; fails, waits or answers wrongly when told to."""

    concurrency = 2

    def __init__(self, setup: Setup | None = None, size: int = 2) -> None:
        self.setup = setup or INFO.setup()
        self.size = size
        self.embedded: list[str] = []
        self.before_answer: Callable[[Batch], None] = lambda batch: None
        self.answer: Callable[[Input], object] = self._vector
        self._lock = threading.Lock()

    def load(self) -> None:
        """Nothing to load."""

    def batches(self, inputs: Sequence[Input]) -> list[Batch]:
        return [tuple(inputs[at : at + self.size]) for at in range(0, len(inputs), self.size)]

    def embed(self, batch: Batch, cancel: threading.Event) -> Answers:
        self.before_answer(batch)
        with self._lock:
            self.embedded += [str(item.payload) for item in batch]
        return [self.answer(item) for item in batch]

    def token_count(self, text: str) -> int:
        return len(text.split())

    def _vector(self, item: Input) -> np.ndarray:
        lengths = [len(word) for word in str(item.payload).split()]
        return np.asarray([*lengths, 0, 0, 0][: self.setup.dimension], np.float32)


class WordLengthProvider:
    """The provider of a given embedder."""

    info = INFO

    def __init__(self, embedder: WordLengthEmbedder | None = None) -> None:
        self.given = embedder or WordLengthEmbedder()

    def embedder(self, setup: Setup) -> WordLengthEmbedder:
        self.given.setup = setup
        return self.given


def no_vector_for(word: str) -> Callable[[Input], object]:
    """Answer every text but this one."""
    usual = WordLengthEmbedder()._vector

    def answer(item: Input) -> object:
        if item.payload == word:
            return ItemFailure(item.item_id, "It is not a word.", "Write another.")
        return usual(item)

    return answer


def down(batch: Batch) -> None:
    """Fail as a provider that is out of order."""
    raise ProviderFailed("Word length", "It is out of order.", "Come back later.")
