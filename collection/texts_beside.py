"""Captions in a file of their own beside each picture: cat.png with cat.txt, .json or .cls."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from collection.caption_rows import CaptionRow, CaptionTable
from collection.caption_table import read_caption_lines
from collection.cells import captions_in
from collection.columns import MAIN_LABEL, named_columns
from collection.errors import CollectionError
from collection.file_kind import CLASS_EXTENSION
from collection.file_name import display_name, extension, listed
from collection.intake_files import IntakeFile
from collection.items import normalised_text
from collection.text_file import decoded_text
from collection.upload import Remark

Place = tuple[str | None, str | None, str]
"""Archive, folder (None for any) and name."""

_LABEL_CHARACTERS = 200

_TEXT_FOLDERS = frozenset(
    {"caption", "captions", "text", "texts", "txt", "prompts", "descriptions", "annotations"}
)
"""Folders whose texts belong to the pictures of other folders."""


@dataclass
class TextsBeside:
    """The captions beside pictures, file by file in one table, and what is to be said of them.

    The rows name pictures by their whole paths. `with_data`: there are JSON files as well, as
    img2dataset writes them.
    """

    rows: list[CaptionRow] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    with_data: bool = False

    @property
    def table(self) -> CaptionTable:
        """All captions as one table."""
        return CaptionTable("The text beside it", tuple(self.rows), ())


def pictures_by_place(pictures: Iterable[IntakeFile]) -> Mapping[Place, list[IntakeFile]]:
    """Return the pictures by folder and name, with their ending and without."""
    places: dict[Place, list[IntakeFile]] = {}
    for file in pictures:
        scope, folder, stem = file.beside
        full = file.path.replace("\\", "/").rpartition("/")[2]
        for name in {stem, full}:
            places.setdefault((scope, folder, name), []).append(file)
        places.setdefault((scope, None, stem), []).append(file)
    return places


def place_beside(file: IntakeFile, places: Mapping[Place, Sequence[IntakeFile]]) -> Place | None:
    """Return the place of the picture that a text belongs to; None if there is none.

    It lies beside it, or in a folder for texts where only one picture has its name.
    """
    scope, folder, stem = file.beside
    if (scope, folder, stem) in places:
        return scope, folder, stem
    if _TEXT_FOLDERS.isdisjoint(folder.casefold().split("/")):
        return None
    anywhere = (scope, None, stem)
    return anywhere if len(places.get(anywhere, ())) == 1 else None


def read_texts_beside(
    files: Sequence[IntakeFile], places: Mapping[Place, Sequence[IntakeFile]]
) -> TextsBeside:
    """Read the captions of files that lie beside pictures; a text counts before a JSON file."""
    result = TextsBeside()
    blank: list[IntakeFile] = []
    texts = {f.beside for f in files if extension(f.path) not in ("json", CLASS_EXTENSION)}
    for file in files:
        is_data = extension(file.path) == "json"
        result.with_data |= is_data
        if is_data and file.beside in texts:
            continue
        place_of_it = place_beside(file, places)
        pictures = places[place_of_it] if place_of_it else ()
        if len(pictures) > 1:
            words = f"{file.name} lies beside {listed([p.name for p in pictures])}. Rename all "
            result.remarks.append(file.remark(words + "but one and upload them again."))
            continue
        try:
            table = _captions_of(file, pictures[0].path)
        except CollectionError as error:
            result.remarks.append(file.remark(str(error)))
            continue
        result.rows += table.rows
        result.remarks += (file.remark(r.text, r.serious) for r in table.remarks if table.rows)
        if not table.rows:
            blank.append(file)
    if blank:
        names = listed([file.name for file in blank])
        words = f"No caption was found in {names}, beside pictures. Write one and upload it again."
        result.remarks.append(blank[0].remark(words))
    return result


def _captions_of(file: IntakeFile, picture: str) -> CaptionTable:
    text = decoded_text(display_name(file.path), file.read()).text
    kind = extension(file.path)
    if kind == CLASS_EXTENSION:
        label = next((words for line in text.split("\n") if (words := normalised_text(line))), "")
        rows = [CaptionRow(picture, "", 1, ((MAIN_LABEL, label[:_LABEL_CHARACTERS]),))]
        return CaptionTable(file.name, tuple(rows) if label else (), ())
    if kind == "json":
        text = "\n".join(_captions_in_json(text))
    if not any(character.isalpha() for character in text):  # such as the boxes of a detector
        return CaptionTable(file.name, (), ())
    return read_caption_lines(file.name, text, picture)


def _captions_in_json(text: str) -> list[str]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return []
    if not isinstance(found, dict):
        return []
    texts = [list(found.values())[at] for at in named_columns(tuple(found)).texts]
    return [words for cell in texts if isinstance(cell, str) for words in captions_in(cell)]
