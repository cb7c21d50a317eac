"""The items of a modality that have a vector, with their vectors."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from collection.collection import Collection
from collection.embeddings import Embeddings, FloatArray
from collection.items import Item, Modality


@dataclass(frozen=True, eq=False)
class ModalityVectors:
    """Items in the order of the collection, and where their vectors are.

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


def vectors_of(
    collection: Collection, embeddings: Embeddings, *modalities: Modality
) -> ModalityVectors:
    """Return the items of these modalities that have a vector here, and their vectors."""
    items = tuple(
        item
        for item in collection.items.values()
        if item.modality in modalities and item.id in embeddings
    )
    rows = [embeddings.row_of[item.id] for item in items]
    return ModalityVectors(items, embeddings, np.asarray(rows, np.int64))
