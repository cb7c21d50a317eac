"""The files of one go of uploads, those in archives too, each with what it is to the intake."""

import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from collection.archive import Archive
from collection.errors import CollectionError
from collection.file_kind import FileKind, file_kind, table_in_gzip
from collection.file_name import display_name, extension, listed
from collection.files_on_disk import FileOnDisk
from collection.grid import Grid
from collection.gzip_table import unpacked_table
from collection.parquet_contents import OneAtATime, parquet_contents
from collection.parquet_table import PARQUET_EXTENSIONS
from collection.picture_names import PictureNames
from collection.random_sample import SAMPLE_SEED
from collection.tar_archive import tar_archive
from collection.tar_on_disk import TarOnDisk
from collection.upload import Remark, Upload


class IntakeFile(NamedTuple):
    """A file to read: its path, what gives its bytes, and the archive it lies in, if in one.

    `key` tells it from all others of one go; `scope` tells archives apart, which may have the
    same name. `other_paths`: the path as it reads in other code pages. `grid`: the rows of a
    table that were read already, with the pictures that lay in them.
    """

    path: str
    read: Callable[[], bytes]
    key: str = ""
    archive: str | None = None
    scope: str | None = None
    other_paths: tuple[str, ...] = ()
    grid: Grid | None = None

    @property
    def name(self) -> str:
        """The file's name as it is shown."""
        return display_name(self.path)

    @property
    def beside(self) -> tuple[str | None, str, str]:
        """Where it lies, and its name without the ending: alike for a picture and its text."""
        folder, base = posixpath.split(self.path.replace("\\", "/"))
        return self.scope, folder, posixpath.splitext(base)[0]

    def remark(self, text: str, serious: bool = True) -> Remark:
        """Return a remark about this file that also names the archive it lies in."""
        return Remark(f"{self.archive}: {text}" if self.archive else text, serious)


@dataclass
class IntakeFiles:
    """The files by what is done with them, in order, and what there is to say already.

    seed: that of the random rows of a table that is too large; sample_lines say so of each.
    """

    pictures: list[IntakeFile] = field(default_factory=list)
    tables: list[IntakeFile] = field(default_factory=list)
    texts: list[IntakeFile] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    archives: list[Archive] = field(default_factory=list)
    on_disk: OneAtATime = field(default_factory=OneAtATime)
    seed: int = SAMPLE_SEED
    sample_lines: list[str] = field(default_factory=list)

    def close(self) -> None:
        """Let all files go that lie on disk."""
        for archive in self.archives:
            archive.close()
        self.on_disk.close()

    def noted_names(self, names: PictureNames) -> None:
        """Note under which names the pictures can be found."""
        for file in self.pictures:
            names.add(file.key, file.scope, file.path, file.other_paths)


Source = Upload | FileOnDisk
"""What brings a file: the browser, or one's own machine."""


def _tar(name: str, source: bytes | Path) -> Archive:
    if isinstance(source, bytes):
        return tar_archive(name, source)
    members = TarOnDisk(source)
    archive = Archive(name, members)
    if members.damaged:
        words = "it is damaged or cut short, so what lies behind was not read. Pack it again."
        archive.remarks = (*archive.remarks, Remark(f"{archive.name}: {words}", serious=True))
    return archive


_OPENERS: Mapping[str, Callable[[str, bytes | Path], Archive]] = MappingProxyType(
    {"zip": Archive, "tar": _tar, "tgz": _tar, "gz": _tar}
)
"""Extension → what opens such an archive."""


def intake_files(sources: Sequence[Source], seed: int = SAMPLE_SEED) -> IntakeFiles:
    """Part pictures from tables and texts; an archive's files stand in its place.

    seed: that of the random rows of a table that is larger than an upload may be.
    """
    files = IntakeFiles(seed=seed)
    notes: list[str] = []
    for number, source in enumerate(sources):
        kind = file_kind(source.name, source.head)
        content = source.data if isinstance(source, Upload) else source.path
        file = IntakeFile(source.name, source.read, f"upload {number}")
        if kind is FileKind.ARCHIVE and extension(source.name) in _OPENERS:
            _unpack(files, source.name, content, f"archive {number}")
        elif kind is FileKind.TABLE:
            _add_table(files, file, content)
        elif kind is FileKind.TEXT:
            files.texts.append(_unpacked(file))
        elif kind is FileKind.NOTE:
            notes.append(file.name)
        elif kind is not FileKind.SYSTEM:
            files.pictures.append(file)  # what is no picture is refused with its reason there
    if notes:
        many = "notes" if len(notes) > 1 else "a note"
        words = f"Not read, being {many}: {listed(notes)}. Nothing needs to be done."
        files.remarks.append(Remark(words, serious=False))
    return files


def _unpack(files: IntakeFiles, name: str, content: bytes | Path, scope: str) -> None:
    try:
        archive = _OPENERS[extension(name)](name, content)
    except CollectionError as error:
        files.remarks.append(Remark(str(error), serious=True))
        return
    files.archives.append(archive)
    files.remarks += archive.remarks

    def inside(paths: Iterable[str]) -> list[IntakeFile]:
        return [
            IntakeFile(
                path,
                partial(archive.read, path),
                f"{scope} {path}",
                archive.name,
                scope,
                archive.other_paths(path),
            )
            for path in paths
        ]

    files.pictures += inside(archive.pictures)
    for file in inside(archive.tables):
        _add_table(files, file)
    files.texts += map(_unpacked, inside(archive.texts))


def _add_table(files: IntakeFiles, file: IntakeFile, content: bytes | Path | None = None) -> None:
    """Add a table; of a Parquet file, the pictures in its rows as well."""
    if extension(file.path) not in PARQUET_EXTENSIONS:
        files.tables.append(_unpacked(file))
        return
    try:
        source = file.read() if content is None else content
        found = parquet_contents(file.path, source, files.on_disk, files.seed)
    except CollectionError as error:
        files.remarks.append(file.remark(str(error)))
        return
    if found.sample:
        files.sample_lines.append(file.remark(found.sample.line).text)
    scope = file.key if found.pictures else file.scope
    files.tables.append(file._replace(grid=found.grid, scope=scope, read=bytes))
    files.pictures += (
        IntakeFile(name, read, f"{file.key} {name}", file.archive, scope)
        for name, read in found.pictures.items()
    )


def _unpacked(file: IntakeFile) -> IntakeFile:
    """Return the table in a file that is packed by itself; any other file as it is."""
    plain = table_in_gzip(file.path)
    if not plain:
        return file
    return file._replace(path=plain, read=lambda: unpacked_table(file.name, file.read()))
