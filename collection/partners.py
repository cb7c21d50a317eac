"""The partners of some items: captions of pictures, and pictures of captions."""

from collections.abc import Set as AbstractSet

from collection.collection import Collection


def partners_of(collection: Collection, item_ids: AbstractSet[str]) -> frozenset[str]:
    """Return the ids of the captions and pictures of these items that are not among them."""
    found = (
        partner
        for item_id in item_ids
        for links in (collection.captions_of, collection.pictures_of)
        for partner in links.get(item_id, ())
    )
    return frozenset(found) - item_ids


def left_without_partner(collection: Collection, item_ids: AbstractSet[str]) -> frozenset[str]:
    """Return the ids of the items all of whose partners are among these items.

    A caption that pictures share stays as long as one of them does.
    """
    return frozenset(
        partner
        for partner in partners_of(collection, item_ids)
        if {*collection.captions_of.get(partner, ()), *collection.pictures_of.get(partner, ())}
        <= item_ids
    )
