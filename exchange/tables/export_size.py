"""What the size of a file depends on, known before it is written."""

from collections.abc import Collection as IdSet
from collections.abc import Iterable
from dataclasses import dataclass

from collection.collection import Collection
from collection.embeddings import Embeddings
from collection.items import PictureItem


@dataclass(frozen=True)
class ExportSize:
    """How much there is to write: items, pictures among them, characters and numbers.

    `characters` are those of the items' names, `numbers` those of all their vectors.
    """

    items: int
    pictures: int
    characters: int
    numbers: int


def export_size(
    collection: Collection, item_ids: IdSet[str], embeddings: Iterable[Embeddings]
) -> ExportSize:
    """Return the size of these items with what the Setups gave for them; no vector is touched."""
    items = [collection.items[item_id] for item_id in item_ids]
    return ExportSize(
        items=len(items),
        pictures=sum(isinstance(item, PictureItem) for item in items),
        characters=sum(len(item.label) for item in items),
        numbers=sum(
            found.setup.dimension * sum(item_id in found for item_id in item_ids)
            for found in embeddings
        ),
    )
