"""What a Setup takes beside how well it does: dollars and bytes, from sums of its calls."""

from collections.abc import Sequence

_BYTES = 4  # of a float32


def dollars_per_thousand(costs: Sequence[tuple[int, float | None]]) -> float | None:
    """Return US dollars for 1,000 items, from the items and the dollars of each call.

    None where there is no call or no item, or where one call's cost is not known: a sum without
    it would be too low.
    """
    items = sum(count for count, _ in costs)
    known = [dollars for _, dollars in costs if dollars is not None]
    if not items or len(known) < len(costs):
        return None
    return 1000 * sum(known) / items


def bytes_per_vector(dimension: int) -> int:
    """Return the bytes of one vector as it is kept, in float32."""
    return _BYTES * dimension


def per_second(items: int, seconds: float) -> float | None:
    """Return items a second; None where nothing was timed, such as vectors from the cache."""
    return items / seconds if items > 0 and seconds > 0 else None
