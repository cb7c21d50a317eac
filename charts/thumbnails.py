"""Thumbnails in the form that charts take."""

import base64
import functools
import io
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

from PIL import Image

from collection.items import Item, PictureItem

CHART_PIXELS = 64

_AT_A_TIME = 100


def data_uri(picture: PictureItem, pixels: int = CHART_PIXELS) -> str:
    """Return the thumbnail as a `data:` address of a WebP, its longest side at most `pixels`."""
    return _data_uri(picture.thumbnail, pixels)


def data_uris(items: Sequence[Item], pixels: int = CHART_PIXELS) -> list[str | None]:
    """Return the address of each picture's thumbnail, None for a text; several at a time."""

    def some(start: int) -> list[str | None]:
        return [
            data_uri(item, pixels) if isinstance(item, PictureItem) else None
            for item in items[start : start + _AT_A_TIME]
        ]

    with ThreadPoolExecutor(4, "thumbnails") as pool:
        return list(chain.from_iterable(pool.map(some, range(0, len(items), _AT_A_TIME))))


@functools.lru_cache(maxsize=20_000)
def _data_uri(thumbnail: bytes, pixels: int) -> str:
    image = Image.open(io.BytesIO(thumbnail))
    if max(image.size) > pixels:
        smaller = io.BytesIO()
        image.thumbnail((pixels, pixels), Image.Resampling.LANCZOS)
        image.save(smaller, "WEBP", quality=60)
        thumbnail = smaller.getvalue()
    return "data:image/webp;base64," + base64.b64encode(thumbnail).decode()
