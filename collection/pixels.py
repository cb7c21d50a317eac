"""The pixels of a picture as a person sees it: upright, 8-bit sRGB, on white, not too large."""

import struct
from typing import NamedTuple

import numpy as np
from PIL import ExifTags, Image

from collection.colours import srgb_conversion

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF orientation (Exif 2.32, tag 0x0112) → what turns the picture upright."""

_UNREADABLE_EXIF = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, struct.error, OverflowError
)  # fmt: skip


def shrunk_size(size: tuple[int, int], longest_side: int) -> tuple[int, int]:
    """Return width and height fitted into `longest_side`, each at least 1; never enlarged."""
    scale = min(1.0, longest_side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


class SeenPicture(NamedTuple):
    """A picture as it is seen, and whether it was wholly transparent and is shown all the same."""

    rgb: Image.Image
    was_invisible: bool


def upright_rgb(image: Image.Image, longest_side: int) -> Image.Image:
    """Return the picture of `seen_picture`."""
    return seen_picture(image, longest_side).rgb


def seen_picture(image: Image.Image, longest_side: int) -> SeenPicture:
    """Return a new RGB picture: upright, alpha on white, longest side at most `longest_side`.

    A colour profile is applied; where nothing but transparency would be seen, and there are
    colours beneath it, these are. Nothing of the original's metadata (place, camera, comments) is
    carried along. The given picture is not changed. Raises what Pillow raises when the pixels
    cannot be decoded.
    """
    image.load()
    turn = _UPRIGHT.get(_orientation(image))
    to_srgb = srgb_conversion(image)
    # Only a profile knows the inks of a print; without one, Pillow's rule of thumb has to do.
    plain = image if to_srgb and image.mode == "CMYK" else _eight_bit(image)
    was_invisible = _is_invisible(plain, image.format)
    if was_invisible:
        plain = plain.convert("RGB")
    if turn is not None:
        plain = plain.transpose(turn)
    target = shrunk_size(plain.size, longest_side)
    if target != plain.size:
        # A gap of 3 cannot be told from full LANCZOS and is much faster on large pictures.
        plain = plain.resize(target, Image.Resampling.LANCZOS, reducing_gap=3.0)
    # Pillow shrinks RGBA with premultiplied alpha, so compositing afterwards is right.
    alpha = plain.getchannel("A") if plain.mode == "RGBA" else None
    if to_srgb:
        plain = to_srgb(plain)
    if alpha:
        white = Image.new("RGB", plain.size, "white")
        white.paste(plain, mask=alpha)
        plain = white
    if plain is image:
        plain = plain.copy()
    plain.info.clear()
    return SeenPicture(plain, was_invisible)


def _is_invisible(plain: Image.Image, file_format: str | None) -> bool:
    """Whether alpha is 0 everywhere although there is something to see beneath it.

    One colour beneath is a background; but programs that write BMP often never write its alpha.
    """
    if plain.mode != "RGBA" or plain.getchannel("A").getextrema()[1]:
        return False
    beneath = (plain.getchannel(band).getextrema() for band in "RGB")
    return file_format == "BMP" or any(low != high for low, high in beneath)


def _orientation(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 to 8; 1 if there is none or the EXIF data is broken."""
    try:
        orientation = image.getexif().get(ExifTags.Base.Orientation)
    except _UNREADABLE_EXIF:
        return 1
    return orientation if isinstance(orientation, int) else 1


def _eight_bit(image: Image.Image) -> Image.Image:
    """Return the picture as RGB, or as RGBA if any of it may be transparent."""
    if image.mode.startswith("I") or image.mode == "F":
        return _grey_from_wide_values(image).convert("RGB")
    if image.mode in ("La", "RGBa"):
        return image.convert({"La": "LA", "RGBa": "RGBA"}[image.mode]).convert("RGBA")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    # Pillow would copy it, however large, also where there is nothing to convert.
    return image if image.mode == mode else image.convert(mode)


def _grey_from_wide_values(image: Image.Image) -> Image.Image:
    """Return grey values of 16 or 32 bits, or floats, as 8 bits; Pillow itself would clip them."""
    values = np.asarray(image)
    if image.mode.startswith("I;16"):
        grey = (values >> 8).astype(np.uint8)
    else:
        grey = np.rint(255 * _unit_scaled(values)).astype(np.uint8)
    transparent = image.info.get("transparency")
    if isinstance(transparent, int):
        grey[values == transparent] = 255
    return Image.fromarray(grey)


def _unit_scaled(values: np.ndarray) -> np.ndarray:
    """Return values between 0 and 1: by the smallest usual full scale, or else by their range."""
    finite = np.where(np.isfinite(values), values, 0).astype(np.float32)
    low, high = float(finite.min()), float(finite.max())
    usual = (1.0, 255.0, 65535.0) if values.dtype.kind == "f" else (255.0, 65535.0)
    top = next((top for top in usual if high <= top), None)
    if low < 0 or top is None:
        return (finite - low) / max(high - low, 1e-12)
    return finite / top
