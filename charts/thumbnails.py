"""Thumbnails in the form that charts take."""

import base64
import functools
import io

from PIL import Image

from collection.items import PictureItem

CHART_PIXELS = 64


def data_uri(picture: PictureItem, pixels: int = CHART_PIXELS) -> str:
    """Return the square thumbnail as a `data:` address of a WebP, `pixels` wide."""
    return _data_uri(picture.thumbnail, pixels)


@functools.lru_cache(maxsize=20_000)
def _data_uri(thumbnail: bytes, pixels: int) -> str:
    image = Image.open(io.BytesIO(thumbnail))
    if image.width > pixels:
        smaller = io.BytesIO()
        image.resize((pixels, pixels), Image.Resampling.LANCZOS).save(smaller, "WEBP", quality=60)
        thumbnail = smaller.getvalue()
    return "data:image/webp;base64," + base64.b64encode(thumbnail).decode()
