"""Words on the screen: text from people made safe for Markdown, numbers with their noun."""

import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~:$<>&^=@/\"'])")


def markdown_text(text: str) -> str:
    """Return text that Markdown shows as it is: no link, picture, formula, emoji or tag."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural unless it is one: “3 pictures”."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
