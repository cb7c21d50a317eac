"""Names of files as people read them, and how two names are compared."""

import unicodedata
from collections.abc import Sequence

MAX_NAME_CHARACTERS = 120

# Invisible in a name, yet able to reverse or break the line in which it is shown.
_UNSHOWN_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_DIRECTION_MARKS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def display_name(path: str) -> str:
    """Return the name of a file as it is shown: no folders, one line, of bounded length.

    Unicode NFC, because the same name arrives decomposed from macOS and composed from elsewhere.
    """
    base = path.replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = "".join(
        character
        for character in unicodedata.normalize("NFC", base)
        if character not in _DIRECTION_MARKS
        and unicodedata.category(character) not in _UNSHOWN_CATEGORIES
    ).strip()
    if len(shown) > MAX_NAME_CHARACTERS:
        half = MAX_NAME_CHARACTERS // 2
        shown = f"{shown[: half - 1]}…{shown[-half:]}"
    return shown or "unnamed file"


def extension(path: str) -> str:
    """Return the extension in lower case and without its dot; empty if there is none."""
    stem, dot, ending = display_name(path).rpartition(".")
    return ending.lower() if dot and stem else ""


def name_key(path: str) -> str:
    """Return the form in which two names are equal whatever their case."""
    return unicodedata.normalize("NFC", path).casefold()


def listed(names: Sequence[str], shown: int = 3) -> str:
    """Return "a, b and 2 more": the first few of many names, for one line of text."""
    if len(names) <= shown:
        *first, last = names
        return f"{', '.join(first)} and {last}" if first else last
    return f"{', '.join(names[:shown])} and {len(names) - shown} more"
