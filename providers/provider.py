"""What a provider is: a description made of data, and an embedder that turns inputs into vectors.

A provider module offers one `Provider`. Everything that providers share (cache, batches in
parallel, progress, stopping, checks of the vectors) stands above them in `embedding_job`.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from collection.embeddings import FloatArray, ItemFailure, Role, Setup
from collection.items import Item, Modality, TextItem
from providers.errors import UnsupportedSetup


@dataclass(frozen=True, slots=True)
class Model:
    """One model: its dimensions (the first is the default) and limits, with their source."""

    id: str
    dimensions: tuple[int, ...]
    max_tokens: int
    source: str


@dataclass(frozen=True, slots=True)
class ProviderInfo:
    """A provider, described by data: what a card on the page shows.

    `embedded` providers run on this machine, need no key and no network.
    `version` changes whenever the provider's code or weights would give other vectors.
    `uses_roles`: whether a query and a document get different vectors.
    """

    id: str
    title: str
    summary: str
    good_at: str
    bad_at: str
    licence: str
    home_page: str
    models: tuple[Model, ...]
    version: str
    embedded: bool
    english_only: bool = False
    uses_roles: bool = False

    def setup(self, model: str | None = None, dimension: int | None = None) -> Setup:
        """Return the Setup for this model and dimension, the defaults where none is named.

        Raises UnsupportedSetup when the provider does not offer them.
        """
        chosen = next((m for m in self.models if model in (None, m.id)), None)
        if chosen is None:
            names = ", ".join(m.id for m in self.models)
            raise UnsupportedSetup(f"{self.id} has no model “{model}”. Choose one of: {names}.")
        size = chosen.dimensions[0] if dimension is None else dimension
        if size not in chosen.dimensions:
            sizes = ", ".join(str(d) for d in chosen.dimensions)
            raise UnsupportedSetup(
                f"{chosen.id} has no dimension {dimension}. Choose one of: {sizes}."
            )
        return Setup(self.id, chosen.id, size, self.version)


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to embed: a text, or a picture as the JPEG bytes kept at ingest."""

    item_id: str
    modality: Modality
    role: Role
    payload: str | bytes


Batch = tuple[Input, ...]
Answers = list[FloatArray | ItemFailure]
"""For each input of a batch its vector, float32 (d,), or why it has none, in order."""


class Embedder(Protocol):
    """Turns inputs into vectors for one Setup. Must be safe to call from several threads."""

    setup: Setup
    concurrency: int

    def load(self) -> None:
        """Get ready; may take seconds the first time. Raises ProviderFailed."""

    def batches(self, inputs: Sequence[Input]) -> list[Batch]:
        """Cut the inputs into the batches that are embedded in one go each."""

    def embed(self, batch: Batch, cancel: threading.Event) -> Answers:
        """Embed one batch.

        Raises ProviderFailed when the provider as a whole cannot go on.
        """

    def token_count(self, text: str) -> int | None:
        """Return how many tokens the model sees in a text; None where only the service knows."""


class Provider(Protocol):
    """A provider: its description, and the embedder for one of its Setups."""

    @property
    def info(self) -> ProviderInfo:
        """The description."""

    def embedder(self, setup: Setup) -> Embedder:
        """Return what embeds for this Setup; cheap, nothing is loaded or asked yet."""


DEFAULT_ROLES = {Modality.TEXT: Role.QUERY, Modality.PICTURE: Role.DOCUMENT}
"""Captions search, pictures are found."""


def input_of(item: Item, role: Role | None = None) -> Input:
    """Return what is embedded of an item, in its usual role unless another is named."""
    payload = item.text if isinstance(item, TextItem) else item.jpeg
    return Input(item.id, item.modality, role or DEFAULT_ROLES[item.modality], payload)
