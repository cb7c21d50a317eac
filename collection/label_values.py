"""What the items of a collection are labelled: pictures by themselves, captions by their pictures.

A collection may know several labels by name; a split, such as train and test, is no class.
"""

from collections.abc import Mapping, Sequence

from collection.collection import Collection
from collection.columns import MAIN_LABEL, SPLIT
from collection.errors import CollectionError
from collection.items import PictureItem
from collection.label_captions import LABEL_PLACE


def class_names(collection: Collection, *, of_captions: bool = False) -> tuple[str, ...]:
    """Return the names of the labels that pictures have, the main one first and splits last.

    of_captions: those that only captions have, too.
    """
    found = {
        name
        for item_id, labels in collection.labels.items()
        if of_captions or isinstance(collection.items[item_id], PictureItem)
        for name in labels
    }
    first = {MAIN_LABEL: 0, SPLIT: 2}
    ordered = (name for name in collection.label_names if name in found)
    return tuple(sorted(ordered, key=lambda name: first.get(name, 1)))


def label_of_items(collection: Collection, name: str) -> Mapping[str, str]:
    """Return item id → its label of this name, for the items that have one.

    A caption without a label of its own has that of its pictures, where they all have the same.
    """
    found = {item_id: of[name] for item_id, of in collection.labels.items() if name in of}
    for text_id, picture_ids in collection.pictures_of.items():
        theirs = {found.get(picture_id, "") for picture_id in picture_ids}
        if text_id not in found and len(theirs) == 1 and "" not in theirs:
            found[text_id] = theirs.pop()
    return found


def label_prompts(templates: str, labels: Sequence[str]) -> list[list[str]]:
    """Return for each label its prompts, one by each template; templates: one a line.

    Raises CollectionError where there is no template, or one has no place for the label.
    """
    lines = list(dict.fromkeys(line.strip() for line in templates.splitlines() if line.strip()))
    if not lines:
        raise CollectionError(f"There is no prompt. Write one, such as a photo of a {LABEL_PLACE}.")
    for line in lines:
        if LABEL_PLACE not in line:
            raise CollectionError(f"“{line}” has no {LABEL_PLACE} for the label. Write it in.")
    return [
        [line.replace(LABEL_PLACE, label.replace("_", " ")) for line in lines] for label in labels
    ]
