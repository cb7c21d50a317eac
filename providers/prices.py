"""What the hosted providers charge: one table, each line with its date and source.

Prices change and accounts differ: these are for an estimate before a run, not for a bill. A
model that is not in the table has no known price, and the pages say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from collection.embeddings import Setup


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for one of each amount (see `transport.cost`), as read on a date at a source.

    `words`: the price as the provider puts it.
    """

    each: Mapping[str, float]
    words: str
    date: str
    source: str


PRICES: Mapping[tuple[str, str], Price] = {
    ("vertex", "multimodalembedding@001"): Price(
        {"pictures": 0.0001, "characters": 0.0002 / 1000},
        "$0.0001 a picture, $0.0002 for 1,000 characters",
        "2026-11",
        "https://cloud.google.com/vertex-ai/generative-ai/pricing",
    ),
}


def price_of(setup: Setup) -> Price | None:
    """Return the price of a Setup's model, None where none is known."""
    return PRICES.get((setup.provider, setup.model))
