"""The items of a modality that have a vector, with their vectors."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from collection.collection import Collection
from collection.embeddings import Embeddings, FloatArray
from collection.items import Item, Modality
from collection.short_repr import ShortRepr


@dataclass(frozen=True, eq=False, repr=False)
class ModalityVectors(ShortRepr):
    """Items, and where their vectors are.

    `rows`: (n,) int64, the row of each item in the vectors of `embeddings`.
    """

    items: tuple[Item, ...]
    embeddings: Embeddings
    rows: npt.NDArray[np.int64]

    @cached_property
    def vectors(self) -> FloatArray:
        """The vectors of the items, float32 (n, d), rows of length 1."""
        return self.embeddings.vectors[self.rows]

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the Embeddings and the rows."""
        return hashlib.sha256(self.embeddings.digest.encode() + self.rows.tobytes()).hexdigest()


def vectors_among(items: Iterable[Item], embeddings: Embeddings) -> ModalityVectors:
    """Return those of these items that have a vector, in their order, and their vectors."""
    found = tuple(item for item in items if item.id in embeddings)
    rows = [embeddings.row_of[item.id] for item in found]
    return ModalityVectors(found, embeddings, np.asarray(rows, np.int64))


def vectors_of(
    collection: Collection, embeddings: Embeddings, *modalities: Modality
) -> ModalityVectors:
    """Return the items of these modalities that have a vector here, and their vectors."""
    items = collection.items.values()
    return vectors_among((i for i in items if i.modality in modalities), embeddings)
