"""Made-up photos: smooth, with some noise, so that they compress about as real ones do."""

import numpy as np
from PIL import Image


def photo(number: int, size: tuple[int, int]) -> Image.Image:
    """Return an RGB picture of width and height `size`; each number gives another one."""
    random = np.random.default_rng(number)
    small = Image.fromarray(random.integers(0, 256, (12, 16, 3), dtype=np.uint8))
    smooth = np.asarray(small.resize(size, Image.Resampling.BICUBIC), dtype=np.int16)
    noise = random.integers(-8, 9, smooth.shape, dtype=np.int16)
    return Image.fromarray(np.clip(smooth + noise, 0, 255).astype(np.uint8))
