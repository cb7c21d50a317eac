"""A picture at the size at which it is sent: pictures cost tokens by their size."""

import io
from collections.abc import Iterable
from dataclasses import replace

from PIL import Image

from collection.embeddings import Setup
from collection.items import Modality, PictureItem
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


def below_least(
    model: Model, setup: Setup, pictures: Iterable[PictureItem]
) -> list[tuple[PictureItem, tuple[int, int]]]:
    """Return the pictures that the model may refuse as too small, with their size as sent.

    A long and narrow picture becomes one of few pixels when it is fitted into the side.
    """
    least = model.least_picture
    if least is None:
        return []
    side = side_of(model, setup)
    sizes = ((picture, sent_size(picture.width, picture.height, side)) for picture in pictures)
    return [(picture, size) for picture, size in sizes if size[0] * size[1] < least.pixels]
