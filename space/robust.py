"""How far values usually are from their median, little moved by a few that are far away."""

import numpy as np
from scipy.stats import median_abs_deviation

TO_STANDARD_DEVIATION = 1.4826
"""Makes the median absolute deviation of normal values their standard deviation."""


def robust_deviation(values: np.ndarray) -> float:
    """1.4826 times the median absolute deviation of the values (n,), n above 0."""
    return TO_STANDARD_DEVIATION * float(median_abs_deviation(values))
