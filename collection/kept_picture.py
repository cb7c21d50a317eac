"""A picture that was ingested and kept before, as from a session file, without decoding it again.

Whoever wrote the file may have written anything, and an id that is merely claimed could stand for
another person's picture in what the whole server shares. So the id is that of the bytes.
"""

import hashlib
import io

from PIL import Image

from collection.errors import CollectionError
from collection.file_name import display_name
from collection.items import PictureItem
from collection.limits import STORED_PIXELS, THUMBNAIL_PIXELS
from collection.picture import MAX_JPEG_SCANS, UNREADABLE, ingest_picture
from collection.plain_jpeg import is_plain_jpeg, plain_jpeg_size

_MAX_THUMBNAIL_BYTES = 200_000


def kept_picture(name: str, jpeg: bytes, thumbnail: bytes) -> PictureItem:
    """Return the item of a kept JPEG and its thumbnail.

    Its id is the digest of these bytes, so that the same file gives the same item everywhere and
    no file gives another's. What is not as an ingest leaves it goes through the ingest; raises
    CollectionError, as that does.
    """
    small = len(thumbnail) <= _MAX_THUMBNAIL_BYTES and _is_thumbnail(thumbnail)
    plain = is_plain_jpeg(jpeg, STORED_PIXELS) and jpeg.count(b"\xff\xda") <= MAX_JPEG_SCANS
    if not (plain and small):
        return ingest_picture(name, jpeg)
    width, height = plain_jpeg_size(jpeg)
    digest = hashlib.sha256(f"kept {len(jpeg)} {len(thumbnail)}\n".encode())
    digest.update(jpeg)
    digest.update(thumbnail)
    return PictureItem(digest.hexdigest(), display_name(name), jpeg, thumbnail, width, height)


def kept_or_error(name: str, jpeg: bytes, thumbnail: bytes) -> PictureItem | CollectionError:
    """Return the item of `kept_picture`, or why there is none."""
    try:
        return kept_picture(name, jpeg, thumbnail)
    except CollectionError as error:
        # Without its traceback, which would keep the decoder's memory alive.
        return CollectionError(str(error))


def _is_thumbnail(data: bytes) -> bool:
    """Whether this is one small picture as WebP."""
    try:
        with Image.open(io.BytesIO(data), formats=["WEBP"]) as image:
            if max(image.size) > THUMBNAIL_PIXELS or getattr(image, "n_frames", 1) != 1:
                return False
            image.load()
    except (*UNREADABLE, Image.DecompressionBombError):
        return False
    return True
