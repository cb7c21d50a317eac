"""What kind of file an upload is, told by its first bytes and only then by its extension."""

from collections.abc import Callable
from typing import NamedTuple

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)

from collection.errors import CollectionError
from collection.file_name import extension

PICTURE_EXTENSIONS = ("jpg", "jpeg", "jfif", "png", "webp", "gif", "bmp", "avif")
"""Extensions of the pictures that can be read, for an upload widget; the content decides."""

PICTURE_FORMATS = "JPEG, PNG, WebP, GIF, BMP or AVIF"

_BITMAP_HEADER_SIZES = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
_HEIF_BRANDS = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
)
_TO_PICTURE = "Convert it to JPEG or PNG and upload that."


class _Decoder(NamedTuple):
    """A format that is read: how its first bytes look, and Pillow's class for it.

    The class is used directly and not through `Image.open`, so that no other decoder ever runs
    on an upload, and the size can be checked before Pillow warns about it.
    """

    recognises: Callable[[bytes], bool]
    plugin: type[ImageFile.ImageFile]


class _Refused(NamedTuple):
    """A format that is not read: what people call it, what to do, and how to recognise it."""

    kind: str
    advice: str
    recognises: Callable[[bytes], bool]
    extensions: frozenset[str]


def decoder_for(name: str, data: bytes) -> type[ImageFile.ImageFile]:
    """Return Pillow's class for the picture in `data`.

    Raises CollectionError if it is no picture, or of a format that is not read here.
    """
    for decoder in _DECODERS:
        if decoder.recognises(data):
            return decoder.plugin
    for refused in _REFUSED:
        if refused.recognises(data):
            raise _refusal(name, refused)
    for refused in _REFUSED:
        if extension(name) in refused.extensions:
            raise _refusal(name, refused)
    raise CollectionError(
        f"{name} is not a picture that can be read here. Upload it as {PICTURE_FORMATS}."
    )


def _refusal(name: str, refused: _Refused) -> CollectionError:
    return CollectionError(f"{name} is {refused.kind}. {refused.advice}")


def _starting(*signatures: bytes, at: int = 0) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(signatures, at)


def _never(_data: bytes) -> bool:
    return False


def _is_bitmap(data: bytes) -> bool:
    return data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in _BITMAP_HEADER_SIZES


def _is_webp(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def _brands(data: bytes) -> frozenset[bytes]:
    """Return the brands that an ISO media file (AVIF, HEIC, MP4) says it can be read as."""
    if data[4:8] != b"ftyp":
        return frozenset()
    box = data[: min(int.from_bytes(data[:4], "big"), 256)]
    return frozenset(box[start : start + 4] for start in (8, *range(16, len(box) - 3, 4)))


def _is_avif(data: bytes) -> bool:
    return not _brands(data).isdisjoint({b"avif", b"avis"})


def _is_heif(data: bytes) -> bool:
    return not _brands(data).isdisjoint(_HEIF_BRANDS)


def _markup(data: bytes) -> bytes:
    """Return the beginning of a text with tags, in lower case; empty if it is none."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return head if head.startswith(b"<") else b""


def _is_web_page(data: bytes) -> bool:
    return _markup(data).startswith((b"<!doctype html", b"<html"))


_DECODERS = (
    _Decoder(_starting(b"\xff\xd8\xff"), JpegImagePlugin.JpegImageFile),
    _Decoder(_starting(b"\x89PNG\r\n\x1a\n"), PngImagePlugin.PngImageFile),
    _Decoder(_is_webp, WebPImagePlugin.WebPImageFile),
    _Decoder(_starting(b"GIF87a", b"GIF89a"), GifImagePlugin.GifImageFile),
    _Decoder(_is_bitmap, BmpImagePlugin.BmpImageFile),
    _Decoder(_is_avif, AvifImagePlugin.AvifImageFile),
)

_REFUSED = (
    _Refused(
        "a HEIC picture, which cannot be read here",
        _TO_PICTURE,
        _is_heif,
        frozenset({"heic", "heif", "hif"}),
    ),
    _Refused(
        "a web page, not a picture",
        "Open the picture itself in the browser, save it, and upload that.",
        _is_web_page,
        frozenset({"html", "htm"}),
    ),
    _Refused(
        "an SVG drawing, which cannot be read here",
        _TO_PICTURE,
        lambda data: b"<svg" in _markup(data),
        frozenset({"svg", "svgz"}),
    ),
    _Refused(
        "a PDF, not a picture",
        "Save its pages as JPEG or PNG and upload those.",
        lambda data: b"%PDF-" in data[:1024],
        frozenset({"pdf"}),
    ),
    _Refused(
        "a TIFF or raw picture, which cannot be read here",
        _TO_PICTURE,
        _starting(b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"),
        frozenset({"tif", "tiff", "dng", "nef", "cr2", "cr3", "arw", "orf", "raf", "rw2"}),
    ),
    _Refused(
        "a JPEG XL or JPEG 2000 picture, which cannot be read here",
        _TO_PICTURE,
        _starting(b"\xff\x0a", b"\0\0\0\x0cJXL ", b"\0\0\0\x0cjP  "),
        frozenset({"jxl", "jp2", "j2k"}),
    ),
    _Refused(
        "a Photoshop file, which cannot be read here",
        _TO_PICTURE,
        _starting(b"8BPS"),
        frozenset({"psd", "psb"}),
    ),
    _Refused(
        "an icon, which cannot be read here",
        _TO_PICTURE,
        _starting(b"\0\0\1\0", b"icns"),
        frozenset({"ico", "icns"}),
    ),
    _Refused(
        "a spreadsheet or document, not a picture",
        "Save a table as CSV, and pictures as JPEG or PNG, and upload those.",
        _starting(b"\xd0\xcf\x11\xe0"),
        frozenset({"xls", "xlsx", "ods", "doc", "docx", "odt", "ppt", "pptx"}),
    ),
    _Refused(
        "an archive that cannot be read here",
        "Unpack it, pack the pictures as a ZIP file, and upload that.",
        _starting(b"PK\3\4", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b"),
        frozenset({"rar", "7z", "gz", "tgz", "tar", "bz2", "xz"}),
    ),
    _Refused(
        "a video, not a picture",
        "Save a still from it as JPEG or PNG and upload that.",
        _never,
        frozenset({"mp4", "mov", "avi", "webm", "mkv", "m4v"}),
    ),
)

UNREAD_PICTURE_EXTENSIONS = frozenset[str]().union(
    *(refused.extensions for refused in _REFUSED if refused.advice == _TO_PICTURE)
)
"""Extensions of pictures that cannot be read here but could be converted."""
