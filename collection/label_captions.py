"""Captions made from labels by a template, for pictures that have a label and no caption."""

from collection.collection import Collection, Pair
from collection.columns import MAIN_LABEL
from collection.errors import CollectionError
from collection.items import PictureItem, TextItem, text_item
from collection.limits import MAX_ITEMS

LABEL_PLACE = "{}"
"""What stands for the label in a template."""

DEFAULT_TEMPLATE = f"a photo of a {LABEL_PLACE}"


def pictures_to_caption(collection: Collection) -> list[PictureItem]:
    """Return the pictures that have a label and no caption, in order."""
    return [
        picture
        for picture in collection.pictures
        if picture.id not in collection.captions_of
        and MAIN_LABEL in collection.labels.get(picture.id, {})
    ]


def with_label_captions(collection: Collection, template: str) -> Collection:
    """Return the collection in which these pictures have a caption by the template.

    Pictures of one label share one text. Raises CollectionError where the template has no place
    for the label, or the texts are more than fit.
    """
    if LABEL_PLACE not in template:
        raise CollectionError(f"The template has no {LABEL_PLACE} for the label. Write it in.")
    texts: dict[str, TextItem] = {}
    pairs: list[Pair] = []
    for picture in pictures_to_caption(collection):
        label = collection.labels[picture.id][MAIN_LABEL].replace("_", " ")
        text = text_item(template.replace(LABEL_PLACE, label))
        texts[text.id] = text
        pairs.append(Pair(text.id, picture.id))
    result = collection.adding(texts.values(), pairs)
    if len(result) > MAX_ITEMS:
        raise CollectionError(
            f"{len(texts):,} captions do not fit beside what is there ({MAX_ITEMS:,} items are the "
            "most). Remove some items and try again."
        )
    return result
