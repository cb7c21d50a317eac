"""A TAR on one's own machine, read member by member where it lies."""

import lzma
import stat
import tarfile
import zipfile
import zlib
from pathlib import Path
from typing import IO

from collection.errors import CollectionError
from collection.file_name import display_name

_BROKEN = (tarfile.TarError, OSError, EOFError, ValueError, zlib.error, lzma.LZMAError)
_NAME_IS_UTF8 = 0x800


class TarOnDisk:
    """The members of a TAR, plain or packed, as a `zipfile.ZipFile` tells of its own.

    `damaged`: whether it was cut short, so that members may be missing. Raises CollectionError,
    one plain line, if it is no such archive.
    """

    def __init__(self, path: Path) -> None:
        self.damaged = False
        self._members: dict[str, tarfile.TarInfo] = {}
        self._entries: list[zipfile.ZipInfo] = []
        try:
            self._tar = tarfile.open(path)  # noqa: SIM115 - stays open as long as it is read
        except _BROKEN as error:
            raise CollectionError(
                f"{display_name(path.name)} is damaged or no TAR archive. Pack the files again."
            ) from error
        try:
            for member in self._tar:
                self._add(member)
        except _BROKEN:
            self.damaged = True

    def infolist(self) -> list[zipfile.ZipInfo]:
        """Return all members but folders, in order."""
        return self._entries

    def open(self, entry: zipfile.ZipInfo) -> IO[bytes]:
        """Return a member's bytes, to be read from front to back."""
        content = self._tar.extractfile(self._members[entry.filename])
        if content is None:
            raise OSError(entry.filename)
        return content

    def close(self) -> None:
        """Let the file go."""
        self._tar.close()

    def _add(self, member: tarfile.TarInfo) -> None:
        if member.isdir():
            return
        entry = zipfile.ZipInfo(member.name)
        entry.file_size = member.size
        entry.flag_bits |= _NAME_IS_UTF8
        entry.external_attr = (stat.S_IFREG if member.isreg() else stat.S_IFLNK) << 16
        self._members.setdefault(entry.filename, member)
        self._entries.append(entry)
