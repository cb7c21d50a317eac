"""A ZIP of pictures and caption tables, read member by member; nothing is written to disk."""

import io
import posixpath
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import IO, NamedTuple, Protocol

from collection.errors import CollectionError
from collection.file_kind import FileKind, file_kind, is_system_file, most_bytes
from collection.file_name import display_name, listed
from collection.json_values import MAX_JSON_BYTES
from collection.limits import (
    MAX_FILES_ON_DISK,
    MAX_ITEMS,
    MAX_PICTURE_BYTES,
    MAX_UPLOAD_BYTES,
)
from collection.upload import HEAD_BYTES, Remark

MAX_ENTRIES = 10 * MAX_ITEMS
"""Entries of any kind in one archive; macOS alone adds one of its own to each file."""

_ENTRY_SIGNATURE = b"PK\x01\x02"
_NAME_IS_UTF8 = 0x800
_IS_LOCKED = 0x1

# The code pages that programs for Chinese, Japanese, Korean, Cyrillic and Western names write in.
_CODE_PAGES = ("cp932", "gbk", "big5", "cp949", "cp866", "cp1251", "cp1252", "cp850")
_BROKEN = (
    zipfile.BadZipFile, OSError, EOFError, ValueError, LookupError, RuntimeError, OverflowError,
    MemoryError, struct.error, zlib.error,
)  # fmt: skip


class _Reason(NamedTuple):
    """Why entries are left out, what to do, and whether that is a loss."""

    why: str
    advice: str
    serious: bool = True


_TWICE = _Reason("left out, for another file has the same path", "Rename one and pack them again.")
_TOTAL = _Reason(
    f"left out, beyond the {MAX_UPLOAD_BYTES // 2**20} MB that an archive may hold",
    "Pack them as a second archive.",
)
_UNREAD = _Reason(
    "not read, being neither pictures nor tables of captions",
    "If they hold captions, save those as CSV and upload that.",
)
_NOTES = _Reason("not read, being notes", "Nothing needs to be done.", serious=False)


class Container(Protocol):
    """What holds the members of an archive, as `zipfile.ZipFile` does."""

    def infolist(self) -> list[zipfile.ZipInfo]:
        """Return what is known of each member."""

    def open(self, entry: zipfile.ZipInfo, /) -> IO[bytes]:
        """Return a member's bytes, to be read from front to back."""

    def close(self) -> None:
        """Let the file go."""


class Archive:
    """The files of a ZIP, by their paths inside it.

    `source` is the bytes of an upload, the path of a file on one's own machine, which may be of
    any size, or the members of another kind of archive there. `pictures`, `tables` and `texts`
    are paths in the archive's order; `remarks` says what was left out. Raises CollectionError,
    one plain line, if the file is no ZIP or cannot be read as one.
    """

    def __init__(self, name: str, source: bytes | Path | Container) -> None:
        self.name = display_name(name)
        uploaded = isinstance(source, bytes)
        self._zip = _opened(self.name, source) if isinstance(source, bytes | Path) else source
        entries = self._zip.infolist()
        if not uploaded and len(entries) > MAX_FILES_ON_DISK:
            raise _too_many(self.name, MAX_FILES_ON_DISK)
        self._entries, left_out = _sorted_entries(entries, MAX_UPLOAD_BYTES if uploaded else None)
        kinds = {path: file_kind(path, partial(self._head, path)) for path in self._entries}
        for kind, reason in ((FileKind.OTHER, _UNREAD), (FileKind.NOTE, _NOTES)):
            if names := [display_name(path) for path, found in kinds.items() if found is kind]:
                left_out = {**left_out, reason: names}

        def of_kind(kind: FileKind) -> tuple[str, ...]:
            return tuple(path for path, found in kinds.items() if found is kind)

        self.pictures = of_kind(FileKind.PICTURE)
        self.tables = of_kind(FileKind.TABLE)
        self.texts = of_kind(FileKind.TEXT)
        remarks = [
            Remark(f"{self.name}: {reason.why}: {listed(names)}. {reason.advice}", reason.serious)
            for reason, names in left_out.items()
        ]
        if not (self.pictures or self.tables or self.texts):
            nothing = "holds no picture and no table that can be read. Pack some and upload it."
            remarks.append(Remark(f"{self.name} {nothing}", serious=True))
        self.remarks = tuple(remarks)

    def close(self) -> None:
        """Let the file go; nothing can be read of it any more."""
        self._zip.close()

    def other_paths(self, path: str) -> tuple[str, ...]:
        """Return the path as it reads in other code pages, where its encoding is not stated."""
        entry = self._entries[path]
        if entry.flag_bits & _NAME_IS_UTF8 or entry.filename.isascii():
            return ()
        try:
            raw = entry.filename.encode("cp437")
        except UnicodeEncodeError:
            return ()
        found = (raw.decode(page, "ignore") for page in _CODE_PAGES)
        return tuple(dict.fromkeys(other.replace("\\", "/") for other in found))

    def _head(self, path: str) -> bytes:
        try:
            with self._zip.open(self._entries[path]) as stream:
                return stream.read(HEAD_BYTES)
        except _BROKEN:
            return b""

    def read(self, path: str) -> bytes:
        """Return the unpacked bytes of one of the paths.

        Raises CollectionError if they are damaged or not of the size that the archive states.
        """
        entry = self._entries[path]
        try:
            with self._zip.open(entry) as stream:
                # The size is only a claim, so one byte more is asked for, never all there is.
                data = stream.read(entry.file_size + 1)
        except _BROKEN as error:
            raise self._damaged(path) from error
        if len(data) != entry.file_size:
            raise self._damaged(path)
        return data

    def _damaged(self, path: str) -> CollectionError:
        return CollectionError(
            f"{display_name(path)} is damaged inside the archive. "
            "Pack the files again and upload the new archive."
        )


def _opened(name: str, source: bytes | Path) -> zipfile.ZipFile:
    if isinstance(source, bytes):
        _check_upload(name, source)
    try:
        return zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except _BROKEN as error:
        raise CollectionError(
            f"{name} is damaged or no ZIP archive. Pack the files again and upload the new archive."
        ) from error


def _check_upload(name: str, data: bytes) -> None:
    if len(data) > MAX_UPLOAD_BYTES:
        raise CollectionError(
            f"{name} is larger than {MAX_UPLOAD_BYTES // 2**20} MB. Pack its files as several "
            "archives and upload those."
        )
    # Counted before zipfile makes an object of each: never more entries than signatures.
    if data.count(_ENTRY_SIGNATURE) > MAX_ENTRIES:
        raise _too_many(name, MAX_ENTRIES)


def _too_many(name: str, most: int) -> CollectionError:
    return CollectionError(f"{name} holds more than {most:,} files. Pack fewer and upload that.")


def _sorted_entries(
    entries: Iterable[zipfile.ZipInfo], most_bytes: int | None
) -> tuple[Mapping[str, zipfile.ZipInfo], Mapping[_Reason, list[str]]]:
    """Return path → entry of what can be read, and reason → names of what cannot."""
    readable: dict[str, zipfile.ZipInfo] = {}
    left_out: dict[_Reason, list[str]] = {}
    total = 0
    for entry in entries:
        path = _path(entry)
        if path.endswith("/") or is_system_file(path):
            continue
        plain = posixpath.normpath(path)
        reason = next((reason for refuses, reason in _CHECKS if refuses(entry, path)), None)
        if reason is None and plain in readable:
            reason = _TWICE
        if reason is None and most_bytes is not None and total + entry.file_size > most_bytes:
            reason = _TOTAL
        if reason is None:
            readable[plain] = entry
            total += entry.file_size
        else:
            left_out.setdefault(reason, []).append(display_name(path))
    return readable, left_out


def _path(entry: zipfile.ZipInfo) -> str:
    """Return the path with forward slashes, in the encoding that it was most likely written in.

    The format says code page 437 unless a flag says UTF-8; macOS writes UTF-8 without the flag.
    """
    name = entry.filename
    if not entry.flag_bits & _NAME_IS_UTF8:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = entry.filename
    return name.replace("\\", "/")


def _leads_outside(_entry: zipfile.ZipInfo, path: str) -> bool:
    return path.startswith("/") or ".." in path.split("/") or bool(re.match("[A-Za-z]:", path))


def _is_no_file(entry: zipfile.ZipInfo, _path: str) -> bool:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return kind not in (0, stat.S_IFREG)


def _is_larger(most: int, entry: zipfile.ZipInfo, path: str) -> bool:
    return most_bytes(path) == most < entry.file_size


_CHECKS: tuple[tuple[Callable[[zipfile.ZipInfo, str], bool], _Reason], ...] = (
    (
        _leads_outside,
        _Reason("left out, for the path leads outside the archive", "Pack them in plain folders."),
    ),
    (
        _is_no_file,
        _Reason("left out, being a link and not a file", "Pack the files themselves."),
    ),
    (
        lambda _entry, path: file_kind(path, bytes) is FileKind.ARCHIVE,
        _Reason("left out, an archive in the archive", "Unpack it and upload its files."),
    ),
    (
        lambda entry, _path: bool(entry.flag_bits & _IS_LOCKED),
        _Reason("left out, locked with a password", "Pack them again without a password."),
    ),
    (
        lambda entry, _path: entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED),
        _Reason("left out, packed in an unusual way", "Pack them again as an ordinary ZIP."),
    ),
    *(
        (
            partial(_is_larger, most),
            _Reason(
                f"left out, larger than {most // 2**20} MB",
                "Save them smaller and pack them again.",
            ),
        )
        for most in (MAX_PICTURE_BYTES, MAX_JSON_BYTES, MAX_UPLOAD_BYTES)
    ),
)
