"""About how much a call uses and costs, before it is made and after.

Amounts go by these names in all providers: `tokens` (all together), `text_tokens`,
`picture_tokens`, `characters`, `pictures`, `pixels`.
"""

import io
import math
import re
from collections.abc import Mapping

from PIL import Image

from collection.embeddings import Setup
from collection.items import Modality
from providers.inputs import Batch
from providers.price import Price
from providers.transport.api import HostedApi
from providers.transport.picture_size import sent_size, side_of

_LETTERS_A_TOKEN = 4.0
"""English prose has about four letters a token in the usual vocabularies."""


_DIGITS_A_TOKEN = 2.0
_WORDS_NUMBERS_SIGNS = re.compile(r"([A-Za-z]+)|([0-9]+)|\S")


def estimated_tokens(text: str) -> int:
    """Return about how many tokens a text has, rather too many than too few.

    It decides whether a person is told that a model cuts a text off: a false alarm is mild, a
    silent cut is not. Each word has its quarter of letters, rounded up, and each sign is one.
    """
    count = 0
    for word, number in _WORDS_NUMBERS_SIGNS.findall(text):
        count += math.ceil(len(word) / _LETTERS_A_TOKEN) or (
            math.ceil(len(number) / _DIGITS_A_TOKEN) or 1
        )
    return max(count, usual_tokens(text))


def usual_tokens(text: str) -> int:
    """Return about how many tokens prose has; scripts without spaces have more a letter."""
    plain = sum(letter.isascii() for letter in text)
    return max(1, math.ceil(plain / _LETTERS_A_TOKEN + (len(text) - plain)), len(text.split()))


def estimated_amounts(api: HostedApi, setup: Setup, batch: Batch) -> dict[str, float]:
    """Return about what a call for a batch uses; what is not published is left out."""
    texts = [item.text for item in batch if item.modality is Modality.TEXT]
    side = side_of(api.info.model(setup.model), setup)
    sizes = [
        sent_size(*_size(item.jpeg), side) for item in batch if item.modality is Modality.PICTURE
    ]
    amounts: dict[str, float] = {
        "text_tokens": sum(usual_tokens(text) for text in texts),
        "characters": sum(len(text) for text in texts),
        "pictures": len(sizes),
        "pixels": sum(width * height for width, height in sizes),
    }
    known = [api.picture_tokens(setup, width, height) for width, height in sizes]
    if None not in known:
        amounts["picture_tokens"] = sum(tokens or 0 for tokens in known)
        amounts["tokens"] = amounts["text_tokens"] + amounts["picture_tokens"]
    return amounts


def _size(jpeg: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(jpeg)) as picture:
        return picture.size


def dollars(price: Price | None, amounts: Mapping[str, float]) -> float | None:
    """Return what amounts cost at a price, in US dollars.

    None where no price is known, or an amount that counts is not.
    """
    if price is None:
        return None
    total = 0.0
    for name, dollars_each in price.each.items():
        if name not in amounts:
            return None
        total += dollars_each * amounts[name]
    return total
