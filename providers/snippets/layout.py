"""Strings and JSON trees written out as source text, in the way JSON and Python have in common."""

import json
from collections.abc import Callable
from typing import Any

from providers.transport.request import Json

_WIDTH = 88
_INDENT = 2
_JOINERS = "\u200c\u200d"
"""Not shown themselves, but letters and emoji are put together with them."""


def json_string(text: str, never: str = "") -> str:
    """Return a text as a JSON string: readable, but nothing in it can act on a terminal.

    Control characters, marks that turn the direction of writing and the like are escaped, and so
    are the characters in `never`.
    """
    return _string(text, never, _json_escape)


def python_string(text: str) -> str:
    """Return a text as a Python string, escaped as `json_string` does."""
    return _string(text, "", lambda character: repr(character)[1:-1])


def _string(text: str, never: str, escaped: Callable[[str], str]) -> str:
    def written(character: str) -> str:
        if character in '"\\':
            return f"\\{character}"
        if (character.isprintable() or character in _JOINERS) and character not in never:
            return character
        return escaped(character)

    return f'"{"".join(map(written, text))}"'


def _json_escape(character: str) -> str:
    escape = json.dumps(character)[1:-1]
    return escape if escape != character else f"\\u{ord(character):04x}"


def laid_out(tree: Json, leaf: Callable[[Any], str], indent: int = _INDENT, margin: int = 0) -> str:
    """Return a tree of dicts and lists as text, an entry a line; short ones stay on one line.

    `leaf` writes names and whatever is neither dict nor list. `margin`: blanks before each line
    but the first.
    """
    if not isinstance(tree, dict | list | tuple) or not tree:
        return on_one_line(tree, leaf)
    if margin:
        short = on_one_line(tree, leaf)
        if margin + len(short) <= _WIDTH:
            return short
    deeper = margin + indent
    blanks = " " * deeper
    if isinstance(tree, dict):
        entries = [f"{leaf(k)}: {laid_out(v, leaf, indent, deeper)}" for k, v in tree.items()]
    else:
        entries = [laid_out(value, leaf, indent, deeper) for value in tree]
    opening, closing = "{}" if isinstance(tree, dict) else "[]"
    lines = f",\n{blanks}".join(entries)
    return f"{opening}\n{blanks}{lines}\n{' ' * margin}{closing}"


def on_one_line(tree: Json, leaf: Callable[[Any], str]) -> str:
    """Return a tree as text on one line."""
    if isinstance(tree, dict):
        return f"{{{', '.join(f'{leaf(k)}: {on_one_line(v, leaf)}' for k, v in tree.items())}}}"
    if isinstance(tree, list | tuple):
        return f"[{', '.join(on_one_line(value, leaf) for value in tree)}]"
    return leaf(tree)
