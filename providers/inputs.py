"""What is embedded of an item, and what comes of a batch of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from collection.embeddings import FloatArray, ItemFailure, Role, Setup
from collection.items import Item, Modality, TextItem
from collection.short_repr import ShortRepr
from providers.info import CAPTIONS, DEFAULT_ROLES


@dataclass(frozen=True, slots=True, repr=False)
class Input(ShortRepr):
    """One thing to embed: a text, or a picture as the JPEG bytes kept at ingest."""

    item_id: str
    modality: Modality
    role: Role
    payload: str | bytes

    @property
    def text(self) -> str:
        """The text; of a picture there is none, which raises TypeError."""
        if isinstance(self.payload, bytes):
            raise TypeError("A picture has no text.")
        return self.payload

    @property
    def jpeg(self) -> bytes:
        """The picture; of a text there is none, which raises TypeError."""
        if isinstance(self.payload, str):
            raise TypeError("A text has no picture.")
        return self.payload


Batch = tuple[Input, ...]
"""What is embedded in one go; of a hosted provider, what goes into one call."""
Answers = list[FloatArray | ItemFailure]
"""For each input of a batch its vector, float32 (d,), or why it has none, in order."""


@dataclass(frozen=True, slots=True, repr=False)
class BatchResult(ShortRepr):
    """What an embedder has finished of a batch: inputs, their answers, what was counted."""

    inputs: Batch
    answers: Answers
    usage: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


def role_of(item: Item, setup: Setup) -> Role:
    """Return the role of an item of the collection under a Setup."""
    if item.modality is Modality.TEXT:
        return Role(str(dict(setup.settings).get(CAPTIONS, DEFAULT_ROLES[Modality.TEXT])))
    return DEFAULT_ROLES[item.modality]


def input_of(item: Item, role: Role | None = None) -> Input:
    """Return what is embedded of an item, in its usual role unless another is named."""
    payload = item.text if isinstance(item, TextItem) else item.jpeg
    return Input(item.id, item.modality, role or DEFAULT_ROLES[item.modality], payload)
