"""What a model costs, with the date and the source of its price.

Prices change and accounts differ: these are for an estimate before a run, not for a bill.
"""

from collections.abc import Mapping
from dataclasses import dataclass

MILLIONTH = 1e-6
BILLIONTH = 1e-9


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for one of each amount (see `transport.cost`), as read on a date at a source.

    `words`: the price as the provider puts it.
    """

    each: Mapping[str, float]
    words: str
    date: str
    source: str
