"""The parts of a session file, each read with a bound, whatever the ZIP claims about them."""

import struct
import tokenize
import zipfile
import zlib
from typing import IO, Any

import numpy as np

from collection.archive import MAX_ENTRIES
from collection.embeddings import FloatArray
from exchange.errors import SessionFileError
from exchange.session_contents import DESCRIPTION

_ENTRY_SIGNATURE = b"PK\x01\x02"
_IS_LOCKED = 0x1
_PLAIN_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MAX_ARRAY_HEADER = 10_000
_MAX_DIRECTORY_BYTES = 64 * 2**20
_BROKEN = (
    zipfile.BadZipFile, OSError, EOFError, ValueError, LookupError, RuntimeError, OverflowError,
    MemoryError, NotImplementedError, struct.error, zlib.error,
    # What NumPy raises on the header of an array, which it takes for Python.
    SyntaxError, TypeError, tokenize.TokenError, Warning,
)  # fmt: skip


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
        except _BROKEN:
            return None
        return data if len(data) == entry.file_size else None

    def read_array(self, path: str, shape: tuple[int, int]) -> FloatArray | None:
        """Return an array of float32 in exactly this shape; None where there is no such one."""
        entry = self._entry(path)
        most = 4 * shape[0] * shape[1] + _MAX_ARRAY_HEADER
        if entry is None or entry.file_size > most:
            return None
        try:
            with self._zip.open(entry) as stream:
                return _array(stream, shape)
        except _BROKEN:
            return None

    def _entry(self, path: str) -> zipfile.ZipInfo | None:
        entry = self._entries.get(self._folder + path)
        if entry is None or entry.flag_bits & _IS_LOCKED:
            return None
        return entry if entry.compress_type in _PLAIN_PACKINGS else None


def _nothing(_: Any) -> None:
    pass


def _opened(name: str, file: IO[bytes]) -> zipfile.ZipFile:
    try:
        # Counted before zipfile makes an object of each.
        if _entries_claimed(file) > 2 * MAX_ENTRIES:
            raise SessionFileError(f"{name} holds more files than any session does.")
        return zipfile.ZipFile(file)
    except _BROKEN:
        raise SessionFileError(
            f"{name} is damaged or no session file. Save the session again and open that."
        ) from None


def _entries_claimed(file: IO[bytes]) -> int:
    """Return how many entries the directory at the end of the file can hold at most."""
    end = file.seek(0, 2)
    file.seek(max(0, end - _MAX_DIRECTORY_BYTES))
    found = file.read().count(_ENTRY_SIGNATURE)
    file.seek(0)
    return found


def _array(stream: IO[bytes], shape: tuple[int, int]) -> FloatArray | None:
    """Read an array that says it is what is wanted, before any memory is taken for it."""
    version = np.lib.format.read_magic(stream)
    read_header = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }.get(version)
    if read_header is None:
        return None
    found_shape, by_columns, dtype = read_header(stream, max_header_size=_MAX_ARRAY_HEADER)
    if found_shape != shape or by_columns or dtype != np.dtype("<f4"):
        return None
    data = stream.read(4 * shape[0] * shape[1] + 1)
    if len(data) != 4 * shape[0] * shape[1]:
        return None
    return np.frombuffer(data, dtype="<f4").reshape(shape).astype(np.float32)
