"""Names for groups, taken from the collection's own captions."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

MOST_CAPTIONS = 3
MOST_WORDS = 4

_JOINERS = "\u200c\u200d"  # stand inside words of Persian and of Indian scripts
# written without spaces, so that what stands between two spaces is a whole phrase
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")


@dataclass(frozen=True)
class GroupName:
    """What a group may be called.

    captions: at most 3 rows of captions, the nearest to the group's centroid first. words: at
    most 4 words that set the group's captions apart from those of other groups.
    """

    captions: tuple[int, ...]
    words: tuple[str, ...]


def group_names(
    vectors: np.ndarray,
    labels: np.ndarray,
    caption_vectors: np.ndarray,
    captions: Sequence[str],
    members: Sequence[Sequence[int]],
) -> list[GroupName]:
    """Name each group by captions near its centroid and by words that set it apart.

    vectors: (n, d) and caption_vectors: (m, d), rows of length 1; labels: (n,) int64, -1 for no
    group; captions: (m,) the texts; members: for each group the caption rows that belong to it.
    A group without captions of its own gets the nearest of all captions, and no words. Returns one
    name a group, in the order of `members`.
    """
    nearest = [
        _by_nearness(vectors[labels == number], caption_vectors, own or range(len(captions)))
        for number, own in enumerate(members)
    ]
    texts = [
        "\n".join(captions[row] for row in rows) if own else ""
        for rows, own in zip(nearest, members, strict=True)
    ]
    return [
        GroupName(tuple(rows[:MOST_CAPTIONS]), words)
        for rows, words in zip(nearest, _distinctive_words(texts), strict=True)
    ]


def _by_nearness(
    vectors: np.ndarray, caption_vectors: np.ndarray, rows: Iterable[int]
) -> list[int]:
    """Caption rows by falling cosine to the centroid of vectors (k, d); ties keep their order."""
    candidates = np.array(list(dict.fromkeys(rows)), np.int64)
    if not len(candidates) or not len(vectors):
        return [int(row) for row in candidates]
    # all captions have length 1, so the centroid's own length leaves their order as it is
    nearness = caption_vectors[candidates] @ vectors.mean(axis=0, dtype=np.float64)
    return [int(row) for row in candidates[np.argsort(-nearness, kind="stable")]]


def _distinctive_words(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """For each text the words with the highest class-based TF-IDF, ties in the order they occur.

    The frequency of a word in the text, times log(1 + mean words a text / frequency of the word in
    all texts): Grootendorst 2022, "BERTopic", arXiv 2203.05794, section 3.3.
    """
    vectorizer = CountVectorizer(tokenizer=_words, token_pattern=None, stop_words="english")
    analyse = vectorizer.build_analyzer()
    words_of = [list(dict.fromkeys(analyse(text))) for text in texts]
    if not any(words_of):
        return [() for _ in texts]
    frequency = vectorizer.fit_transform(texts).toarray()
    weight = frequency * np.log(1.0 + frequency.sum() / len(texts) / frequency.sum(axis=0))
    column = vectorizer.vocabulary_
    return [
        tuple(sorted(words, key=lambda word: -row[column[word]])[:MOST_WORDS])
        for words, row in zip(words_of, weight, strict=True)
    ]


def _words(text: str) -> list[str]:
    """The words of a text of any script that writes spaces; numbers and single letters fall out.

    Marks belong to their letters: without them words of Hindi or Arabic would be torn apart.
    """
    spaced = "".join(letter if _in_word(letter) else " " for letter in text)
    return [
        word
        for word in spaced.split()
        if len(word) > 1
        and not word.isdigit()
        and not any(unicodedata.name(letter, "").startswith(_UNSPACED) for letter in word)
    ]


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter in _JOINERS or unicodedata.category(letter).startswith("M")
