"""The pictures, captions, pairs and labels of a session file, and what was left out of them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from collection.collection import Collection, Pair
from collection.errors import CollectionError
from collection.file_name import display_name, listed
from collection.items import Item, PictureItem, TextItem, text_item
from collection.kept_picture import kept_or_error
from collection.limits import (
    MAX_CAPTION_CHARACTERS,
    MAX_COLLECTION_BYTES,
    MAX_ITEMS,
    MAX_PICTURE_BYTES,
)
from collection.parallel_ingest import made_in_order
from exchange.checked_values import mapping, parsed, sequence, text, whole
from exchange.session_file.archive import SessionArchive
from exchange.session_file.contents import (
    CAPTIONS,
    COLUMNS,
    MAX_LINE_BYTES,
    MAX_LINES_BYTES,
    PICTURES,
)

_PICTURE_PATH = re.compile(r"pictures/([0-9]{1,8})\.jpg", re.ASCII)
_ORDER = re.compile(r"(caption|picture) ([0-9]{1,8})", re.ASCII)
_PAIR = re.compile(r"([0-9]{1,8}) ([0-9]{1,8})", re.ASCII)
_MAX_LABELS = 100
_MAX_PAIRS = 1_000_000


@dataclass
class FoundItems:
    """The items of a file by their numbers, None for what could not be read.

    `ordered`: in the order of the collection; `texts` and `pictures` as their own files list them.
    `left_out`: why something is missing → the names of what is.
    """

    texts: list[TextItem | None] = field(default_factory=list)
    pictures: list[PictureItem | None] = field(default_factory=list)
    ordered: list[Item | None] = field(default_factory=list)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    left_out: dict[str, list[str]] = field(default_factory=dict)

    def pairs(self, entries: Any) -> tuple[Pair, ...]:
        """Return the pairs that these entries name, those without both ends left out."""
        found = []
        for entry in sequence(entries, _MAX_PAIRS):
            match = _PAIR.fullmatch(entry) if isinstance(entry, str) else None
            caption = _at(self.texts, int(match[1])) if match else None
            picture = _at(self.pictures, int(match[2])) if match else None
            if caption is not None and picture is not None:
                found.append(Pair(caption.id, picture.id))
            else:
                self.leave_out("pairs cannot be told", str(entry)[:20])
        return tuple(dict.fromkeys(found))

    def item_id(self, number: Any) -> str | None:
        """Return the id of the item of this number; None where there is none."""
        at = whole(number, len(self.ordered))
        item = self.ordered[at] if at is not None else None
        return item.id if item is not None else None

    def leave_out(self, why: str, name: str) -> None:
        """Note what is not there, and why."""
        self.left_out.setdefault(why, []).append(display_name(name))

    def collection(self, description: Mapping[str, Any]) -> Collection:
        """Put the items into the order that the description gives, and pair them."""
        for entry in sequence(description.get("items"), MAX_ITEMS):
            match = _ORDER.fullmatch(entry) if isinstance(entry, str) else None
            of_kind: Sequence[Item | None] = (
                self.texts if match and match[1] == "caption" else self.pictures
            )
            self.ordered.append(_at(of_kind, int(match[2])) if match else None)
        known = [item for item in self.ordered if item is not None]
        rest = [item for item in (*self.texts, *self.pictures) if item is not None]
        return Collection().adding(
            [*known, *rest], self.pairs(description.get("pairs")), self.labels
        )

    @property
    def words(self) -> list[str]:
        """Say what was left out, a line for each reason."""
        return [f"{why}: {listed(names)}." for why, names in self.left_out.items()]


def found_items(archive: SessionArchive, known: Mapping[str, PictureItem]) -> FoundItems:
    """Read the captions and pictures of a file.

    `known`: pictures that are here already, by their ids; one of them takes the place of a picture
    that says it is the same and has the same bytes.
    """
    found = FoundItems()
    for line in _lines(archive, CAPTIONS, found):
        found.texts.append(_caption(line, found))
    room = max(0, MAX_ITEMS - len(found.texts))
    lines = list(_lines(archive, PICTURES, found))
    for line in lines[room:]:
        found.leave_out(f"beyond the {MAX_ITEMS:,} items of a collection", _name(line))
    _read_pictures(archive, lines[:room], known, found)
    return found


def _lines(archive: SessionArchive, path: str, found: FoundItems) -> Iterator[Mapping[str, Any]]:
    """Yield what each line says, at most as many as a collection has items."""
    data = archive.read(path, MAX_LINES_BYTES)
    if data is None:
        found.leave_out("missing or damaged in the file", path)
        return
    start = 0
    for _ in range(MAX_ITEMS):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        line = data[start:end] if end - start <= MAX_LINE_BYTES else b""
        if line or end < len(data):
            yield mapping(parsed(line))
        start = end + 1
        if start >= len(data):
            return
    if data[start:].strip():
        found.leave_out(f"more than {MAX_ITEMS:,} lines in the file", path)


def _caption(line: Mapping[str, Any], found: FoundItems) -> TextItem | None:
    words = line.get("text")
    if not isinstance(words, str) or len(words) > MAX_CAPTION_CHARACTERS or not text(words):
        found.leave_out("captions that cannot be read", f"line {len(found.texts) + 1}")
        return None
    item = text_item(words)
    _note_labels(item, mapping(line.get("labels")), found)
    return item


def _read_pictures(
    archive: SessionArchive,
    lines: Sequence[Mapping[str, Any]],
    known: Mapping[str, PictureItem],
    found: FoundItems,
) -> None:
    taken = 0
    work = (_to_do(archive, line, known) for line in lines)
    for line, item in zip(lines, made_in_order(work), strict=True):
        if not isinstance(item, PictureItem):
            found.pictures.append(None)
            found.leave_out("pictures that cannot be read", _name(line))
            continue
        taken += len(item.jpeg) + len(item.thumbnail)
        if taken > MAX_COLLECTION_BYTES:
            found.pictures.append(None)
            found.leave_out("more pictures than a collection holds", _name(line))
            continue
        found.pictures.append(item)
        named = {name: value for name, value in line.items() if name not in COLUMNS}
        _note_labels(item, {**named, **mapping(line.get("labels"))}, found)


def _to_do(
    archive: SessionArchive, line: Mapping[str, Any], known: Mapping[str, PictureItem]
) -> Callable[[], PictureItem | CollectionError]:
    path = line.get("file_name")
    match = _PICTURE_PATH.fullmatch(path) if isinstance(path, str) else None
    jpeg = archive.read(match[0], MAX_PICTURE_BYTES) if match else None
    if match is None or jpeg is None:
        return partial(CollectionError, "Missing or damaged.")
    claimed = line.get("id")
    here = known.get(claimed) if isinstance(claimed, str) else None
    if here is not None and here.jpeg == jpeg:
        return partial(replace, here, name=_name(line))
    thumbnail = archive.read(f"thumbnails/{match[1]}.webp", MAX_PICTURE_BYTES) or b""
    return partial(kept_or_error, _name(line), jpeg, thumbnail)


def _note_labels(item: Item, labels: Mapping[str, Any], found: FoundItems) -> None:
    """Keep the labels that are texts, as they can be shown; a caption's first ones count."""
    shown = {
        text(name): text(value)
        for name, value in list(labels.items())[:_MAX_LABELS]
        if isinstance(value, str) and text(name) and text(value)
    }
    if shown:
        found.labels[item.id] = {**shown, **found.labels.get(item.id, {})}


def _name(line: Mapping[str, Any]) -> str:
    name = line.get("name")
    return display_name(name if isinstance(name, str) else str(line.get("file_name", ""))[:200])


def _at(items: Sequence[Any], number: int) -> Any:
    return items[number] if number < len(items) else None
