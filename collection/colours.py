"""Colours as people see them: those of a picture with a colour profile, brought to sRGB."""

import io
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from PIL import Image, ImageCms

Conversion = Callable[[Image.Image], Image.Image]

_MAX_PROFILE_BYTES = 4 * 2**20

# What a profile is for, and so which pictures it fits. Grey ones may have one for RGB.
_GREY_MODES = frozenset({"1", "L", "LA", "La", "I", "I;16", "I;16B", "I;16L", "I;16N", "F"})
_RGB_MODES = frozenset({"RGB", "RGBA", "RGBX", "RGBa", "P", "PA", "YCbCr"})
_PROFILES = {
    "RGB ": ("RGB", _RGB_MODES | _GREY_MODES),
    "GRAY": ("L", _GREY_MODES),
    "CMYK": ("CMYK", frozenset({"CMYK"})),
}

# Profiles called sRGB differ by this much in how they round. Such a picture is left alone, so
# that it stays the same item as without its profile.
_NO_DIFFERENCE = 3

_UNREADABLE = (ImageCms.PyCMSError, OSError, ValueError, TypeError, LookupError)


def srgb_conversion(image: Image.Image) -> Conversion | None:
    """Return what brings the colours of this picture to sRGB, None if they stay as they are.

    They stay where there is no profile, where it is broken or meant for other pictures, and where
    it says sRGB. What is returned takes a picture of mode CMYK if this one is of that mode, and
    of mode RGB otherwise, and gives one of mode RGB.
    """
    profile = image.info.get("icc_profile")
    if not isinstance(profile, bytes) or not 0 < len(profile) <= _MAX_PROFILE_BYTES:
        return None
    return _conversion(profile, image.mode)


@lru_cache(maxsize=16)
def _conversion(profile: bytes, image_mode: str) -> Conversion | None:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode, fits = _PROFILES[source.profile.xcolor_space]
        if image_mode not in fits:
            return None
        transform = ImageCms.buildTransform(
            source,
            ImageCms.createProfile("sRGB"),
            mode,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            # Otherwise the black of a print, which is no deep one, would be grey on the screen.
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )

        def converted(picture: Image.Image) -> Image.Image:
            return transform.apply(picture if picture.mode == mode else picture.convert(mode))

        return None if mode != "CMYK" and _changes_nothing(converted) else converted
    except _UNREADABLE:
        return None


def _changes_nothing(conversion: Conversion) -> bool:
    """Whether every colour stays as it is, tried with all greys and a grid of the others."""
    ramp = np.arange(256, dtype=np.uint8)
    greys = np.stack([ramp, ramp, ramp], axis=-1)
    grey_only = conversion(Image.fromarray(greys[None]))
    if np.abs(np.asarray(grey_only, np.int16)[0] - greys).max() > _NO_DIFFERENCE:
        return False
    steps = np.arange(0, 256, 15, dtype=np.uint8)
    grid = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(1, -1, 3)
    shown = np.asarray(conversion(Image.fromarray(grid)), np.int16)
    return bool(np.abs(shown - grid).max() <= _NO_DIFFERENCE)
