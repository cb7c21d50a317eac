"""The parts of a session file, each read with a bound, whatever the ZIP claims about them."""

import zipfile
from typing import IO, Any

import numpy as np

from collection.embeddings import FloatArray
from exchange.bounded_zip import (
    BROKEN,
    MAX_ARRAY_HEADER,
    ArrayHeader,
    array_header,
    array_of,
    holds_too_many_files,
    is_plain,
)
from exchange.errors import SessionFileError
from exchange.session_file.contents import DESCRIPTION


class SessionArchive:
    """An open session file; nothing of it is ever written to a disk.

    Raises SessionFileError if it is no ZIP, or none that holds a session.
    """

    def __init__(self, name: str, file: IO[bytes]) -> None:
        self.name = name
        self._zip = _opened(name, file)
        self._entries: dict[str, zipfile.ZipInfo] = {}
        twice: set[str] = set()
        for entry in self._zip.infolist():
            (twice.add if entry.filename in self._entries else _nothing)(entry.filename)
            self._entries[entry.filename] = entry
        for path in twice:  # which one is meant, nobody can tell
            del self._entries[path]
        self._folder = self._folder_of_the_description()

    def _folder_of_the_description(self) -> str:
        """Return the folder that was packed, "" where its files were: some programs add one."""
        found = [
            path[: -len(DESCRIPTION)]
            for path in self._entries
            if path == DESCRIPTION or path.endswith(f"/{DESCRIPTION}")
        ]
        ours = [path for path in found if not path.startswith("__MACOSX/")]
        if not ours:
            raise SessionFileError(
                f"{self.name} is no session file: it has no {DESCRIPTION}. Pictures and captions "
                "are brought in on the page Collection."
            )
        return min(ours, key=len)

    def read(self, path: str, most: int) -> bytes | None:
        """Return the bytes of a part; None where it is missing, damaged or longer than `most`."""
        entry = self._entry(path)
        if entry is None or entry.file_size > most:
            return None
        try:
            with self._zip.open(entry) as stream:
                # The size is only a claim, so one byte more is asked for, never all there is.
                data = stream.read(entry.file_size + 1)
        except BROKEN:
            return None
        return data if len(data) == entry.file_size else None

    def read_array(self, path: str, shape: tuple[int, int]) -> FloatArray | None:
        """Return an array of float32 in exactly this shape; None where there is no such one."""
        entry = self._entry(path)
        most = 4 * shape[0] * shape[1] + MAX_ARRAY_HEADER
        if entry is None or entry.file_size > most:
            return None
        try:
            with self._zip.open(entry) as stream:
                return _array(stream, shape)
        except BROKEN:
            return None

    def _entry(self, path: str) -> zipfile.ZipInfo | None:
        entry = self._entries.get(self._folder + path)
        return entry if entry is not None and is_plain(entry) else None


def _nothing(_: Any) -> None:
    pass


def _opened(name: str, file: IO[bytes]) -> zipfile.ZipFile:
    try:
        if holds_too_many_files(file):
            raise SessionFileError(f"{name} holds more files than any session does.")
        return zipfile.ZipFile(file)
    except BROKEN:
        raise SessionFileError(
            f"{name} is damaged or no session file. Save the session again and open that."
        ) from None


def _array(stream: IO[bytes], shape: tuple[int, int]) -> FloatArray | None:
    """Read an array that says it is what is wanted, before any memory is taken for it."""
    header = array_header(stream)
    if header != ArrayHeader(shape, False, np.dtype("<f4")):
        return None
    found = array_of(stream, header)
    return None if found is None else found.astype(np.float32)
