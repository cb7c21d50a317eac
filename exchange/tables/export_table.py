"""The items of an export as a table: a row an item, the same columns in every format."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from collection.items import Item, Modality, PictureItem
from collection.label_values import label_of_items
from exchange.export_contents import ExportContents
from exchange.tables.vector_columns import unique_names

KINDS = {Modality.PICTURE: "picture", Modality.TEXT: "caption"}
"""What the column `kind` says of an item."""

OWN_COLUMNS = ("id", "kind", "file_name", "caption", "pair")
"""The columns that every table has; all others are labels and vectors."""


@dataclass(frozen=True)
class ExportTable:
    """The words of an export, one entry an item in every column, without keys in them.

    `names` are an item's own: a picture's file name, a caption's words. `file_names` of a caption
    are those of its first picture, `captions` of a picture its first caption; None where there is
    none. `labels`: the name of a column → what the app shows as the items' label of this name, a
    caption's from its pictures where it has none of its own.
    `pairs`: the ids of the items that belong to each.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    item_kinds: tuple[str, ...]
    file_names: tuple[str | None, ...]
    captions: tuple[str | None, ...]
    labels: Mapping[str, tuple[str | None, ...]]
    pairs: tuple[tuple[str, ...], ...]

    def __len__(self) -> int:
        return len(self.ids)


def export_table(contents: ExportContents, taken: Collection[str] = ()) -> ExportTable:
    """Return the items as a table; `taken`: names of columns that no label may have beside ours."""
    collection, hide = contents.collection, contents.hide
    items = tuple(collection.items.values())
    partners = {**collection.captions_of, **collection.pictures_of}

    def words(item: Item, *, of_picture: bool) -> str | None:
        if isinstance(item, PictureItem) is not of_picture:
            found = partners.get(item.id)
            if not found:
                return None
            item = collection.items[found[0]]
        return hide(item.label)

    names = unique_names(map(hide, collection.label_names), {*OWN_COLUMNS, *taken})
    labels: dict[str, tuple[str | None, ...]] = {}
    for column, name in zip(names, collection.label_names, strict=True):
        values = label_of_items(collection, name)
        labels[column] = tuple(hide(values[i.id]) if i.id in values else None for i in items)
    return ExportTable(
        ids=tuple(item.id for item in items),
        names=tuple(hide(item.label) for item in items),
        item_kinds=tuple(KINDS[item.modality] for item in items),
        file_names=tuple(words(item, of_picture=True) for item in items),
        captions=tuple(words(item, of_picture=False) for item in items),
        labels=labels,
        pairs=tuple(partners.get(item.id, ()) for item in items),
    )
