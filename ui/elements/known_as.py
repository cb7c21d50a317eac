"""What people call an item: a picture by its caption, if it has one."""

from charts.labels import shortened
from collection.collection import Collection
from collection.items import Item, PictureItem


def captions_of(collection: Collection, item: Item) -> tuple[str, ...]:
    """Return the captions of a picture, in order; a caption itself has none."""
    return tuple(collection.text(id_).text for id_ in collection.captions_of.get(item.id, ()))


def known_as(collection: Collection, item: Item, characters: int) -> str:
    """Return the item's name for a sentence: a caption in quotes, or else the file's name."""
    if isinstance(item, PictureItem):
        captions = captions_of(collection, item)
        if not captions:
            return shortened(item.name, characters)
        return f"“{shortened(captions[0], characters)}”"
    return f"“{shortened(item.text, characters)}”"
