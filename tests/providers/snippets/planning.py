"""What the tests of calls that are not made yet share: collections, and what the app would send."""

from collection.collection import Collection
from collection.items import PictureItem
from providers.inputs import input_of
from tests.providers.snippets.pasting import Asked, ask, noise

PLAIN = {"PROJECT_ID": "a-project"}
"""The environment of who knows what providers ask besides a key."""


def named_picture(name: str, number: int) -> PictureItem:
    """Return a small picture of this name, another for each number."""
    side = 40 + number
    jpeg = noise(f"picture {number}", side).jpeg
    return PictureItem(f"id {number}", name, jpeg, b"", side, side)


def asked_by_the_app(
    provider_id: str, stand_in, collection: Collection
) -> dict[tuple[str, ...], Asked]:
    """Return what the app sends for a collection, by the ids of the items of each call."""
    inputs = [input_of(item) for item in collection.items.values()]
    calls = ask(provider_id, stand_in, *inputs, pairs=collection.pairs)
    stand_in.forget()
    return {tuple(item.item_id for item in asked.call.batch): asked for asked in calls}
