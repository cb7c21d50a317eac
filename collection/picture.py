"""Ingest of one picture: checked, decoded once, stored as one JPEG, a thumbnail and a name."""

import hashlib
import io
import os
import struct
import zlib

from PIL import Image, ImageFile, JpegImagePlugin, PngImagePlugin, TiffImagePlugin

from collection import jpeg_mending, tiff_file
from collection.errors import CollectionError
from collection.file_name import display_name
from collection.items import PictureItem
from collection.limits import (
    MAX_PICTURE_BYTES,
    MAX_PICTURE_PIXELS,
    STORED_PIXELS,
    THUMBNAIL_PIXELS,
)
from collection.picture_format import decoder_for
from collection.pixels import SeenPicture, seen_picture, shrunk_size
from collection.plain_jpeg import is_plain_jpeg
from collection.png_mending import bare_png

_JPEG_QUALITY = 92
_THUMBNAIL_QUALITY = 75

MAX_JPEG_SCANS = 100
"""A JPEG has one scan, a progressive one about ten. Thousands of tiny ones, each of which runs
over the whole picture, would keep a decoder busy for hours."""

_INVISIBLE = "shown without its transparency, being transparent everywhere"

UNREADABLE = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, AttributeError,
    ArithmeticError, AssertionError, RuntimeError, MemoryError, struct.error, zlib.error, Warning,
)  # fmt: skip
"""What Pillow's decoders raise on damaged or hostile bytes, found by its sources and by trying.

Warning: some installations turn warnings into errors.
"""
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def ingest_picture(name: str, data: bytes, *, thumbnail: bool = True) -> PictureItem:
    """Make the item of a picture file; of an animation, its first frame counts.

    A small JPEG that holds nothing but a picture is kept byte for byte: a second lossy copy would
    only lose. `thumbnail`: whether somebody will look at it; making one takes most of the time of
    a small picture. Raises CollectionError, one line that names the file and says what to do, for
    whatever is no picture, is damaged or cut short, cannot be read here, or is beyond the limits.
    """
    shown = display_name(name)
    _check_bytes(shown, data)
    plugin = decoder_for(shown, data)
    if plugin is JpegImagePlugin.JpegImageFile and data.count(b"\xff\xda") > MAX_JPEG_SCANS:
        first = jpeg_mending.first_picture(data, MAX_JPEG_SCANS)
        if first is None:
            raise _damaged(shown)
        data = first
    try:
        return _ingested_file(shown, plugin, data, None, thumbnail)
    except _Damaged:
        mended, profile = _mended(plugin, data)
        if mended is None:
            raise
    return _ingested_file(shown, plugin, mended, profile, thumbnail)


def ingest_image(name: str, image: Image.Image, *, thumbnail: bool = True) -> PictureItem:
    """Make the item of a Pillow image, which itself is not changed.

    `thumbnail` and what is raised are those of `ingest_picture`.
    """
    return _ingested(display_name(name), image, None, thumbnail)


def _ingested_file(
    shown: str,
    plugin: type[ImageFile.ImageFile],
    data: bytes,
    profile: bytes | None,
    thumbnail: bool,
) -> PictureItem:
    """Make the item of a file; `profile` is its colour profile where Pillow does not read it."""
    is_tiff = plugin is TiffImagePlugin.TiffImageFile
    if is_tiff and not tiff_file.is_bounded(data):
        raise _unreadable_tiff(shown)
    try:
        image = plugin(io.BytesIO(data))
        if profile:
            image.info["icc_profile"] = profile
        is_jpeg = plugin is JpegImagePlugin.JpegImageFile
        plain_jpeg = data if is_jpeg and is_plain_jpeg(data, STORED_PIXELS) else None
        return _ingested(shown, image, plain_jpeg, thumbnail)
    except _BOMB:
        raise _too_many_pixels(shown) from None
    except _Damaged:
        if is_tiff:
            raise _unreadable_tiff(shown) from None
        raise
    except UNREADABLE as error:
        raise (_unreadable_tiff if is_tiff else _damaged)(shown) from error


def _mended(
    plugin: type[ImageFile.ImageFile], data: bytes
) -> tuple[bytes, bytes | None] | tuple[None, None]:
    """Return a good file of the same picture and its colour profile, where there is such a file.

    Tried only after the file itself was refused, so that whatever comes in stays as it is.
    """
    try:
        if plugin is JpegImagePlugin.JpegImageFile:
            size = shrunk_size(plugin(io.BytesIO(data)).size, STORED_PIXELS)
            ended = jpeg_mending.with_end_marker(data, size)
            return (ended, None) if ended else (None, None)
        if plugin is PngImagePlugin.PngImageFile:
            return bare_png(data)
    except UNREADABLE:
        pass
    return None, None


def _ingested(
    shown: str, image: Image.Image, plain_jpeg: bytes | None, thumbnail: bool
) -> PictureItem:
    """Make the item; `plain_jpeg` is the file of the image where it can be kept as it is."""
    seen = _seen(shown, image)
    rgb = seen.rgb
    jpeg = plain_jpeg or _encoded(rgb, "JPEG", quality=_JPEG_QUALITY, subsampling="4:4:4")
    return PictureItem(
        id=_pixel_digest(rgb),
        name=shown,
        jpeg=jpeg,
        thumbnail=_thumbnail(rgb) if thumbnail else b"",
        width=rgb.width,
        height=rgb.height,
        remark=_INVISIBLE if seen.was_invisible else "",
    )


def _seen(shown: str, image: Image.Image) -> SeenPicture:
    if not all(image.size):
        raise CollectionError(f"{shown} has no pixels. Use a picture of at least 1 by 1 pixel.")
    if image.width * image.height > MAX_PICTURE_PIXELS:
        raise _too_many_pixels(shown, image.size)
    try:
        if isinstance(image, ImageFile.ImageFile):
            # Lets the JPEG decoder skip detail that would be thrown away; never below the target.
            image.draft(None, shrunk_size(image.size, STORED_PIXELS))
        return seen_picture(image, STORED_PIXELS)
    except _BOMB:
        raise _too_many_pixels(shown) from None
    except UNREADABLE as error:
        raise _damaged(shown) from error


def _thumbnail(rgb: Image.Image) -> bytes:
    size = shrunk_size(rgb.size, THUMBNAIL_PIXELS)
    small = rgb.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return _encoded(small, "WEBP", quality=_THUMBNAIL_QUALITY)


def _pixel_digest(rgb: Image.Image) -> str:
    digest = hashlib.sha256(f"{rgb.width}x{rgb.height}\n".encode())
    digest.update(rgb.tobytes())
    return digest.hexdigest()


def _encoded(image: Image.Image, file_format: str, **options: int | str) -> bytes:
    # Pillow lets other threads work only while it writes to a file of the operating system; one
    # in memory never reaches a disk.
    if hasattr(os, "memfd_create"):
        with open(os.memfd_create("picture"), "w+b", buffering=0) as file:
            image.save(file, file_format, **options)
            file.seek(0)
            return file.readall()
    buffer = io.BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()


def _check_bytes(name: str, data: bytes) -> None:
    if not data:
        raise CollectionError(f"{name} is empty (0 bytes). Copy the file again and upload that.")
    if len(data) > MAX_PICTURE_BYTES:
        raise CollectionError(
            f"{name} is larger than {MAX_PICTURE_BYTES // 2**20} MB, the most a picture may have. "
            "Save it smaller and upload that."
        )


def _too_many_pixels(name: str, size: tuple[int, int] | None = None) -> CollectionError:
    has = f"has {size[0]} by {size[1]} pixels" if size else "has too many pixels"
    return CollectionError(
        f"{name} {has}; a picture may have at most {MAX_PICTURE_PIXELS // 1_000_000} million. "
        "Save it smaller and upload that."
    )


class _Damaged(CollectionError):
    """A file that Pillow could not read, and which may yet be mended."""


def _damaged(name: str) -> _Damaged:
    return _Damaged(
        f"{name} is damaged or cut short. Save or export the picture again and upload that."
    )


def _unreadable_tiff(name: str) -> CollectionError:
    return CollectionError(
        f"{name} is damaged, or a kind of TIFF that cannot be read here. Convert it to JPEG or "
        "PNG and upload that."
    )
