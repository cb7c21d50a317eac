"""Values out of JSON that anybody may have written: of the type that is asked for, or a default.

Nothing here raises, and no text comes back with what a screen or UTF-8 cannot hold.
"""

import json
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NoReturn

from collection.items import normalised_text

_MOST_CHARACTERS = 20_000


def parsed(data: bytes) -> Any:
    """Return what a piece of JSON says; None where it is none, NaN and infinity included."""
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_refused)
    except (ValueError, RecursionError):
        return None


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON.")


def mapping(value: Any) -> Mapping[str, Any]:
    """Return an object, an empty one where it is none."""
    return value if isinstance(value, dict) else {}


def sequence(value: Any, most: int) -> Sequence[Any]:
    """Return the first so many entries of a list, none where it is no list."""
    return value[:most] if isinstance(value, list) else ()


def text(value: Any, default: str = "") -> str:
    """Return a text on one line, without control characters, of bounded length."""
    return normalised_text(value[:_MOST_CHARACTERS]) if isinstance(value, str) else default


def number(value: Any, least: float, most: float) -> float | None:
    """Return a finite number within these bounds, None where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not least <= value <= most or not math.isfinite(value):
        return None
    return float(value)


def whole(value: Any, below: int) -> int | None:
    """Return a whole number from 0 to below this, None where it is none."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value < below else None


def flag(value: Any) -> bool:
    """Return whether this is a plain true."""
    return value is True


def moment(value: Any) -> datetime:
    """Return a date with its time in UTC; now where it is none that can be believed."""
    now = datetime.now(UTC)
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return now
    if found.tzinfo is None or not 2000 <= found.year <= now.year + 1:
        return now
    return found
