"""The tables and texts of one go, read and given back by what they say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from collection.caption_rows import CaptionTable, looks_like_picture
from collection.caption_table import read_caption_table, table_of
from collection.columns import Columns, IsPicture
from collection.errors import CollectionError
from collection.file_kind import CLASS_EXTENSION
from collection.file_name import extension, listed
from collection.intake_files import IntakeFile, IntakeFiles
from collection.layouts import BESIDE, WEBDATASET, SeenTable, layout_of
from collection.picture_names import WITHOUT_ENDING, PictureNames
from collection.table_formats import read_table
from collection.table_unclear import TableRows, TableUnclear
from collection.texts_beside import (
    Place,
    pictures_by_place,
    place_beside,
    read_texts_beside,
)
from collection.upload import Remark

_BEGINNING = 2048

_LEMMAS = ".lemma."
"""In the name of a list that holds the captions of another one, each word in its basic form."""


class ReadTable(NamedTuple):
    """A table that was read, the file it came from, and its layout ("" without a name)."""

    file: IntakeFile
    table: CaptionTable
    layout: str = ""


@dataclass(frozen=True)
class TableQuestion:
    """A table that only the person can tell how to read: its columns, or its encoding as well.

    `readings` maps each encoding that it may be in to how it looks then; there is one, called "",
    if only the columns are asked for. A list of captions has no columns. The question keeps the
    table, and under which names the pictures of its go were found.
    """

    file: IntakeFile
    names: PictureNames
    readings: Mapping[str, TableRows]
    guess: Columns

    @property
    def name(self) -> str:
        """The table's name, with that of the archive it lies in."""
        return f"{self.file.archive}: {self.file.name}" if self.file.archive else self.file.name


@dataclass
class ReadTables:
    """What the tables of one go say, what is to be asked, and what is to be said."""

    tables: list[ReadTable] = field(default_factory=list)
    questions: list[TableQuestion] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def read_tables(files: IntakeFiles, names: PictureNames) -> ReadTables:
    """Read the tables, and the texts: each beside a picture, a table, or a list of captions."""
    read = ReadTables()
    places = pictures_by_place(files.pictures)
    beside = [file for file in (*files.texts, *files.tables) if _is_beside(file, places)]
    _add_texts_beside(read, beside, places)
    known = {file.key for file in beside}
    unread: dict[str, list[str]] = {}
    paths = {(file.scope, file.path) for file in (*files.tables, *files.texts)}
    for file in (*files.tables, *files.texts):
        if file.key in known:
            continue
        if _LEMMAS in file.path and (file.scope, file.path.replace(_LEMMAS, ".")) in paths:
            words = "not read, for the same captions are here with all their endings"
            read.remarks.append(file.remark(f"{file.name}: {words}.", serious=False))
            continue
        try:
            read.tables.append(read_one(file, names))
        except TableUnclear as unclear:
            read.questions.append(_question(file, names, unclear))
        except CollectionError as error:
            if file in files.texts and file.archive:
                unread.setdefault(file.archive, []).append(file.name)
            else:
                read.remarks.append(file.remark(str(error)))
    for archive, texts in unread.items():
        words = "not read, having no captions of pictures"
        advice = "If it is a list of captions, upload it by itself."
        read.remarks.append(Remark(f"{archive}: {words}: {listed(texts)}. {advice}", True))
    return read


def read_one(
    file: IntakeFile,
    names: PictureNames,
    columns: Columns | None = None,
    encoding: str | None = None,
) -> ReadTable:
    """Read one table, by these columns and in this encoding if they are given.

    Raises what `read_table` raises.
    """
    try:
        return _read(file, partial(_is_picture, names, file), columns, encoding)
    except TableUnclear as unclear:
        if unclear.guess.file_name is not None:
            raise
        # No column names pictures as they are written: perhaps one does without their endings.
        return _read(file, partial(_is_picture, names, file, whole=False), columns, encoding)


def _read(
    file: IntakeFile, is_picture: IsPicture, columns: Columns | None, encoding: str | None
) -> ReadTable:
    if file.grid:
        table = table_of(file.name, file.grid, is_picture, columns)
        return ReadTable(file, table, layout_of(SeenTable(file.path, table.header)))
    if extension(file.path) == CLASS_EXTENSION:
        raise CollectionError(
            f"{file.name} lies beside no picture of that name, so nothing was read. Upload it "
            "together with the picture."
        )
    data = file.read()
    if extension(file.path) == "txt" and file.archive:
        table = read_caption_table(
            file.path, data, is_picture, columns, encoding=encoding, lines_are_captions=False
        )
    else:
        table = read_table(file.path, data, is_picture, columns, encoding)
    beginning = data[:_BEGINNING].decode("utf-8", "replace")
    seen = SeenTable(file.path, table.header, beginning, table.format)
    return ReadTable(file, table, layout_of(seen))


def _question(file: IntakeFile, names: PictureNames, unclear: TableUnclear) -> TableQuestion:
    # With the bytes of the table alone, so that an archive around it is let go.
    alone = file if file.grid else file._replace(read=partial(bytes, file.read()))
    return TableQuestion(alone, names, unclear.readings, unclear.guess)


def _add_texts_beside(
    read: ReadTables, files: Sequence[IntakeFile], places: Mapping[Place, Sequence[IntakeFile]]
) -> None:
    """Read the texts beside pictures, as one table for each archive."""
    scopes: dict[str | None, list[IntakeFile]] = {}
    for file in files:
        scopes.setdefault(file.scope, []).append(file)
    for alike in scopes.values():
        found = read_texts_beside(alike, places)
        read.remarks += found.remarks
        root = alike[0]._replace(path="the text beside it")
        layout = WEBDATASET if found.with_data else BESIDE
        read.tables.append(ReadTable(root, found.table, layout))


def _is_beside(file: IntakeFile, places: Mapping[Place, Sequence[IntakeFile]]) -> bool:
    kinds = ("json", "txt", "caption", "captions", CLASS_EXTENSION)
    return extension(file.path) in kinds and place_beside(file, places) is not None


def _is_picture(names: PictureNames, file: IntakeFile, cell: str, *, whole: bool = True) -> bool:
    """Tell whether a cell names a picture: as such by its ending, or one that is here.

    `whole`: one that is here is named with its ending.
    """
    if not cell.strip() or len(cell) > 300:
        return False
    if looks_like_picture(cell):
        return True
    found = names.find(file.scope, file.path, cell)
    return bool(found.ids) and not (whole and found.how == WITHOUT_ENDING)
