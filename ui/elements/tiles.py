"""Items as tiles: a thumbnail or words, with the same item marked wherever it is on the page."""

import base64
import html
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from charts.labels import shortened
from charts.palette import ink_on
from charts.thumbnails import data_uri
from collection.items import Item, PictureItem

LARGE, EVIDENCE, MIDDLE, SMALL = 132, 104, 76, 52
"""Sides of a tile, in pixels."""

_SHARPER = 2  # a screen may have two pixels for each
_THUMBNAIL = 256


@dataclass(frozen=True)
class Tile:
    """One item with a few lines below it.

    `mark` is a short word on its corner; `badges`: words with the colour of their ground.
    """

    item: Item
    lines: tuple[str, ...] = ()
    mark: str = ""
    badges: tuple[tuple[str, str], ...] = ()


def tiles(
    shown: Iterable[Tile], side: int = LARGE, *, named: bool = True, brief: bool = False
) -> str:
    """Return tiles as an HTML list; pictures in a grid, and texts in lines of full width.

    `named`: whether the name of a picture stands below it. `brief`: “More like this” shows only
    under the pointer or the keyboard, where tiles stand close together.
    """
    entries = "".join(_entry(tile, side, named) for tile in shown)
    kind = "tiles brief" if brief else "tiles"
    return f'<ol class="{kind}" style="--side:{side}px">{entries}</ol>'


def _entry(tile: Tile, side: int, named: bool) -> str:
    item = tile.item
    name = html.escape(shortened(item.label, 160), quote=True)
    lines = "".join(f"<div>{html.escape(line)}</div>" for line in tile.lines)
    lines += "".join(badge(words, colour) for words, colour in tile.badges)
    mark = f"<b>{html.escape(tile.mark)}</b>" if tile.mark else ""
    if isinstance(item, PictureItem):
        kind, face = "picture", _picture(item, side, name)
        lines = (f'<div class="name">{html.escape(shortened(item.name, 22))}</div>' * named) + lines
    else:
        kind, face = "text", f'<span class="words">“{name}”</span>'
    return (
        f'<li class="tile {kind}" data-item="{item.id}" title="{name}">'
        f'<div class="face">{face}{mark}</div>'
        f'<div class="lines">{lines}{_like(item, name)}</div></li>'
    )


def whole_picture(item: PictureItem, width: int) -> str:
    """Return a picture as HTML, uncropped and at most `width` pixels wide.

    It holds its own bytes: a file of the server's may be gone when one leaves the page, before
    the browser asks for it.
    """
    name = html.escape(shortened(item.label, 160), quote=True)
    return f'<img class="whole" src="{_jpeg_uri(item.jpeg)}" alt="{name}" style="width:{width}px">'


@lru_cache(maxsize=200)
def _jpeg_uri(jpeg: bytes) -> str:
    return "data:image/jpeg;base64," + base64.b64encode(jpeg).decode()


def badge(words: str, colour: str) -> str:
    """Return a few words on a coloured ground as HTML, with a space behind."""
    style = f"background:{colour};color:{ink_on(colour)}"
    return f'<span class="badge" style="{style}">{html.escape(words)}</span> '


def _picture(item: PictureItem, side: int, name: str) -> str:
    pixels = min(_SHARPER * side, _THUMBNAIL)
    return f'<img src="{data_uri(item, pixels)}" alt="{name}" width="{side}" height="{side}">'


def _like(item: Item, name: str) -> str:
    return (
        f'<button type="button" class="like" data-like="{item.id}" '
        f'aria-label="More like {name}">More like this</button>'
    )
