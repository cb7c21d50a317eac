"""Whether captions look English: the embedded models have learned no other language."""

import re
import unicodedata
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+")

_OTHER_SCRIPT_SHARE = 0.3
"""Share of letters outside the Latin script from which a text is taken for another language."""

_FEWEST_WORDS = 3
"""Shorter texts, such as "Das Boot" or "Tiger", tell too little and pass as English."""

_ENGLISH_WORDS = """
    a an and are as at be behind below by for from has have her his in into is it its near no of on
    or over that the their this three to two under up with without
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())

# Frequent small words that are not English. Those that stand in names (de, la, el, van, von, der,
# di, al, sur ...) are left out: "Vincent van Gogh" does not make a caption Dutch.
_OTHER_LANGUAGES = {
    "German": """ein eine einen einem einer eines das dem den des und mit auf im am vor über aus
        beim zum zur neben zwischen ist sind nicht wird sich zwei drei""",
    "French": """un une des et est sont dans avec sous devant près aux au deux trois qui pas ses
        chez""",
    "Spanish": "un una unos unas está están con sobre bajo entre junto dos tres por para del sus",
    "Italian": """un una uno il gli è sono con sul sulla sotto nel nella tre della dei delle allo
        alla""",
    "Portuguese": "um uma uns umas é são com sobre entre dois duas três nas ao em",
    "Dutch": "een het en onder voor naast tussen uit bij zijn wordt niet twee drie aan",
    "Scandinavian": "ett och med på är og af av som inte ikke två tre",
}
_FOREIGN = tuple(frozenset(words.split()) - _ENGLISH for words in _OTHER_LANGUAGES.values())


def looks_english(text: str) -> bool:
    """Tell whether a caption looks English, or is too short to tell; a guess, for a warning.

    Another script tells at once; within the Latin script, small words of seven European
    languages are counted against English ones.
    """
    letters = [character for character in text if character.isalpha()]
    if not letters:
        return True
    latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    if len(letters) - latin > _OTHER_SCRIPT_SHARE * len(letters):
        return False
    # Words in capitals are left out, for MIT is not the German word for "with".
    words = [word.lower() for word in _WORD.findall(text) if len(word) == 1 or not word.isupper()]
    if len(words) < _FEWEST_WORDS:
        return True
    english = sum(word in _ENGLISH for word in words)
    return english >= max(sum(word in foreign for word in words) for foreign in _FOREIGN)


def not_english(texts: Iterable[str]) -> list[str]:
    """Return those of the texts that do not look English, in order."""
    return [text for text in texts if not looks_english(text)]
