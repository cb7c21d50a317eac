"""What a provider is: a description made of data, and an embedder that turns inputs into vectors.

A provider module offers one `Provider`. Everything that providers share (cache, batches in
parallel, progress, stopping, checks of the vectors) stands above them in `embedding`; what
the hosted ones share on top of that (sending, retries, limits) in `transport`.
"""

import threading
from collections.abc import Iterator, Sequence
from typing import Protocol

from collection.collection import Pair
from collection.embeddings import Setup
from providers.info import ProviderInfo
from providers.inputs import Batch, BatchResult, Input
from providers.transport.call_context import CallContext


class Embedder(Protocol):
    """Turns inputs into vectors for one Setup. Must be safe to call from several threads."""

    setup: Setup
    concurrency: int
    base_url: str
    """Where a hosted provider is asked; of an embedded one ""."""

    def load(self) -> None:
        """Get ready; may take seconds the first time. Raises ProviderFailed."""

    def batches(self, inputs: Sequence[Input], pairs: Sequence[Pair] = ()) -> list[Batch]:
        """Cut the inputs into the batches that are embedded in one go each."""

    def embed(self, batch: Batch, cancel: threading.Event) -> Iterator[BatchResult]:
        """Embed one batch; give each part of it as soon as it is there.

        Once `cancel` is set nothing new is begun, and what was not tried is left out. Raises
        ProviderFailed when the provider as a whole cannot go on; parts given before count.
        """

    @property
    def accepted(self) -> bool:
        """Whether the provider is known to accept who asks, so that the cache may answer."""

    def prove(self, cancel: threading.Event) -> None:
        """Find out, by the smallest call there is. Raises ProviderFailed if it does not."""


class Provider(Protocol):
    """A provider: its description, and the embedder for one of its Setups."""

    @property
    def info(self) -> ProviderInfo:
        """The description."""

    def embedder(self, setup: Setup, context: CallContext | None = None) -> Embedder:
        """Return what embeds for this Setup; cheap, nothing is loaded or asked yet.

        `context`: who asks, of whom an embedded provider needs to know nothing.
        """

    def token_count(self, setup: Setup, text: str) -> int:
        """Return how many tokens the model sees in a text; of a hosted one an estimate."""
