"""Which column of a table names the picture, which are captions, which are labels."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from collection.cells import Cell, says_nothing, without_invisible

FILE_NAME_COLUMNS = (
    *("file_name", "filename", "file", "image", "image_name", "image_path", "image_file"),
    *("filepath", "file_path", "path", "img", "img_name", "img_path", "picture", "photo"),
    *("image_url", "img_url", "url"),
)
TEXT_COLUMNS = (
    *("text", "caption", "captions", "sentence", "sentences", "description", "comment"),
    *("title", "prompt", "alt_text", "alt", "texts", "raw", "caption_text"),
)
"""Names that a column may have, in any case; the first that is there counts."""

SPLIT = "split"

LABEL_COLUMNS = ("label", "labels", "category", "class", "class_name", SPLIT)
"""Names of columns that sort pictures into groups."""

MAIN_LABEL = "label"
"""What the first column of classes is called in a collection, and a class folder's name."""

_NUMBERED = re.compile(r"(.*[a-z])[_ ]?\d{1,3}")
_SAMPLE_ROWS = 200

IsPicture = Callable[[str], bool]
"""Tells whether a cell names a picture: one that is here, or by its ending."""


class Columns(NamedTuple):
    """Where a row holds the picture's name (None: nowhere), its captions and its labels.

    `labels` are pairs of the label's name and the column.
    """

    file_name: int | None
    texts: tuple[int, ...] = ()
    labels: tuple[tuple[str, int], ...] = ()


class ColumnGuess(NamedTuple):
    """The likely columns of a table, and whether they are clear enough to read it unasked.

    `only_pictures`: whether it names several pictures a row and has no word beside them, as
    lists of people's judgements have.
    """

    columns: Columns
    clear: bool
    only_pictures: bool = False


def column_name(cell: Cell) -> str:
    """Return the form in which names of columns are compared: “Alt-Text ” as alt_text."""
    words = cell if isinstance(cell, str) else " ".join(cell)
    return "_".join(without_invisible(words).casefold().replace("-", " ").split())


def named_columns(header: Sequence[Cell]) -> Columns:
    """Return the columns that are known by their names."""
    names = [column_name(cell) for cell in header]
    file_name = next((names.index(known) for known in FILE_NAME_COLUMNS if known in names), None)
    main = next((known for known in TEXT_COLUMNS if known in names), None)
    if main is None:
        main = next((stem for name in names if (stem := _stem(name)) in TEXT_COLUMNS), None)
    texts = tuple(
        at
        for at, name in enumerate(names)
        if main and main in (name, _stem(name)) and at != file_name
    )
    return Columns(file_name, texts, _labels(names))


def unread_captions(header: Sequence[Cell], columns: Columns) -> list[str]:
    """Return the names of columns that look like captions by name and are not read as such."""
    return [
        without_invisible(cell)
        for at, cell in enumerate(header)
        if isinstance(cell, str)
        and column_name(cell) in TEXT_COLUMNS
        and at not in (columns.file_name, *columns.texts)
    ]


def guessed_columns(
    header: Sequence[Cell], rows: Sequence[Sequence[Cell]], is_picture: IsPicture
) -> ColumnGuess:
    """Guess the columns by their names, then by what stands in the first rows.

    Clear is a table with one column of pictures and either captions by name, or one column alone
    that reads as sentences; everything else is for the person to say.
    """
    named, sample = named_columns(header), rows[:_SAMPLE_ROWS]
    width = max(map(len, [header, *sample]), default=0)
    columns = [[row[at] for row in sample if at < len(row)] for at in range(width)]
    file_name = named.file_name
    if named.texts and file_name is not None and _share(columns[file_name], is_picture) >= 0.5:
        # Nothing else is looked up: in a large collection that takes seconds.
        return ColumnGuess(named, clear=True)
    pictures = [_share(cells, is_picture) for cells in columns]
    best = max(range(width), key=pictures.__getitem__, default=None)
    if best is not None and pictures[best] >= 0.5 and best != file_name:
        # what the cells say counts before a name, such as a column "image" full of numbers
        file_name = best if file_name is None or pictures[file_name] < 0.5 else file_name
    texts = tuple(at for at in named.texts if at != file_name)
    labels = tuple(label for label in named.labels if label[1] != file_name)
    others = [at for at in range(width) if at != file_name and at not in texts]
    clear = bool(texts)
    if not texts:
        no_pictures = [at for at in others if pictures[at] < 0.5]
        texts, labels, clear = _by_their_cells(columns, others, no_pictures, labels)
    has_pictures = file_name is not None and (
        file_name == named.file_name or pictures[file_name] > 0
    )
    guess = Columns(file_name, texts, labels)
    several = sum(share >= 0.5 for share in pictures) > 1
    words = (at for at in others if pictures[at] < 0.5 and _share(columns[at], _is_words) > 0)
    only_pictures = several and not texts and next(words, None) is None
    alone = width == 1 and bool(named.texts)
    return ColumnGuess(guess, clear and (has_pictures or alone), only_pictures)


def _by_their_cells(
    columns: Sequence[Sequence[Cell]],
    others: Sequence[int],
    no_pictures: Sequence[int],
    labels: tuple[tuple[str, int], ...],
) -> tuple[tuple[int, ...], tuple[tuple[str, int], ...], bool]:
    """Return captions, labels and whether that is clear, where no caption is known by its name."""
    sentences = [at for at in others if _share(columns[at], _is_sentence) >= 0.5]
    texts = tuple(sentences[:1])
    labels = tuple(label for label in labels if label[1] not in texts)
    if texts:
        return texts, labels, len(sentences) == 1
    classes = [at for name, at in labels if name != SPLIT]
    has_words = [at for at in no_pictures if _share(columns[at], _is_words) >= 0.5]
    words = [at for at in has_words if at not in {at for _, at in labels}]
    # Where the labels are numbers, and words stand beside them, the words may be what counts.
    if labels and (not words or any(at in has_words for at in classes)):
        return (), labels, True
    repeated = [at for at in words if len(set(columns[at])) < len(columns[at])]
    if not labels and repeated and repeated == words:
        return (), ((MAIN_LABEL, repeated[0]),), False
    return tuple(words[:1]), labels, False


def _labels(names: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """The first column of classes is the label, whatever it is called; others keep their names."""
    found: dict[str, int] = {}
    for known in LABEL_COLUMNS:
        if known in names:
            name = known if known == SPLIT or MAIN_LABEL in found else MAIN_LABEL
            found[name] = names.index(known)
    return tuple(found.items())


def _stem(name: str) -> str:
    """Return “caption” for caption_1, caption2 and the like; "" for other names."""
    numbered = _NUMBERED.fullmatch(name)
    return numbered[1].rstrip("_") if numbered else ""


def _share(cells: Sequence[Cell], holds: Callable[[str], bool]) -> float:
    """Return the share of the cells that say anything for which this holds."""
    said = [cell if isinstance(cell, str) else " ".join(cell) for cell in cells]
    said = [cell for cell in said if not says_nothing(cell)]
    return sum(map(holds, said)) / len(said) if said else 0.0


def _is_words(cell: str) -> bool:
    return any(character.isalpha() for character in cell)


def _is_sentence(cell: str) -> bool:
    """Two words at least, or signs of a script that puts no blanks between words."""
    words = [word for word in cell.split() if _is_words(word)]
    unspaced = sum(character >= "\u2e80" and character.isalpha() for character in cell)
    return len(words) > 1 or unspaced > 3
