"""A mean with its interval, for values that belong to groups which are drawn as wholes."""

from dataclasses import dataclass

import numpy as np

from space.arrays import Float64Array, IntArray
from space.bootstrap import Interval, bootstrap_intervals, mean_statistic
from space.undefined import Measured, Undefined

_NOTHING = Undefined("there is nothing to count")
_ONE = Undefined("there is only one")
_ALIKE = Undefined("all are alike")

_ROUNDING = 1e-12


@dataclass(frozen=True)
class Estimate:
    """A figure and its interval of 95 %."""

    value: Measured
    interval: Interval | Undefined


def mean_estimate(values: Float64Array, groups: IntArray | None = None) -> Estimate:
    """Return the mean of values (n,) with its bootstrap interval.

    groups: (n,) the group of each, from 0 on without a gap; None where each stands for itself.
    Not defined for n = 0; without an interval where there is one group, or all groups have the same
    mean, of which a bootstrap knows nothing.
    """
    if not len(values):
        return Estimate(_NOTHING, _NOTHING)
    of = np.arange(len(values)) if groups is None else groups
    count = int(of.max()) + 1
    mean = float(np.mean(values))
    if count < 2:
        return Estimate(mean, _ONE)
    sums = np.bincount(of, values, minlength=count).astype(np.float64)
    sizes = np.bincount(of, minlength=count).astype(np.float64)
    if np.ptp(sums / sizes) <= _ROUNDING:
        return Estimate(mean, _ALIKE)
    low, high = bootstrap_intervals(mean_statistic(sums[:, np.newaxis], sizes), count)[0]
    return Estimate(mean, Interval(float(low), float(high)))
