"""Words on the screen: text from people made safe for Markdown, numbers with their noun."""

import re
from collections.abc import Iterable, Sequence
from itertools import count

from collection.items import Modality

NOUNS = {Modality.PICTURE: "picture", Modality.TEXT: "caption"}
"""What people call an item of each kind."""

_MADE_LATER = re.compile(r"(www(?=\.)|:(?=//|\w+:)|@|-(?=[->])|<(?=-))", re.IGNORECASE)
_QUOTED_OR_OWN = re.compile(
    r"“(?:.*”|.*)|`(?P<code>[^`“”]+)`|(?P<address>https://[\w./#?=&%-]*[\w/])", re.ASCII
)
_LONG_NUMBER = re.compile(r"(?<![\w.,])\d{4,15}(?![\w.,])", re.ASCII)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~:$<>&^=@/\"'])")


def markdown_text(text: str) -> str:
    """Return text that Markdown shows as it is: no link, picture, formula, emoji or tag.

    Addresses, arrows and the like are made out of text after escapes are undone, so an invisible
    word joiner takes them apart.
    """
    return _escaped(" ".join(text.split()))


def message_text(message: str) -> str:
    """Return a message of the app for Markdown, in which its `code` and its addresses work.

    What it quotes, from the first “ to the last ”, is a provider's or a person's: all of that
    shows as it is.
    """
    line, words, end = " ".join(message.split()), [], 0
    for found in _QUOTED_OR_OWN.finditer(line):
        words.append(_escaped(line[end : found.start()]))
        if found["code"]:
            words.append(found[0])
        elif found["address"]:
            words.append(f"<{found[0]}>")
        else:
            words.append(_escaped(found[0]))
        end = found.end()
    return "".join([*words, _escaped(line[end:])])


def _escaped(line: str) -> str:
    return _MARKDOWN.sub(r"\\\1", _MADE_LATER.sub("\\1\u2060", line))


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


def in_a_row(words: Sequence[str]) -> str:
    """Return words as people list them: “one, two and three”."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def with_commas(text: str) -> str:
    """Return a text with commas between the thousands of its whole numbers: “99,996 tokens”."""
    return _LONG_NUMBER.sub(lambda number: f"{int(number[0]):,}", text)


def told_apart(one: float, other: float) -> tuple[str, str]:
    """Return two numbers with as many decimals as tell them apart, 2 to 4."""
    for decimals in (2, 3, 4):
        words = f"{one:z.{decimals}f}", f"{other:z.{decimals}f}"
        if words[0] != words[1]:
            break
    return words
