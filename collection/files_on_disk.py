"""Files of one's own machine, read where they lie, however large all of them are together."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from collection.errors import CollectionError
from collection.file_kind import is_system_file, most_bytes
from collection.file_name import display_name
from collection.limits import MAX_FILES_ON_DISK
from collection.upload import HEAD_BYTES


@dataclass(frozen=True, slots=True)
class FileOnDisk:
    """One file: its path below the folder that was opened, and where it lies."""

    name: str
    path: Path

    def head(self) -> bytes:
        """Return the first bytes; none where it cannot be read."""
        try:
            return self._read(HEAD_BYTES)
        except OSError:
            return b""

    def read(self) -> bytes:
        """Return the bytes of a picture, a table or a text.

        Raises CollectionError if it cannot be read, or is larger than one of them may be.
        """
        shown, most = display_name(self.name), most_bytes(self.name)
        try:
            data = self._read(most + 1)
        except OSError as error:
            raise CollectionError(
                f"{shown} cannot be opened. See whether it is there and may be read."
            ) from error
        if len(data) > most:
            raise CollectionError(
                f"{shown} is larger than {most // 2**20} MB, the most that such a file may have. "
                "Save it smaller, or split it."
            )
        return data

    def _read(self, most: int) -> bytes:
        if not self.path.is_file():  # to open a pipe would wait for ever
            raise OSError
        with self.path.open("rb") as file:
            return file.read(most)


def files_at(path: Path) -> list[FileOnDisk]:
    """Return the files of a folder and of the folders in it, in order; or the one file.

    Links to files are followed, those to folders are not, and what is hidden is passed over.
    Raises CollectionError, one plain line, if nothing can be read there.
    """
    try:
        if path.is_file():
            path.open("rb").close()
            return [FileOnDisk(path.name, path)]
        os.scandir(path).close()
    except OSError as error:
        raise CollectionError(
            f"{path} cannot be opened: {(error.strerror or 'unknown reason').lower()}. Give the "
            "path of a folder, a ZIP, a TAR or a Parquet file, and start the app again."
        ) from error
    found = list(islice(_below(path), MAX_FILES_ON_DISK + 1))
    if len(found) > MAX_FILES_ON_DISK:
        raise CollectionError(
            f"{path} holds more than {MAX_FILES_ON_DISK:,} files. Give the path of a smaller "
            "folder, and start the app again."
        )
    if not found:
        raise CollectionError(f"{path} holds no files. Give another path, and start the app again.")
    return found


def _below(folder: Path) -> Iterator[FileOnDisk]:
    for root, folders, names in os.walk(folder):
        inside = Path(root).relative_to(folder)
        folders[:] = sorted(name for name in folders if not is_system_file(name))
        for name in sorted(names):
            yield FileOnDisk((inside / name).as_posix(), Path(root, name))
