"""The items that every Setup has a vector for: the same pairs for everybody."""

from collections.abc import Mapping
from dataclasses import dataclass

from collection.collection import Collection
from collection.embeddings import Embeddings, Setup
from collection.items import Modality
from collection.modality_vectors import ModalityVectors, vectors_among
from collection.pair_rows import pair_rows
from space.arrays import IntArray
from ui.state.session import Session


@dataclass(frozen=True)
class CommonItems:
    """What the Setups are compared on, in the same order for all.

    texts, pictures: one a Setup, all of the same items. pairs: (p, 2) rows of both. left_out: how
    many known pairs are not among them, as some Setup has no vector for one of their items.
    """

    setups: tuple[Setup, ...]
    texts: tuple[ModalityVectors, ...]
    pictures: tuple[ModalityVectors, ...]
    pairs: IntArray
    left_out: int


def common_items(state: Session) -> CommonItems:
    """Return what all Setups shown have vectors for."""
    return common_items_of(state.collection, state.shown)


def common_items_of(collection: Collection, shown: Mapping[Setup, Embeddings]) -> CommonItems:
    """Return what all these Setups, at least one, have vectors for."""
    found = list(shown.values())
    texts = _of_all(collection, found, Modality.TEXT)
    pictures = _of_all(collection, found, Modality.PICTURE)
    pairs = pair_rows(collection, texts[0].items, pictures[0].items)
    return CommonItems(
        setups=tuple(shown),
        texts=texts,
        pictures=pictures,
        pairs=pairs,
        left_out=len(collection.pairs) - len(pairs),
    )


def _of_all(
    collection: Collection, shown: list[Embeddings], modality: Modality
) -> tuple[ModalityVectors, ...]:
    items = [
        item
        for item in collection.items.values()
        if item.modality is modality and all(item.id in embeddings for embeddings in shown)
    ]
    return tuple(vectors_among(items, embeddings) for embeddings in shown)
