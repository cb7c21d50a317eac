"""A sprite: one picture of the thumbnails of many items, for the Embedding Projector."""

import io
import math
import textwrap
import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from PIL import Image, ImageDraw, ImageFont

from collection.items import Item, PictureItem

TILE_PIXELS = 64
MOST_PIXELS = 8_192
"""The longest side that the projector takes."""

_AT_A_TIME = 100
_LETTERS_IN_A_LINE, _LINES = 11, 5
_FONT_PIXELS, _LINE_PIXELS, _MARGIN = 10, 12, 3
_GROUND, _INK, _NOTHING = (232, 236, 242), (30, 36, 46), (255, 255, 255)
_QUICK = 3


def sprite_png(items: Sequence[Item], words: Sequence[str]) -> tuple[bytes, int]:
    """Return a PNG with a tile an item, in rows from the top left, and the side of a tile.

    The picture is a square, in pixels as in tiles: the projector counts on it. A caption's tile
    has the first of its `words` on it, one entry an item.
    """
    across = max(1, math.ceil(math.sqrt(len(items))))
    side = min(TILE_PIXELS, MOST_PIXELS // across)
    sprite = Image.new("RGB", (across * side, across * side), _NOTHING)
    with ThreadPoolExecutor(4, "sprite") as pool:
        for start in range(0, len(items), _AT_A_TIME):  # not all tiles at a time in memory
            some = slice(start, start + _AT_A_TIME)
            tiles = pool.map(partial(_tile, side=side), items[some], words[some])
            for number, tile in enumerate(tiles, start):
                row, column = divmod(number, across)
                sprite.paste(tile, (column * side, row * side))
    file = io.BytesIO()
    sprite.save(file, "PNG", compress_level=_QUICK)
    return file.getvalue(), side


def _tile(item: Item, words: str, side: int) -> Image.Image:
    if not isinstance(item, PictureItem):
        return _caption_tile(words, side)
    tile = Image.new("RGB", (side, side), _NOTHING)
    with Image.open(io.BytesIO(item.thumbnail or item.jpeg)) as found:
        found.draft("RGB", (side, side))
        picture = found.convert("RGB")
    picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    tile.paste(picture, ((side - picture.width) // 2, (side - picture.height) // 2))
    return tile


def _caption_tile(words: str, side: int) -> Image.Image:
    tile = Image.new("RGB", (TILE_PIXELS, TILE_PIXELS), _NOTHING)
    tile.paste(_GROUND, (1, 1, TILE_PIXELS - 1, TILE_PIXELS - 1))
    lines = textwrap.wrap(_drawable(words), _LETTERS_IN_A_LINE, max_lines=_LINES, placeholder="…")
    draw, font = ImageDraw.Draw(tile), ImageFont.load_default(_FONT_PIXELS)
    for number, line in enumerate(lines):
        draw.text((_MARGIN, _MARGIN + number * _LINE_PIXELS), line, _INK, font)
    return tile if side == TILE_PIXELS else tile.resize((side, side), Image.Resampling.LANCZOS)


def _drawable(words: str) -> str:
    """Return what Pillow's own font can draw of the words: accents go, other scripts too."""
    taken_apart = unicodedata.normalize("NFKD", words[:200])
    return "".join(letter for letter in taken_apart if letter.isascii() and letter.isprintable())
