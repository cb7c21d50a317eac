"""What kind of file an upload is, told by its first bytes and only then by its extension."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import NamedTuple

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from collection import tiff_file
from collection.errors import CollectionError
from collection.file_name import extension

PICTURE_EXTENSIONS = (
    *("jpg", "jpeg", "jpe", "jfif", "pjpeg", "pjp", "png", "webp", "gif", "bmp", "avif"),
    *("tif", "tiff"),
)
"""Extensions of the pictures that can be read, for an upload widget; the content decides.

HEIC is not among them, also where it can be read: phones then send JPEG by themselves.
"""

PICTURE_FORMATS = "JPEG, PNG, WebP, GIF, BMP, TIFF or AVIF"

HEIF_PACKAGES = ("pillow_heif", "pi_heif")
"""What can read HEIC, if it is installed: the same code, the second without a GPL encoder."""

_BITMAP_HEADER_SIZES = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
_HEIF_BRANDS = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
)
_RAW_EXTENSIONS = frozenset({"dng", "nef", "cr2", "cr3", "arw", "orf", "raf", "rw2"})
_ZIP = b"PK\x03\x04"
_TO_PICTURE = "Convert it to JPEG or PNG and upload that."


class _Decoder(NamedTuple):
    """A format that is read: how its first bytes look, and what gives Pillow's class for it.

    The class is used directly and not through `Image.open`, so that no other decoder ever runs
    on an upload, and the size can be checked before Pillow warns about it. It may be None where a
    package is missing. `but_not`: extensions under which the same first bytes are another format.
    """

    recognises: Callable[[bytes], bool]
    plugin: Callable[[], type[ImageFile.ImageFile] | None]
    but_not: frozenset[str] = frozenset()


class _Refused(NamedTuple):
    """A format that is not read: what people call it, what to do, and how to recognise it.

    `is_picture`: whether it is a picture all the same, which could be converted.
    """

    kind: str
    advice: str
    recognises: Callable[[bytes], bool]
    extensions: frozenset[str]
    is_picture: bool = False


def decoder_for(name: str, data: bytes) -> type[ImageFile.ImageFile]:
    """Return Pillow's class for the picture in `data`.

    Raises CollectionError if it is no picture, or of a format that is not read here.
    """
    kind = extension(name)
    for decoder in _DECODERS:
        if kind not in decoder.but_not and decoder.recognises(data) and (found := decoder.plugin()):
            return found
    by_content = [refused for refused in _REFUSED if refused.recognises(data)]
    by_name = [refused for refused in _REFUSED if kind in refused.extensions]
    # Where several formats begin alike, as ZIP archives and documents do, the name counts.
    both = [refused for refused in by_content if refused in by_name]
    if likely := [*both, *by_content, *by_name]:
        raise _refusal(name, likely[0])
    raise CollectionError(
        f"{name} is not a picture that can be read here. Upload it as {PICTURE_FORMATS}."
    )


def looks_like_picture(head: bytes) -> bool:
    """Whether a file that begins like this is a picture, whatever its name; 4 kB are enough.

    Pictures that are not read here count, too, so that they are refused by name and with advice.
    """
    recognisers = [
        *(decoder.recognises for decoder in _DECODERS),
        *(refused.recognises for refused in _REFUSED if refused.is_picture),
    ]
    return any(recognises(head) for recognises in recognisers)


@cache
def _heif_plugin() -> type[ImageFile.ImageFile] | None:
    """Return the class for HEIC, None where no package for it is installed or it does not load."""
    for package in HEIF_PACKAGES:
        try:
            plugin: type[ImageFile.ImageFile] = import_module(package).HeifImageFile
        except ImportError:
            continue
        return plugin
    return None


def _given(plugin: type[ImageFile.ImageFile]) -> Callable[[], type[ImageFile.ImageFile]]:
    return lambda: plugin


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


def _is_tiff(data: bytes) -> bool:
    return data.startswith(tiff_file.SIGNATURES) and not tiff_file.is_raw(data)


def _markup(data: bytes) -> bytes:
    """Return the beginning of a text with tags, in lower case; empty if it is none."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return head if head.startswith(b"<") else b""


def _is_web_page(data: bytes) -> bool:
    return _markup(data).startswith((b"<!doctype html", b"<html"))


def _is_drawing(data: bytes) -> bool:
    return b"<svg" in _markup(data) and not _is_web_page(data)


_DECODERS = (
    _Decoder(_starting(b"\xff\xd8\xff"), _given(JpegImagePlugin.JpegImageFile)),
    _Decoder(_starting(b"\x89PNG\r\n\x1a\n"), _given(PngImagePlugin.PngImageFile)),
    _Decoder(_is_webp, _given(WebPImagePlugin.WebPImageFile)),
    _Decoder(_starting(b"GIF87a", b"GIF89a"), _given(GifImagePlugin.GifImageFile)),
    _Decoder(_is_bitmap, _given(BmpImagePlugin.BmpImageFile)),
    _Decoder(_is_avif, _given(AvifImagePlugin.AvifImageFile)),
    _Decoder(_is_tiff, _given(TiffImagePlugin.TiffImageFile), _RAW_EXTENSIONS),
    _Decoder(_is_heif, _heif_plugin),
)

_REFUSED = (
    _Refused(
        "a HEIC picture, which cannot be read here as it is",
        f"{_TO_PICTURE} Or install pillow-heif beside Shared Space (pip install pillow-heif).",
        _is_heif,
        frozenset({"heic", "heif", "hif"}),
        is_picture=True,
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
        _is_drawing,
        frozenset({"svg", "svgz"}),
        is_picture=True,
    ),
    _Refused(
        "a PDF, not a picture",
        "Save its pages as JPEG or PNG and upload those.",
        lambda data: b"%PDF-" in data[:1024],
        frozenset({"pdf"}),
    ),
    _Refused(
        "a raw picture of a camera, which cannot be read here",
        _TO_PICTURE,
        _starting(*tiff_file.SIGNATURES),
        _RAW_EXTENSIONS,
        is_picture=True,
    ),
    _Refused(
        "a JPEG XL or JPEG 2000 picture, which cannot be read here",
        _TO_PICTURE,
        _starting(b"\xff\x0a", b"\0\0\0\x0cJXL ", b"\0\0\0\x0cjP  "),
        frozenset({"jxl", "jp2", "j2k"}),
        is_picture=True,
    ),
    _Refused(
        "a Photoshop file, which cannot be read here",
        _TO_PICTURE,
        _starting(b"8BPS"),
        frozenset({"psd", "psb"}),
        is_picture=True,
    ),
    _Refused(
        "an icon, which cannot be read here",
        _TO_PICTURE,
        _starting(b"\0\0\1\0", b"icns"),
        frozenset({"ico", "icns"}),
        is_picture=True,
    ),
    _Refused(
        "an archive that cannot be read here",
        "Unpack it, pack the pictures as a ZIP file, and upload that.",
        _starting(
            _ZIP,
            b"Rar!",
            b"7z\xbc\xaf\x27\x1c",
            b"\x1f\x8b",
            b"BZh",
            b"\xfd7zXZ",
            b"\x28\xb5\x2f\xfd",
        ),
        frozenset({"rar", "7z", "bz2", "xz", "zst"}),
    ),
    _Refused(
        "a document, not a picture",
        "Save its pictures as JPEG or PNG and its captions as CSV or Excel, and upload those.",
        _starting(_ZIP, b"\xd0\xcf\x11\xe0"),
        frozenset({"doc", "docx", "odt", "ppt", "pptx", "odp", "pages", "key", "numbers"}),
    ),
    _Refused(
        "a video, not a picture",
        "Save a still from it as JPEG or PNG and upload that.",
        _never,
        frozenset({"mp4", "mov", "avi", "webm", "mkv", "m4v"}),
    ),
)

UNREAD_PICTURE_EXTENSIONS = frozenset[str]().union(
    *(refused.extensions for refused in _REFUSED if refused.is_picture)
)
"""Extensions of pictures that cannot be read here but could be converted."""
