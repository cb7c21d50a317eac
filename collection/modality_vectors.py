"""The items of one kind that have a vector, with their vectors."""

from typing import NamedTuple

from collection.collection import Collection
from collection.embeddings import Embeddings, FloatArray
from collection.items import Item, Modality


class Kind(NamedTuple):
    """Items in the order of the collection, and their vectors: float32 (n, d), rows of length 1."""

    items: tuple[Item, ...]
    vectors: FloatArray


def kind_of(collection: Collection, embeddings: Embeddings, *modalities: Modality) -> Kind:
    """Return the items of these modalities that have a vector here."""
    items = tuple(
        item
        for item in collection.items.values()
        if item.modality in modalities and item.id in embeddings
    )
    return Kind(items, embeddings.of(item.id for item in items))
