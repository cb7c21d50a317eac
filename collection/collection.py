"""The collection: items in order, and the pairs known to belong together."""

import hashlib
import json
from collections.abc import Collection as IdSet
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from collection.items import Item, PictureItem, TextItem, text_item
from collection.short_repr import ShortRepr


class Pair(NamedTuple):
    """A caption and a picture that belong together: the ground truth."""

    text_id: str
    picture_id: str


class Row(NamedTuple):
    """One line of the collection's table: a pair, or an item that has no partner."""

    text: TextItem | None
    picture: PictureItem | None


@dataclass(frozen=True, repr=False)
class Collection(ShortRepr):
    """Items in order and their pairs. Never changed in place: each change gives a new one.

    `items` maps item id to item, in order. A picture may have no caption, one or several;
    a caption may have no picture, one or several. `labels` maps item id to what is known about
    it by name, as in {"label": "cat", "split": "train"}; items without any are left out. Every
    id in `pairs` and `labels` is in `items`.
    """

    items: Mapping[str, Item] = field(default_factory=lambda: MappingProxyType({}))
    pairs: tuple[Pair, ...] = ()
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))

    def __len__(self) -> int:
        return len(self.items)

    def __contains__(self, item_id: object) -> bool:
        return item_id in self.items

    @cached_property
    def texts(self) -> tuple[TextItem, ...]:
        """The texts, in order."""
        return tuple(item for item in self.items.values() if isinstance(item, TextItem))

    @cached_property
    def pictures(self) -> tuple[PictureItem, ...]:
        """The pictures, in order."""
        return tuple(item for item in self.items.values() if isinstance(item, PictureItem))

    @cached_property
    def captions_of(self) -> Mapping[str, tuple[str, ...]]:
        """Picture id → ids of its captions, in order; pictures without captions are left out."""
        return _grouped((pair.picture_id, pair.text_id) for pair in self.pairs)

    @cached_property
    def pictures_of(self) -> Mapping[str, tuple[str, ...]]:
        """Text id → ids of its pictures, in order; texts without pictures are left out."""
        return _grouped((pair.text_id, pair.picture_id) for pair in self.pairs)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over item ids, their order, the pairs and the labels; names do not count."""
        ids = "\n".join(self.items)
        pairs = "\n".join(f"{text_id} {picture_id}" for text_id, picture_id in self.pairs)
        labels = {item_id: dict(found) for item_id, found in self.labels.items()}
        shown = f"\n\n{json.dumps(labels, sort_keys=True)}" if labels else ""
        return hashlib.sha256(f"{ids}\n\n{pairs}{shown}".encode()).hexdigest()

    @cached_property
    def label_names(self) -> tuple[str, ...]:
        """The names under which items have labels, in the order of their first use."""
        return tuple(dict.fromkeys(name for found in self.labels.values() for name in found))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The table: each picture with each of its captions, then texts without a picture."""
        rows: list[Row] = []
        for picture in self.pictures:
            for text_id in self.captions_of.get(picture.id, (None,)):
                rows.append(Row(self.text(text_id) if text_id else None, picture))
        lone = (text for text in self.texts if text.id not in self.pictures_of)
        return (*rows, *(Row(text, None) for text in lone))

    @cached_property
    def picture_bytes(self) -> int:
        """Memory held by the pictures and their thumbnails, in bytes."""
        return sum(len(picture.jpeg) + len(picture.thumbnail) for picture in self.pictures)

    def text(self, item_id: str) -> TextItem:
        """Return the text of this id; KeyError if there is none."""
        item = self.items[item_id]
        if not isinstance(item, TextItem):
            raise KeyError(item_id)
        return item

    def adding(
        self,
        items: Iterable[Item],
        pairs: Iterable[Pair] = (),
        labels: Mapping[str, Mapping[str, str]] | None = None,
    ) -> "Collection":
        """Return the collection with these items, pairs and labels behind its own.

        Known ones stay; a label of another value takes the place of the one of its name.
        """
        merged = dict(self.items)
        for item in items:
            merged.setdefault(item.id, item)
        all_pairs = tuple(dict.fromkeys((*self.pairs, *(Pair(*pair) for pair in pairs))))
        all_labels = dict(self.labels)
        for item_id, found in (labels or {}).items():
            all_labels[item_id] = {**all_labels.get(item_id, {}), **found}
        return _collection(merged, all_pairs, all_labels)

    def removing(self, item_ids: IdSet[str]) -> "Collection":
        """Return the collection without these items, without their pairs and labels."""
        remaining = {
            item_id: item for item_id, item in self.items.items() if item_id not in item_ids
        }
        pairs = (pair for pair in self.pairs if not any(end in item_ids for end in pair))
        return self._with(remaining, tuple(pairs))

    def without_label(self, item_ids: IdSet[str], name: str) -> "Collection":
        """Return the collection in which these items have no label of this name."""
        labels = {
            item_id: {k: v for k, v in found.items() if k != name or item_id not in item_ids}
            for item_id, found in self.labels.items()
        }
        return _collection(dict(self.items), self.pairs, labels)

    def unpairing(self, pair: Pair) -> "Collection":
        """Return the collection without this pair; a text left without any picture goes too."""
        if pair not in self.pairs:
            return self
        pairs = tuple(known for known in self.pairs if known != pair)
        orphan = all(known.text_id != pair.text_id for known in pairs)
        remaining = {k: v for k, v in self.items.items() if not (orphan and k == pair.text_id)}
        return self._with(remaining, pairs)

    def swapping(self, first: Pair, second: Pair) -> "Collection":
        """Return the collection in which the captions of these two pairs have changed places.

        The items stay as they are, and each pair keeps its place unless the new one was known
        already. Raises ValueError if one of the two is not a pair of the collection.
        """
        if first not in self.pairs or second not in self.pairs:
            raise ValueError("Only the captions of two pairs of the collection can change places.")
        swapped = {
            first: Pair(second.text_id, first.picture_id),
            second: Pair(first.text_id, second.picture_id),
        }
        pairs = (swapped.get(pair, pair) for pair in self.pairs)
        return self._with(dict(self.items), tuple(dict.fromkeys(pairs)))

    def without_row(self, row: Row) -> "Collection":
        """Return the collection without this row: its pair, and what then stands alone.

        An item that has pairs of its own is never taken with a row in which it stands alone.
        """
        if row.text is None or row.picture is None:
            paired = {*self.captions_of, *self.pictures_of}
            return self.removing({item.id for item in row if item is not None} - paired)
        smaller = self.unpairing(Pair(row.text.id, row.picture.id))
        if row.picture.id in smaller.captions_of:
            return smaller
        return smaller.removing({row.picture.id})

    @cached_property
    def lone(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Ids of the texts without a picture, and of the pictures without a caption."""
        texts = tuple(text.id for text in self.texts if text.id not in self.pictures_of)
        pictures = tuple(p.id for p in self.pictures if p.id not in self.captions_of)
        return texts, pictures

    def pairing_in_order(self) -> "Collection":
        """Return the collection with lone captions and lone pictures paired, first with first."""
        return self.adding((), (Pair(*ends) for ends in zip(*self.lone, strict=False)))

    def rewording(self, row: Row, words: str) -> "Collection":
        """Return the collection with the row's caption saying `words`; blank words remove it.

        Only this row changes: another picture that shares the caption keeps the old words.
        """
        before = self._without_caption(row)
        if not words.split():
            return before
        text, old_id = text_item(words), row.text.id if row.text else None
        items = _with_text_at(self.items, before.items, text, old_id)
        if row.picture is None:
            return self._with(items, before.pairs)
        new = Pair(text.id, row.picture.id)
        if old_id is None:
            return self._with(items, tuple(dict.fromkeys((*before.pairs, new))))
        old = Pair(old_id, row.picture.id)
        swapped = (new if pair == old else pair for pair in self.pairs)
        return self._with(items, tuple(dict.fromkeys(swapped)))

    def _without_caption(self, row: Row) -> "Collection":
        if row.text is None:
            return self
        if row.picture is None:
            return self if row.text.id in self.pictures_of else self.removing({row.text.id})
        return self.unpairing(Pair(row.text.id, row.picture.id))

    def _with(self, items: dict[str, Item], pairs: tuple[Pair, ...]) -> "Collection":
        """Return a collection of these items and pairs with the labels that this one knows."""
        return _collection(items, pairs, self.labels)


def _collection(
    items: dict[str, Item], pairs: tuple[Pair, ...], labels: Mapping[str, Mapping[str, str]]
) -> Collection:
    here = {k: MappingProxyType(dict(v)) for k, v in labels.items() if v and k in items}
    return Collection(MappingProxyType(items), pairs, MappingProxyType(here))


def _grouped(links: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for key, value in links:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}


def _with_text_at(
    old: Mapping[str, Item], remaining: Mapping[str, Item], text: TextItem, old_id: str | None
) -> dict[str, Item]:
    """Put `text` where the old text stood, so that an edit never moves a row."""
    if text.id in remaining:
        return dict(remaining)
    items: dict[str, Item] = {}
    for item_id, item in old.items():
        if item_id in remaining:
            items[item_id] = item
        if item_id == old_id:
            items[text.id] = text
    items.setdefault(text.id, text)
    return items
