"""Which item each row of a file with vectors is: by id, by file name, or by the caption's words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from charts.labels import shortened
from collection.collection import Collection
from collection.file_name import listed
from collection.intake_files import IntakeFile
from collection.items import Modality, normalised_text, text_item
from collection.picture_names import PictureNames
from collection.table_matches import TableMatches
from exchange.brought.columns import RowNames, VectorColumn
from exchange.errors import VectorFileError
from exchange.tables.csv_table import without_quote

_MODALITIES = {
    **dict.fromkeys(("picture", "image", "photo", "img"), Modality.PICTURE),
    **dict.fromkeys(("text", "caption", "sentence"), Modality.TEXT),
}
_NAME_LETTERS = 60
_PLAIN_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2018\u2019\u201a\u00b4`", "'"),
        **dict.fromkeys("\u2013\u2014\u2212", "-"),
        "\u2026": "...",
    }
)


@dataclass
class Matched:
    """The vectors, by number, of the items that a column has; and what was left out.

    `unknown` names rows that are no item here; `unclear` those that may be several.
    """

    vector_of: dict[str, int] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)


def matched(file: str, column: VectorColumn, collection: Collection) -> Matched:
    """Return which items the vectors of a column are of.

    Where the column of ids has an id of an item here, ids alone decide. Else a row with a file
    name is a picture and one with a caption a caption, unless a column `kind`, or the name of the
    column of vectors, says what it is. Raises VectorFileError where an item has two vectors.
    """
    find = _Finder(column, collection)
    found = Matched()
    for number, row in enumerate(column.rows.tolist()):
        ids = find.items(row)
        shown = _shown(column.names, row)
        if len(ids) != 1:
            (found.unclear if ids else found.unknown).append(shown)
            continue
        before = found.vector_of.setdefault(ids[0], number)
        if before != number and not _same(column, before, number):
            raise VectorFileError(
                f"{file} has two different vectors for “{shown}”, in rows "
                f"{int(column.rows[before]) + 1} and {row + 1}. Keep one of them."
            )
    return found


def names_in_words(names: Sequence[str]) -> str:
    """Return the first of many names between quotes, and how many more there are."""
    return listed([f"“{name}”" for name in dict.fromkeys(names)])


def _shown(names: RowNames, row: int) -> str:
    return shortened(normalised_text(names.shown(row)), _NAME_LETTERS)


def _same(column: VectorColumn, one: int, other: int) -> bool:
    return bool(np.array_equal(column.vectors[one], column.vectors[other], equal_nan=True))


class _Finder:
    """Finds the items of the rows of one column."""

    def __init__(self, column: VectorColumn, collection: Collection) -> None:
        self._names, self._of, self._collection = column.names, column.of_modality, collection
        self._texts = frozenset(collection.texts)
        names = column.names
        self._by_id = any(item_id in collection for item_id in names.ids)
        # Ids of somewhere else may be file names.
        self._either = () if self._by_id else (names.names, names.ids)
        wanted = [] if self._by_id else [*names.file_names, *names.names, *names.ids]
        self._pictures = TableMatches(
            PictureNames(collection.pictures),
            IntakeFile("", bytes),
            [form for name in wanted for form in _forms(name)],
            collection.__contains__,
        )

    def items(self, row: int) -> tuple[str, ...]:
        """Return the ids of the items that a row may be: one where it is clear."""
        names = self._names
        if self._by_id:
            item_id = names.ids[row].strip()
            return (item_id,) if item_id in self._collection else ()
        of = _MODALITIES.get(_cell(names.modalities, row).casefold())
        if of is None and not names.modalities:
            of = self._of
        file_name, caption = _cell(names.file_names, row), _cell(names.captions, row)
        if of is not Modality.TEXT and file_name:
            return self._pictures_named(file_name)
        if of is not Modality.PICTURE and caption:
            return self._captions_of(caption)
        for column in self._either:
            word = _cell(column, row)
            pictures = () if of is Modality.TEXT else self._pictures_named(word)
            captions = () if of is Modality.PICTURE else self._captions_of(word)
            if pictures or captions:
                return (*pictures, *captions)
        return ()

    def _pictures_named(self, name: str) -> tuple[str, ...]:
        return next(filter(None, (self._pictures.of(form).ids for form in _forms(name))), ())

    def _captions_of(self, words: str) -> tuple[str, ...]:
        for form in _forms(words):
            if normalised_text(form) and (item := text_item(form)) in self._texts:
                return (item.id,)
        loose = (self._by_loose_words.get(_loosened(form), ()) for form in _forms(words))
        return next(filter(None, loose), ())

    @cached_property
    def _by_loose_words(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for text in self._texts:
            words = _loosened(text.text)
            found[words] = (*found.get(words, ()), text.id)
        return found


def _loosened(words: str) -> str:
    """Return words without what word processors and spreadsheets change: quotes, dashes, dots."""
    return normalised_text(words.translate(_PLAIN_SIGNS))


def _cell(column: Sequence[str], row: int) -> str:
    return column[row].strip() if column else ""


def _forms(words: str) -> tuple[str, ...]:
    """Return words as they stand, and without the quote that keeps a spreadsheet from running."""
    bare, stripped = without_quote(words), words.strip()
    return (stripped,) if bare == words else (stripped, bare.strip())


def names_here(collection: Collection) -> str:
    """Return what items are called, a picture and a caption first, and how many more there are."""
    firsts = [items[0] for items in (collection.pictures, collection.texts) if items]
    others = (item for item in collection.items.values() if item not in firsts)
    return listed(
        [f"“{shortened(item.label, _NAME_LETTERS)}”" for item in (*firsts, *others)], shown=2
    )
