"""What a cell of a table says: one caption, a list of them, or nothing."""

import ast
import json
import re
from collections.abc import Sequence

from collection.items import normalised_text

Cell = str | tuple[str, ...]
"""Words, or a list of words where the file itself tells that they are a list."""

NO_VALUES = frozenset({"nan", "none", "null", "n/a", "<na>", "#n/a"})
"""What programs write where there is nothing, in any case."""

_MAX_LIST_CHARACTERS = 200_000
_QUOTED = re.compile(r"""(?s)\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\")""")

# Nobody sees these; they come along when a header is copied from a web page.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def captions_in(cell: Cell) -> list[str]:
    """Return the captions of a cell, without those that say nothing (blank, nan, None, NULL)."""
    words = [cell] if isinstance(cell, str) else cell
    listed = words if len(words) != 1 else _as_list(words[0])
    return [word for word in map(normalised_text, listed) if word and not says_nothing(word)]


def says_nothing(words: str) -> bool:
    """Tell whether words stand for a missing value."""
    return not words.strip() or words.strip().casefold() in NO_VALUES


def without_invisible(words: str) -> str:
    """Return a header or a file name without zero-width characters."""
    return words.translate(_INVISIBLE).strip()


def _as_list(words: str) -> Sequence[str]:
    """Take apart a list that was written into one cell, as JSON, by Python or by NumPy."""
    inner = words.strip()
    if not (inner.startswith("[") and inner.endswith("]")) or len(inner) > _MAX_LIST_CHARACTERS:
        return [words]
    if len(numpy_list := _without_commas(inner)) > 1:
        return numpy_list
    for parse in (json.loads, ast.literal_eval):
        try:
            found = parse(inner)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(found, list) and found and all(isinstance(word, str) for word in found):
            return found
    return [words]


def _without_commas(inner: str) -> list[str]:
    """Return the parts of a list as NumPy writes it, ['A cat' 'A pet']; none if it is no such."""
    found, at = [], 1
    while part := _QUOTED.match(inner, at):
        found.append(part[1] if part[1] is not None else part[2])
        at = part.end()
    return found if not inner[at:-1].strip() else []
