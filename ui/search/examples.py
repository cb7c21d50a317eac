"""Queries that show where models break, each with another one to compare it with."""

from typing import NamedTuple


class Example(NamedTuple):
    """A query to try, other words to compare its answer with, and what to look for."""

    words: str
    beside: str | None
    look_for: str


_NEGATION = "A model that understood “not” would put the animals last. Most only see what is named."
_COUNTING = "Do more and fewer give other pictures? Most models hardly count."
_ORDER = "The same words in another order mean something else. Do the answers differ?"
_WRITTEN = "Is it the thing that is found, or the word written in a picture?"

EXAMPLES: tuple[Example, ...] = (
    Example("an animal", None, "Do the animals come first, and how far below is the rest?"),
    Example("not an animal", "an animal", _NEGATION),
    Example("one cat", "seven cats", _COUNTING),
    Example("seven cats", "one cat", _COUNTING),
    Example("a horse riding a man", "a man riding a horse", _ORDER),
    Example('a sign that says "coffee"', "a cup of coffee", _WRITTEN),
)
"""In the order in which they are offered."""
