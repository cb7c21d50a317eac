"""A picture at the size at which it is sent: pictures cost tokens by their size."""

import io
from dataclasses import replace

from PIL import Image

from collection.embeddings import Setup
from collection.items import Modality
from providers.info import PIXELS, Model
from providers.inputs import Input

_QUALITY = 90


def side_of(model: Model, setup: Setup) -> int:
    """Return the longest side, in pixels, that a Setup's pictures are sent at."""
    side = dict(setup.settings).get(PIXELS, model.picture_side)
    assert side is not None, "Every model of a hosted provider names the side of its pictures."
    return int(side)


def shrunk(jpeg: bytes, side: int) -> bytes:
    """Return a JPEG whose longest side is at most `side`; the same bytes where it fits already."""
    with Image.open(io.BytesIO(jpeg)) as picture:
        if max(picture.size) <= side:
            return jpeg
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()


def as_sent(item: Input, side: int) -> Input:
    """Return an input as it is sent: a text as it is, a picture at most `side` pixels long.

    Raises OSError, ValueError or SyntaxError for a picture that cannot be read.
    """
    if item.modality is Modality.TEXT:
        return item
    return replace(item, payload=shrunk(item.jpeg, side))


def sent_size(width: int, height: int, side: int) -> tuple[int, int]:
    """Return width and height of a picture as sent."""
    factor = min(1.0, side / max(width, height))
    return max(1, round(width * factor)), max(1, round(height * factor))
