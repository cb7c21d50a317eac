"""What a file is to the intake, told by its name and, where that says nothing, by its bytes."""

import re
from collections.abc import Callable
from enum import Enum, auto

from collection.caption_table import TEXT_EXTENSIONS
from collection.file_name import extension
from collection.json_values import MAX_JSON_BYTES
from collection.limits import MAX_PICTURE_BYTES, MAX_UPLOAD_BYTES
from collection.picture_format import (
    PICTURE_EXTENSIONS,
    UNREAD_PICTURE_EXTENSIONS,
    looks_like_picture,
)
from collection.workbook import WORKBOOK_EXTENSIONS

CLASS_EXTENSION = "cls"
"""The extension of a file that holds the class of the picture beside it, as in WebDataset."""


class FileKind(Enum):
    """What is done with a file."""

    PICTURE = auto()
    """Decoded, or refused with the reason."""
    TABLE = auto()
    """Read as a table of captions, or refused with the reason."""
    TEXT = auto()
    """Captions of the picture beside it, a table, or a list of captions: its neighbours tell."""
    ARCHIVE = auto()
    """Unpacked."""
    NOTE = auto()
    """About the files and not of them: a licence, a read-me."""
    SYSTEM = auto()
    """Left there by the operating system or a program."""
    OTHER = auto()
    """Nothing that is read here."""


_PACKED = frozenset({"zip", "tar", "gz", "tgz", "bz2", "xz", "7z", "rar", "zst"})
_TEXT_TABLES = frozenset({"csv", "tsv", "tab", "psv", "jsonl", "ndjson", "json"})
_TABLES = frozenset({*_TEXT_TABLES, "parquet", *WORKBOOK_EXTENSIONS})
# Endings under which people keep tables, too.
_UNTOLD = frozenset({"", "dat", "data", "list", "tok", "ann"})
_PICTURE_NAME = re.compile(rb"\.(jpe?g|png|webp|gif|bmp|avif)\b", re.IGNORECASE)
_SYSTEM_FILES = frozenset({"__macosx", "thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"})
_NOTE_ENDINGS = frozenset({"md", "rst", "bib", "url", "webloc", "lnk"})
_NOTE_NAME = re.compile(
    r"(read[ _.-]?me|licen[cs]e|copying|notice|notes?|authors|citation|changelog|credits"
    r"|dataset_infos?|\d+_stats|checksums?|md5sums?|sha256sums?|manifest)([ _.-].*)?",
    re.IGNORECASE,
)


def file_kind(path: str, head: Callable[[], bytes]) -> FileKind:
    """Return the kind of a file; `head` gives its first bytes and is asked only if need be."""
    if is_system_file(path):
        return FileKind.SYSTEM
    path = table_in_gzip(path) or path
    ending = extension(path)
    if ending in PICTURE_EXTENSIONS or ending in UNREAD_PICTURE_EXTENSIONS:
        return FileKind.PICTURE
    if is_note(path):
        return FileKind.NOTE
    for endings, kind in (
        (_PACKED, FileKind.ARCHIVE),
        (_TABLES, FileKind.TABLE),
        ((*TEXT_EXTENSIONS, CLASS_EXTENSION), FileKind.TEXT),
    ):
        if ending in endings:
            return kind
    beginning = head()
    if looks_like_picture(beginning):
        return FileKind.PICTURE
    names_pictures = ending in _UNTOLD and _PICTURE_NAME.search(beginning)
    return FileKind.TABLE if names_pictures and b"\0" not in beginning else FileKind.OTHER


def table_in_gzip(path: str) -> str:
    """Return the path of the table that is packed by itself, as in a.csv.gz; "" for all else."""
    plain = path[:-3] if path.lower().endswith(".gz") else ""
    return plain if extension(plain) in {*_TEXT_TABLES, *TEXT_EXTENSIONS} else ""


def most_bytes(path: str) -> int:
    """Return how large a file may be that is read by itself, by its kind.

    A Parquet file holds many pictures, and one JSON file the captions of a whole data set.
    """
    return {"parquet": MAX_UPLOAD_BYTES, "json": MAX_JSON_BYTES}.get(
        extension(path), MAX_PICTURE_BYTES
    )


def is_system_file(path: str) -> bool:
    """Tell files that systems add to folders, and all that is hidden, from those of people."""
    return any(
        part.casefold() in _SYSTEM_FILES or (part.startswith(".") and part not in (".", ".."))
        for part in path.replace("\\", "/").split("/")
    )


def is_note(path: str) -> bool:
    """Tell by its name whether a file only says something about the others."""
    ending = extension(path)
    base = path.replace("\\", "/").rpartition("/")[2]
    stem = base[: -len(ending) - 1] if ending else base
    if ending in _NOTE_ENDINGS:
        return True
    return ending in ("", "txt", "html", "pdf", "json") and bool(_NOTE_NAME.fullmatch(stem))
