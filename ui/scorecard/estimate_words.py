"""A figure and its interval in words, in the tables of the sections."""

from space.estimates import Estimate
from space.undefined import Undefined


def interval_in_words(estimate: Estimate) -> str:
    """Return both ends of the interval, or why there is none."""
    if isinstance(estimate.interval, Undefined):
        return f"– ({estimate.interval.reason})"
    return f"{estimate.interval.low:.2f}–{estimate.interval.high:.2f}"
