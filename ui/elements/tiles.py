"""Items as tiles: a thumbnail or words, with the same item marked wherever it is on the page."""

import base64
import html
import zlib
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
_LARGEST = 2
"""A small picture is enlarged so many times at most: beyond that it only blurs."""
_STOPS = 5
"""A list that is longer has a link past it: each tile is two stops of the keyboard."""
_TWO_LINES = 36
"""Letters of a caption that fit in two lines below a large tile."""


@dataclass(frozen=True)
class Tile:
    """One item with a few lines below it.

    `mark` is a short word in bold above the lines; `badges`: words with the colour of their
    ground; `captions`: those of a picture, of which the first stands below it instead of the name.
    """

    item: Item
    lines: tuple[str, ...] = ()
    mark: str = ""
    badges: tuple[tuple[str, str], ...] = ()
    captions: tuple[str, ...] = ()


def tiles(
    shown: Iterable[Tile], side: int = LARGE, *, named: bool = True, brief: bool = False
) -> str:
    """Return tiles as an HTML list; pictures in a grid, and texts in lines of full width.

    `named`: whether the caption of a picture, or else its name, stands below it. `brief`: “More
    like this” shows only under the pointer or the keyboard, where tiles stand close together.
    """
    listed = list(shown)
    entries = "".join(_entry(tile, side, named) for tile in listed)
    kind = "tiles brief" if brief else "tiles"
    drawn = f'<ol class="{kind}" style="--side:{side}px">{entries}</ol>'
    return drawn if len(listed) <= _STOPS else _with_a_way_past(drawn)


def _with_a_way_past(drawn: str) -> str:
    """Return a long list with a link before it that leads the keyboard behind it."""
    place = f"past-{zlib.crc32(drawn.encode()):08x}"
    return (
        f'<a class="skip" href="#{place}">Skip this list</a>{drawn}'
        f'<span id="{place}" tabindex="-1"></span>'
    )


def _entry(tile: Tile, side: int, named: bool) -> str:
    item = tile.item
    name = html.escape(shortened(item.label, 160), quote=True)
    lines = "".join(f"<div>{html.escape(line)}</div>" for line in tile.lines)
    lines += "".join(badge(words, colour) for words, colour in tile.badges)
    mark = f"<b>{html.escape(tile.mark)}</b>" if tile.mark else ""
    if isinstance(item, PictureItem):
        kind, face = "picture", _picture(tile, side)
        lines = (_below(tile, side) if named else "") + mark + lines
    else:
        kind, face = "text", f'<span class="words">“{name}”</span>{mark}'
    return (
        f'<li class="tile {kind}" data-item="{item.id}" title="{name}">'
        f'<div class="face">{face}</div>{_select(item, name)}'
        f'<div class="lines">{lines}{_like(item, name)}</div></li>'
    )


def _below(tile: Tile, side: int) -> str:
    """Return the caption of a picture in at most two lines, or else the name of its file."""
    if not tile.captions:
        return f'<div class="name">{html.escape(shortened(tile.item.label, 22))}</div>'
    more = len(tile.captions) - 1
    first = html.escape(shortened(tile.captions[0], _TWO_LINES * side // LARGE - 3 * bool(more)))
    others = f' <span class="more">+{more}</span>' if more else ""
    return f'<div class="caption">{first}{others}</div>'


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


def _picture(tile: Tile, side: int) -> str:
    item = tile.item
    assert isinstance(item, PictureItem)
    scale = min(side / max(item.width, item.height), _LARGEST)
    width, height = (max(1, round(scale * pixels)) for pixels in (item.width, item.height))
    words = html.escape(shortened((*tile.captions, item.name)[0], 160), quote=True)
    uri = data_uri(item, min(_SHARPER * side, _THUMBNAIL))
    return f'<img src="{uri}" alt="{words}" width="{width}" height="{height}">'


def select_list_button(label: str, key: str) -> str:
    """Return a button that selects a whole list of items as HTML; see `listen_to_tiles`."""
    key = html.escape(key, quote=True)
    return (
        f'<button type="button" class="select-list" data-select-list="{key}">'
        f"{html.escape(label)}</button>"
    )


def _select(item: Item, name: str) -> str:
    # Whether it is pressed is told by the listener: the HTML of a list stays the same, and what
    # people have opened around it stays open.
    return (
        f'<button type="button" class="select" data-select="{item.id}" aria-pressed="false" '
        f'aria-label="Select: {name}"></button>'
    )


def _like(item: Item, name: str) -> str:
    return (
        f'<button type="button" class="like" data-like="{item.id}" '
        f'aria-label="More like this: {name}">More like this</button>'
    )
