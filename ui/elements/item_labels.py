"""What items are called in a list to choose from."""

from collections.abc import Iterable, Mapping

from charts.labels import shortened
from collection.items import Item
from ui.elements.text import unique_labels

_LONGEST = 60


def item_labels(items: Iterable[Item]) -> Mapping[str, str]:
    """Return item id → its label: short, and unlike the others."""
    named = {item.id: shortened(item.label, _LONGEST) for item in items}
    return dict(zip(named, unique_labels(named.values()), strict=True))
