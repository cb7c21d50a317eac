"""Laying one 2-D map over another, so that the same item is found at about the same spot."""

import numpy as np
from scipy.linalg import orthogonal_procrustes


def procrustes_fit(
    reference: np.ndarray,
    other: np.ndarray,
    reference_rows: np.ndarray,
    other_rows: np.ndarray,
) -> np.ndarray:
    """Turn, mirror, scale and shift `other` so that it lies as close as it can to `reference`.

    The fit is the least-squares one over the shared rows (ordinary Procrustes analysis, Gower
    1975), and all rows of `other` are moved by it; distances within `other` keep their ratios.
    With fewer than two shared rows, or where the shared rows lie on one spot, there is nothing to
    turn: `other` is only centred and scaled to the reference's centre and spread.

    reference: (n, 2), other: (m, 2); reference_rows and other_rows: index arrays of the same
    length, the same item at the same place. Returns (m, 2) float32; the arguments stay untouched.
    """
    target = np.asarray(reference, np.float64)
    source = np.asarray(other, np.float64)
    to = target[np.asarray(reference_rows, np.int64)]
    own = source[np.asarray(other_rows, np.int64)]
    if len(own) < 2 or _spread(to) == 0 or _spread(own) == 0:
        return _centred_and_scaled(target, source)
    to_centre, own_centre = to.mean(axis=0), own.mean(axis=0)
    rotation, strength = orthogonal_procrustes(own - own_centre, to - to_centre)
    scale = strength / np.square(own - own_centre).sum()
    return (scale * (source - own_centre) @ rotation + to_centre).astype(np.float32)


def _spread(points: np.ndarray) -> float:
    """Root mean square distance of points (n, 2) from their centre; 0 without points.

    Spreads below float32 rounding of the coordinates count as 0.
    """
    if len(points) == 0:
        return 0.0
    spread = float(np.sqrt(np.square(points - points.mean(axis=0)).sum(axis=1).mean()))
    return spread if spread > 1e-6 * float(np.abs(points).max()) else 0.0


def _centred_and_scaled(reference: np.ndarray, other: np.ndarray) -> np.ndarray:
    if len(other) == 0:
        return other.astype(np.float32)
    centre = reference.mean(axis=0) if len(reference) else np.zeros(other.shape[1])
    wanted, present = _spread(reference), _spread(other)
    scale = wanted / present if wanted > 0 and present > 0 else 1.0
    return (scale * (other - other.mean(axis=0)) + centre).astype(np.float32)
