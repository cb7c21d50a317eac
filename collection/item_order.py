"""The order of captions and pictures that every Setup's heatmap shares."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from collection.collection import Collection
from collection.embeddings import Embeddings
from collection.items import Item, Modality
from collection.modality_vectors import ModalityVectors, vectors_of
from collection.pair_rows import pair_rows

IntArray = npt.NDArray[np.int64]

Ordered = Callable[[ModalityVectors, ModalityVectors, IntArray], tuple[IntArray, IntArray]]
"""Captions, pictures and their pairs, (p, 2) → the rows of both in an order."""


def items_in_order(
    collection: Collection, first: Embeddings, ordered: Ordered
) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """Return captions and pictures in the order that the first Setup's vectors give them.

    Items without a vector there come last.
    """
    texts = vectors_of(collection, first, Modality.TEXT)
    pictures = vectors_of(collection, first, Modality.PICTURE)
    pairs = pair_rows(collection, texts.items, pictures.items)
    text_order, picture_order = ordered(texts, pictures, pairs)
    return (
        (
            *(texts.items[i] for i in text_order),
            *(text for text in collection.texts if text.id not in first),
        ),
        (
            *(pictures.items[i] for i in picture_order),
            *(picture for picture in collection.pictures if picture.id not in first),
        ),
    )
