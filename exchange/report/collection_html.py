"""The collection in a report: pictures with their captions and labels, and what was left out."""

import base64
from collections.abc import Mapping, Sequence
from html import escape

from charts.thumbnails import data_uris
from collection.collection import Collection
from collection.columns import MAIN_LABEL
from collection.items import PictureItem
from exchange.report.contents import ReportSetup

LARGE_UP_TO = 200
"""Up to so many pictures are shown as large as on the page; more, as in charts."""

_NAMED = 40


def collection_html(collection: Collection) -> str:
    """Return the pictures with their captions, then the captions without a picture."""
    parts = []
    if collection.pictures:
        many = len(collection.pictures) > LARGE_UP_TO
        sources = _sources(collection.pictures, many)
        tiles = "".join(
            _picture(collection, picture, source)
            for picture, source in zip(collection.pictures, sources, strict=True)
        )
        parts.append(f"<ul class='items{' many' if many else ''}'>{tiles}</ul>")
    lone = [text for text in collection.texts if text.id not in collection.pictures_of]
    if lone:
        lines = "".join(f"<li>{escape(t.text)}{_labels(collection, t.id)}</li>" for t in lone)
        parts.append(f"<h3>Captions without a picture</h3><ul>{lines}</ul>")
    return "".join(parts)


def _sources(pictures: Sequence[PictureItem], many: bool) -> list[str | None]:
    if many:
        return data_uris(pictures)
    return [
        "data:image/webp;base64," + base64.b64encode(picture.thumbnail).decode()
        for picture in pictures
    ]


def _picture(collection: Collection, picture: PictureItem, source: str | None) -> str:
    name = escape(picture.name)
    texts = [collection.text(i) for i in collection.captions_of.get(picture.id, ())]
    captions = "".join(f"<div>{escape(t.text)}{_labels(collection, t.id)}</div>" for t in texts)
    return (
        f"<li><img alt='{name}' src='{source or ''}'>{captions}"
        f"<div class='name'>{name}{_labels(collection, picture.id)}</div></li>"
    )


def _labels(collection: Collection, item_id: str) -> str:
    found: Mapping[str, str] = collection.labels.get(item_id, {})
    return "".join(
        f" <span class='label'>{escape(value if name == MAIN_LABEL else f'{name}: {value}')}</span>"
        for name, value in found.items()
    )


def left_out_html(collection: Collection, setups: Sequence[ReportSetup]) -> str:
    """Say of each Setup which items have no vector, and why."""
    parts = []
    for setup in setups:
        missing = setup.embeddings.missing(collection.items)
        if missing:
            shown = "".join(_missing(collection, setup, i) for i in missing[:_NAMED])
            more = len(missing) - _NAMED
            rest = f"<li>and {more:,} more</li>" if more > 0 else ""
            parts.append(f"<h3>{escape(setup.name)}: {len(missing):,}</h3><ul>{shown}{rest}</ul>")
    return "".join(parts) or "<p>Nothing: every Setup has a vector for every item.</p>"


def _missing(collection: Collection, setup: ReportSetup, item_id: str) -> str:
    failure = setup.embeddings.failures.get(item_id)
    why = "not embedded" if failure is None else failure.reason
    return f"<li>{escape(collection.items[item_id].label)}: {escape(why)}</li>"
