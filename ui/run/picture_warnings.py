"""What to know about the pictures before a provider sees them."""

from collections.abc import Callable, Iterable

from charts.labels import shortened
from collection.collection import Collection
from collection.embeddings import Setup
from providers.registry import info_of
from providers.transport.picture_size import below_least
from ui.elements.text import counted, markdown_text
from ui.run.caption_warnings import NAME_LENGTH, NAMED


def picture_warnings(
    collection: Collection, setups: Iterable[Setup], name_of: Callable[[Setup], str]
) -> list[str]:
    """Return a line for each Setup with pictures that its model may refuse as too small.

    Models are told apart by what is documented; one of which nothing is known has no line.
    """
    lines = []
    for setup in setups:
        model = info_of(setup).model(setup.model)
        small = below_least(model, setup, collection.pictures)
        if small and model.least_picture:
            named = [
                f"{markdown_text(shortened(picture.label, NAME_LENGTH))} ({width} × {height})"
                for picture, (width, height) in small
            ]
            have = "have" if len(small) > 1 else "has"
            lines.append(
                f"**{markdown_text(name_of(setup))}**: {counted(len(small), 'picture')} {have} "
                f"fewer than {model.least_picture.pixels:,} pixels as sent, which the provider "
                f"may refuse: {_first(named)}."
            )
    return lines


def _first(names: list[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
