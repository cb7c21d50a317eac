"""The bins of a histogram of scores."""

import numpy as np

MAX_BINS = 30

_SAME = 1e-6  # a smaller spread is float32 rounding of one score
_SINGLE_WIDTH = 0.02  # of the bin around scores that are all the same


def score_bins(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Count scores in up to `MAX_BINS` bins of equal width.

    The width is the smaller one of Sturges (1926) and Freedman and Diaconis (1981), as NumPy's
    "auto" has it. scores: (n,), finite. Returns the edges, (b + 1,) float64, and the counts, (b,)
    int64; no score gives no bin, scores that are all the same one narrow bin around them.
    """
    values = np.asarray(scores, np.float64)
    if not len(values):
        return np.zeros(1), np.zeros(0, np.int64)
    low, high = float(values.min()), float(values.max())
    if high - low < _SAME:
        middle = (low + high) / 2
        edges = np.asarray([middle - _SINGLE_WIDTH / 2, middle + _SINGLE_WIDTH / 2])
        return edges, np.asarray([len(values)], np.int64)
    counts, edges = np.histogram(values, bins=_bin_count(values, high - low))
    return edges, counts.astype(np.int64)


def _bin_count(values: np.ndarray, spread: float) -> int:
    # NumPy's own "auto" cannot be capped: one far outlier among near-equal scores would make it
    # lay out hundreds of millions of bins before we could take fewer.
    sturges = np.log2(len(values)) + 1
    lower, upper = np.percentile(values, (25, 75))
    width = 2 * (upper - lower) / np.cbrt(len(values))
    wanted = max(sturges, spread / width) if width > 0 else sturges
    return int(min(np.ceil(wanted), MAX_BINS))
