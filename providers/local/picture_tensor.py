"""Picture → the tensor that EfficientNet-Lite0 reads."""

import numpy as np
import numpy.typing as npt
from PIL import Image

from collection.embeddings import FloatArray
from collection.pixels import upright_rgb

SIDE = 224
LARGEST_SIDE = 1024
MEAN, SPREAD = 127.0, 128.0
"""The model was trained on (x - 127) / 128, not on the usual ImageNet mean and deviation."""


def picture_tensor(image: Image.Image) -> FloatArray:
    """Return the picture as float32 (3, 224, 224), channels first, values in about -1 to 1.

    Upright, transparency on white, and whole: padded to a square with the median colour of its
    border, since the classifier minds a plain margin less than missing edges.
    Raises what Pillow raises when the pixels cannot be decoded.
    """
    square = _padded_to_square(upright_rgb(image, LARGEST_SIDE))
    small = square.resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    values = (np.asarray(small, dtype=np.float32) - MEAN) / SPREAD
    return np.ascontiguousarray(values.transpose(2, 0, 1), dtype=np.float32)


def border_colour(rgb: npt.NDArray[np.uint8]) -> tuple[int, int, int]:
    """Return the median colour of the outermost pixels of an RGB picture, uint8 (h, w, 3)."""
    border = np.concatenate([rgb[0], rgb[-1], rgb[:, 0], rgb[:, -1]])
    red, green, blue = np.median(border, axis=0)
    return int(red), int(green), int(blue)


def _padded_to_square(rgb: Image.Image) -> Image.Image:
    side = max(rgb.size)
    square = Image.new("RGB", (side, side), border_colour(np.asarray(rgb)))
    square.paste(rgb, ((side - rgb.width) // 2, (side - rgb.height) // 2))
    return square
