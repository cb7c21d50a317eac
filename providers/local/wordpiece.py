"""Text → token ids: WordPiece with the uncased vocabulary of BERT.

Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers for Language
Understanding", NAACL 2019 (arXiv 1810.04805). The steps and their order are those of the
tokeniser the model was trained with, so the ids are the same, with one intended difference:
a caption that contains the letters "[MASK]" is read as those letters, not as a control token.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice

MAX_TOKENS = 256
"""What the model reads of a text, [CLS] and [SEP] included; the rest is cut off.

Source: `max_seq_length` in the model's `sentence_bert_config.json`.
"""

LONGEST_WORD = 100  # characters; a longer "word" is [UNK], as in the reference

_UNSEEN = {"Cc", "Cf", "Co", "Cs"}
"""Left out: control, format, private and surrogate characters; unassigned ones are [UNK]."""

_CJK = (
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2CEAF),
    (0x2F800, 0x2FA1F),
)


class WordPiece:
    """The tokeniser: `vocabulary[i]` is the word piece with id i, "##" marks an inner piece."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: i for i, piece in enumerate(vocabulary)}
        self.unknown = self._ids["[UNK]"]
        self._start, self._end = self._ids["[CLS]"], self._ids["[SEP]"]

    def encode(self, text: str) -> list[int]:
        """Return the ids the model reads: [CLS], the word pieces, [SEP], at most MAX_TOKENS."""
        return [self._start, *islice(self.pieces(text), MAX_TOKENS - 2), self._end]

    def count(self, text: str) -> int:
        """Return how many ids the whole text has, [CLS] and [SEP] included, before any cut."""
        return 2 + sum(1 for _ in self.pieces(text))

    def pieces(self, text: str) -> Iterator[int]:
        """Yield the ids of the word pieces, without [CLS] and [SEP]."""
        for word in _words(text):
            yield from self._split(word)

    def _split(self, word: str) -> list[int]:
        """Cut a word into the longest pieces from the left; all of it is [UNK] if one is."""
        if len(word) > LONGEST_WORD:
            return [self.unknown]
        ids, start = [], 0
        while start < len(word):
            mark = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((e for e in ends if mark + word[start:e] in self._ids), None)
            if end is None:
                return [self.unknown]
            ids.append(self._ids[mark + word[start:end]])
            start = end
        return ids


def _words(text: str) -> list[str]:
    """Clean, strip accents, lower the case, and set punctuation and CJK characters apart."""
    spaced = (_spaced(char) for char in text)
    bare = unicodedata.normalize("NFD", "".join(spaced))
    # Lowered one by one: the whole string would give the final sigma a form of its own.
    lowered = "".join(char.lower() for char in bare if unicodedata.category(char) != "Mn")
    return "".join(f" {char} " if _is_punctuation(char) else char for char in lowered).split(" ")


def _spaced(char: str) -> str:
    """Return what stands for one character: a space, nothing, or itself (CJK: spaced out)."""
    if char in "\t\n\r" or unicodedata.category(char).startswith("Z"):
        return " "
    if char == "\ufffd" or unicodedata.category(char) in _UNSEEN:
        return ""
    return f" {char} " if any(low <= ord(char) <= high for low, high in _CJK) else char


def _is_punctuation(char: str) -> bool:
    """Return whether BERT splits here: Unicode punctuation, and all ASCII signs such as $ or ^."""
    ascii_sign = char.isascii() and char.isprintable() and not char.isalnum() and char != " "
    return ascii_sign or unicodedata.category(char).startswith("P")
