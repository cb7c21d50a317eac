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


_MILLIONTH = 1e-6
_BILLIONTH = 1e-9

PRICES: Mapping[tuple[str, str], Price] = {
    ("vertex", "multimodalembedding@001"): Price(
        {"pictures": 0.0001, "characters": 0.0002 / 1000},
        "$0.0001 a picture, $0.0002 for 1,000 characters",
        "2026-11",
        "https://cloud.google.com/vertex-ai/generative-ai/pricing",
    ),
    ("gemini", "gemini-embedding-2"): Price(
        {"text_tokens": 0.20 * _MILLIONTH, "picture_tokens": 0.45 * _MILLIONTH},
        "$0.20 for a million tokens of text, $0.45 for a million tokens of pictures",
        "2026-10",
        "https://ai.google.dev/gemini-api/docs/pricing",
    ),
    ("cohere", "embed-v4.0"): Price(
        {"text_tokens": 0.12 * _MILLIONTH, "picture_tokens": 0.47 * _MILLIONTH},
        "$0.12 for a million tokens of text, $0.47 for a million tokens of pictures",
        "2026-11",
        "https://cohere.com/pricing",
    ),
    **{
        ("voyage", model): Price(
            {"text_tokens": 0.12 * _MILLIONTH, "pixels": 0.60 * _BILLIONTH},
            "$0.12 for a million tokens of text, $0.60 for a billion pixels",
            "2026-11",
            "https://docs.voyageai.com/docs/pricing",
        )
        for model in ("voyage-multimodal-3.5", "voyage-multimodal-3")
    },
}


def price_of(setup: Setup) -> Price | None:
    """Return the price of a Setup's model, None where none is known."""
    return PRICES.get((setup.provider, setup.model))
