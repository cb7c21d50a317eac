"""What a file with vectors holds: its columns of vectors, and what their rows are called."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from collection.columns import FILE_NAME_COLUMNS, TEXT_COLUMNS, column_name
from collection.items import Modality
from exchange.checked_values import mapping, text
from exchange.errors import VectorFileError
from space.arrays import IntArray

MAX_ROWS = 200_000
"""Of one file; each name is looked for among the items."""

_MAX_DESCRIPTION_LETTERS = 100_000
_IDS = frozenset({"id", "item_id"})
_KINDS = frozenset({"kind", "modality"})
_FILE_NAMES = frozenset({*FILE_NAME_COLUMNS, "image_path", "photo_name"})
_CAPTIONS = frozenset(TEXT_COLUMNS)
_NAMES = frozenset({"name", "key"})
_PICTURE_WORDS = frozenset({"image", "images", "img", "picture", "pictures", "photo", "photos"})
_CAPTION_WORDS = frozenset({"text", "texts", "txt", "caption", "captions", "sentence"})
_ROLES = (
    ("ids", _IDS),
    ("modalities", _KINDS),
    ("file_names", _FILE_NAMES),
    ("captions", _CAPTIONS),
    ("names", _NAMES),
)


@dataclass(frozen=True)
class RowNames:
    """What the rows are called; each is empty, or has an entry for every row, "" for nothing.

    `modalities` say whether a row is a picture or a caption. `names` may be those of either.
    """

    ids: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    file_names: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything but the kind of a row is known."""
        return bool(self.ids or self.file_names or self.captions or self.names)

    def shown(self, row: int) -> str:
        """Return what people would call a row."""
        for words in (self.file_names, self.captions, self.names, self.ids):
            if words and words[row].strip():
                return words[row].strip()
        return f"row {row + 1}"


@dataclass(frozen=True, eq=False)
class VectorColumn:
    """One column of vectors: numbers (m, d), and for each the row, from 0, that it stands in.

    `names` are those of all rows, also of such without a vector. `title`: what the file says
    people call whoever gave these vectors; mostly "".
    """

    name: str
    vectors: npt.NDArray[Any]
    rows: IntArray
    names: RowNames
    title: str = field(default="")

    @property
    def of_modality(self) -> Modality | None:
        """Of which kind of item the vectors are, as far as the column's name says so."""
        words = frozenset(column_name(self.name).split("_"))
        of_pictures, of_captions = words & _PICTURE_WORDS, words & _CAPTION_WORDS
        if bool(of_pictures) == bool(of_captions):
            return None
        return Modality.PICTURE if of_pictures else Modality.TEXT

    @property
    def stem(self) -> str:
        """The column's name without the words that say of what the vectors are."""
        words = column_name(self.name).split("_")
        return "_".join(w for w in words if w not in _PICTURE_WORDS | _CAPTION_WORDS)


def role_of_column(name: str) -> str:
    """Return the field of RowNames that a column of this name fills; "" for none."""
    plain = column_name(name)
    forms = (plain, plain.removesuffix("s"))
    return next((role for role, known in _ROLES if not known.isdisjoint(forms)), "")


def row_names(columns: Mapping[str, Sequence[str]]) -> RowNames:
    """Return what columns of words say about rows; of two with the same use the first counts.

    Where none is known by its name, one is taken for names of pictures or captions: the first
    whose rows all differ and are not merely numbered, if there is one.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name, words in columns.items():
        role = role_of_column(name)
        if role:
            found.setdefault(role, tuple(words))
    if not found.keys() - {"modalities"} and columns:
        candidates = [tuple(words) for words in columns.values()]
        found["names"] = next(filter(_tell_rows_apart, candidates), candidates[0])
    return RowNames(**found)


def _tell_rows_apart(words: Sequence[str]) -> bool:
    named = [word for word in words if word.strip()]
    return len(named) == len(set(named)) and not all(map(str.isdecimal, named))


def described_titles(description: str) -> Mapping[str, str]:
    """Return column → what people call whoever gave its vectors, as our own files say."""
    try:
        found = mapping(json.loads(description[:_MAX_DESCRIPTION_LETTERS]))
    except (ValueError, RecursionError):
        return {}
    return {column: text(mapping(about).get("name")) for column, about in found.items()}


def no_vectors(name: str, advice: str) -> VectorFileError:
    """Return the error of a file in which there are no vectors."""
    return VectorFileError(f"{name} holds no vectors that can be read. {advice}")


def too_many_rows(name: str) -> VectorFileError:
    """Return the error of a file with more rows than are looked through."""
    return VectorFileError(
        f"{name} has more than {MAX_ROWS:,} rows. Save only those of the items that are here."
    )


def too_large(name: str, most: int) -> VectorFileError:
    """Return the error of a file that unpacks to more than is read, in bytes."""
    return VectorFileError(
        f"{name} unpacks to more than {most // 2**20} MB. Save fewer rows, or float32."
    )


def all_rows(count: int) -> IntArray:
    """Return the numbers of so many rows, all of them."""
    return np.arange(count, dtype=np.int64)
