"""The items of a modality that have a vector, with their vectors."""

from typing import NamedTuple

from collection.collection import Collection
from collection.embeddings import Embeddings, FloatArray
from collection.items import Item, Modality


class ModalityVectors(NamedTuple):
    """Items in the order of the collection, and their vectors: float32 (n, d), rows of length 1."""

    items: tuple[Item, ...]
    vectors: FloatArray


def vectors_of(
    collection: Collection, embeddings: Embeddings, *modalities: Modality
) -> ModalityVectors:
    """Return the items of these modalities that have a vector here, and their vectors."""
    items = tuple(
        item
        for item in collection.items.values()
        if item.modality in modalities and item.id in embeddings
    )
    return ModalityVectors(items, embeddings.of(item.id for item in items))
