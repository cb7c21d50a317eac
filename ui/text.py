"""Words on the screen: text from people made safe for Markdown, numbers with their noun."""

import re
from collections.abc import Iterable
from itertools import count

from collection.items import Modality

NOUNS = {Modality.PICTURE: "picture", Modality.TEXT: "caption"}
"""What people call an item of each kind."""

_MADE_LATER = re.compile(r"(www(?=\.)|:(?=//|\w+:)|@|-(?=[->])|<(?=-))", re.IGNORECASE)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~:$<>&^=@/\"'])")


def markdown_text(text: str) -> str:
    """Return text that Markdown shows as it is: no link, picture, formula, emoji or tag.

    Addresses, arrows and the like are made out of text after escapes are undone, so an invisible
    word joiner takes them apart.
    """
    apart = _MADE_LATER.sub("\\1\u2060", " ".join(text.split()))
    return _MARKDOWN.sub(r"\\\1", apart)


def unique_labels(labels: Iterable[str]) -> list[str]:
    """Return the labels with “(2)”, “(3)” behind repeats: Streamlit tells options by label."""
    taken: set[str] = set()
    unique = []
    for label in labels:
        numbered = (f"{label} ({number})" for number in count(2))
        free = label if label not in taken else next(n for n in numbered if n not in taken)
        taken.add(free)
        unique.append(free)
    return unique


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural unless it is one: “3 pictures”."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def told_apart(one: float, other: float) -> tuple[str, str]:
    """Return two numbers with as many decimals as tell them apart, 2 to 4."""
    for decimals in (2, 3, 4):
        words = f"{one:z.{decimals}f}", f"{other:z.{decimals}f}"
        if words[0] != words[1]:
            break
    return words
