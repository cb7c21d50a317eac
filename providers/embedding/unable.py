"""Stands in for an embedder where a provider cannot be asked at all, such as without a key."""

import threading
from collections.abc import Iterator, Sequence

from collection.collection import Pair
from collection.embeddings import Setup
from providers.errors import ProviderFailed
from providers.inputs import Batch, BatchResult, Input


class UnableEmbedder:
    """Says why, as soon as something would have to be embedded."""

    concurrency = 1
    base_url = ""
    accepted = False

    def __init__(self, setup: Setup, failure: ProviderFailed) -> None:
        self.setup, self._failure = setup, failure

    def load(self) -> None:
        """Raise what is in the way: a ProviderFailed."""
        raise self._failure

    def batches(self, inputs: Sequence[Input], pairs: Sequence[Pair] = ()) -> list[Batch]:
        """Nothing is asked."""
        return []

    def embed(self, batch: Batch, cancel: threading.Event) -> Iterator[BatchResult]:
        """Raise what is in the way."""
        raise self._failure

    def prove(self, cancel: threading.Event) -> None:
        """Raise what is in the way."""
        raise self._failure
