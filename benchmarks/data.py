"""Named data sets for the benchmarks: made or installed here, nothing is downloaded."""

import numpy as np
from sklearn.datasets import load_digits

SEED = 0


def unit_rows(x: np.ndarray) -> np.ndarray:
    """Rows of `x` (n, d) brought to length 1, float32."""
    return (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32)


def digits(count: int) -> tuple[str, np.ndarray]:
    """Name and rows (count, 64) of scikit-learn's handwritten digits, in random order.

    There are 1,797; for more, copies shifted by one pixel right, left and down are added.
    """
    images = load_digits().images
    shifted = [np.roll(images, step, axis) for step, axis in ((1, 2), (-1, 2), (1, 1))]
    every = np.concatenate([images, *shifted]) if count > len(images) else images
    chosen = np.random.default_rng(SEED).permutation(len(every))[:count]
    copies = " with shifted copies" if count > len(images) else ""
    return f"digits{copies}, {count:,} x 64", unit_rows(every[chosen].reshape(count, -1))


def gaussian_mixture(count: int, dimension: int = 384, groups: int = 40) -> tuple[str, np.ndarray]:
    """Name and rows (count, dimension) around random centres, as wide as their distances."""
    rng = np.random.default_rng(SEED)
    centres = rng.normal(size=(groups, dimension))
    rows = centres[rng.integers(groups, size=count)] + 1.2 * rng.normal(size=(count, dimension))
    return f"mixture of {groups} Gaussians, {count:,} x {dimension}", unit_rows(rows)
