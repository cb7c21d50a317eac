"""A TAR of pictures and caption tables, plain or packed with gzip, read from front to back."""

import gzip
import io
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from collection.archive import MAX_ENTRIES, Archive
from collection.errors import CollectionError
from collection.file_name import display_name, listed
from collection.limits import MAX_PICTURE_BYTES, MAX_UPLOAD_BYTES
from collection.upload import Remark

_BLOCK = 512
_MAX_UNPACKED = 2 * MAX_UPLOAD_BYTES
_MAX_HEADER_BYTES = 2**20
_MAX_PATH = 4096

# Where a file with holes says that its map goes on: in its header, and in each block of the map.
_SPARSE_MORE, _SPARSE_STILL_MORE = 482, 504

_GZIP = b"\x1f\x8b"
_LONG_NAME, _LONG_LINK, _FOR_NEXT, _FOR_ALL = (
    *(tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK),
    *(tarfile.XHDTYPE, tarfile.XGLTYPE),
)
_LINKS = (tarfile.LNKTYPE, tarfile.SYMTYPE)
_BROKEN = (OSError, EOFError, ValueError, zlib.error, tarfile.TarError)


class _TooMuch(tarfile.TarError):
    """More than an archive may hold."""


class _Source(Protocol):
    """What the members are read from."""

    def read(self, size: int, /) -> bytes: ...


class _Member(NamedTuple):
    """A member: its path, what it is, and its bytes; None if they were passed over."""

    path: str
    info: tarfile.TarInfo
    data: bytes | None


def tar_archive(name: str, data: bytes) -> Archive:
    """Return the files of a .tar, .tar.gz or .tgz as an `Archive`, with the bounds of a ZIP.

    Nothing is written to disk and no link is followed: links, devices and paths that lead
    outside are named in the remarks, like what is beyond the bounds. Raises CollectionError,
    one plain line, if it is no such archive.

    Headers are read by `tarfile`, but the way from one to the next is gone here, forward only
    and with bounds: in Python before 3.11.14 a crafted TAR keeps `tarfile.open` busy for ever.
    """
    shown = display_name(name)
    if len(data) > MAX_UPLOAD_BYTES:
        raise CollectionError(
            f"{shown} is larger than {MAX_UPLOAD_BYTES // 2**20} MB. Pack its files as several "
            "archives and upload those."
        )
    packed, remarks = _as_zip(shown, data)
    archive = Archive(name, packed)
    archive.remarks = (*archive.remarks, *remarks)
    return archive


def _as_zip(name: str, data: bytes) -> tuple[bytes, list[Remark]]:
    """Return the members as a ZIP that is not compressed, and remarks about the others.

    So all that is known of archives, which files count and which paths play tricks, stays in
    one place.
    """
    packed = io.BytesIO()
    left_out: dict[str, list[str]] = {}
    seen: set[str] = set()
    total = 0
    plain = io.BytesIO(data)
    source = gzip.GzipFile(fileobj=plain) if data.startswith(_GZIP) else plain
    with source, zipfile.ZipFile(packed, "w") as archive:
        members = _Members(source)
        for path, info, content in members:
            reason = _reason(info, content, path in seen, total)
            if info.isdir():
                continue
            seen.add(path)
            if reason:
                left_out.setdefault(reason, []).append(display_name(path))
            else:
                total += len(content or b"")
                archive.writestr(_entry(path, info), content or b"")
    if not seen and members.damaged:
        raise CollectionError(
            f"{name} is damaged or no TAR archive. Pack the files again and upload the new archive."
        )
    remarks = [
        Remark(f"{name}: {reason.format(listed(names))}", True)
        for reason, names in left_out.items()
    ]
    if members.damaged:
        remarks.append(Remark(f"{name}: {members.damaged}", True))
    return packed.getvalue(), remarks


def _reason(info: tarfile.TarInfo, content: bytes | None, again: bool, total: int) -> str | None:
    """Return why a member is left out, with a place for its name; None if it is handed on."""
    if info.ischr() or info.isblk() or info.isfifo():
        return "left out, being a device and not a file: {}. Pack the files themselves."
    if again:
        return "left out, for another file has the same path: {}. Rename one and pack them again."
    if content is None:
        return (
            f"left out, larger than {MAX_PICTURE_BYTES // 2**20} MB or stored in an unusual way: "
            "{}. Save them smaller and pack them again."
        )
    if total + len(content) > MAX_UPLOAD_BYTES:
        return (
            f"left out, beyond the {MAX_UPLOAD_BYTES // 2**20} MB that an archive may hold: {{}}. "
            "Pack them as a second archive."
        )
    return None


def _entry(path: str, info: tarfile.TarInfo) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path)
    entry.external_attr = (stat.S_IFLNK if info.type in _LINKS else stat.S_IFREG) << 16
    return entry


class _Members:
    """The members of a TAR in order; `damaged` says afterwards why reading stopped, if it did."""

    damaged = ""

    def __init__(self, source: _Source) -> None:
        self._source = source
        self._unpacked = 0

    def __iter__(self) -> Iterator[_Member]:
        try:
            yield from self._members()
        except _TooMuch:
            self.damaged = (
                f"it unpacks to more than {_MAX_UNPACKED // 2**20} MB, and what lies behind was "
                "not read. Pack it as several archives and upload those."
            )
        except _BROKEN:
            self.damaged = (
                "it is damaged or cut short, so what lies behind was not read. Pack the files "
                "again and upload the new archive."
            )

    def _members(self) -> Iterator[_Member]:
        names: dict[str, str] = {}
        for _ in range(2 * MAX_ENTRIES):
            begun, header = self._unpacked > 0, self._source.read(_BLOCK)
            self._count(_BLOCK)
            # Two blocks of zeros should end it; some programs write none, and stop.
            if begun and not header:
                return
            if header == bytes(_BLOCK):
                return
            info = tarfile.TarInfo.frombuf(header, "utf-8", "replace")
            if info.size < 0:
                raise tarfile.ReadError("negative size")
            if info.type in (_LONG_NAME, _LONG_LINK, _FOR_NEXT, _FOR_ALL):
                names |= self._names(info)
                continue
            path = names.get("path", info.name).replace("\0", "")
            if len(path) > _MAX_PATH:
                raise tarfile.ReadError("a path that no system allows")
            yield _Member(path, info, self._content(header, info, names.get("size")))
            names = {}
        self.damaged = f"it holds more than {MAX_ENTRIES:,} files. Pack fewer and upload that."

    def _names(self, info: tarfile.TarInfo) -> dict[str, str]:
        """Return the path and size that a header of its own gives to the next member."""
        if info.size > _MAX_HEADER_BYTES:
            raise tarfile.ReadError("a header out of all proportion")
        content = self._padded(info.size)
        if info.type == _LONG_NAME:
            return {"path": content.rstrip(b"\0").decode("utf-8", "replace")}
        return _records(content) if info.type == _FOR_NEXT else {}

    def _content(self, header: bytes, info: tarfile.TarInfo, stated: str | None) -> bytes | None:
        size = info.size if stated is None else int(stated)
        has_content = info.isreg() or info.type not in tarfile.SUPPORTED_TYPES
        if not has_content:
            # Links, folders and devices have none, whatever size they state.
            return b""
        is_sparse = info.type == tarfile.GNUTYPE_SPARSE
        more = is_sparse and header[_SPARSE_MORE]
        while more:
            more = self._read(_BLOCK)[_SPARSE_STILL_MORE]
        if is_sparse or not info.isreg() or size > MAX_PICTURE_BYTES:
            self._pass_over(size)
            return None
        return self._padded(size)

    def _padded(self, size: int) -> bytes:
        return self._read(-(-size // _BLOCK) * _BLOCK)[:size]

    def _pass_over(self, size: int) -> None:
        for start in range(0, size, MAX_PICTURE_BYTES):
            self._padded(min(MAX_PICTURE_BYTES, size - start))

    def _read(self, size: int) -> bytes:
        self._count(size)
        data = self._source.read(size)
        if len(data) < size:
            raise EOFError
        return data

    def _count(self, size: int) -> None:
        self._unpacked += size
        if self._unpacked > _MAX_UNPACKED:
            raise _TooMuch


def _records(content: bytes) -> dict[str, str]:
    """Return path and size of an extended header: records such as "17 path=a/b.jpg" and a break."""
    found: dict[str, str] = {}
    at = 0
    while at < len(content):
        digits, _, _ = content[at : at + 20].partition(b" ")
        length = int(digits)
        if length <= len(digits):
            raise tarfile.ReadError("a record without length")
        name, _, value = content[at + len(digits) + 1 : at + length - 1].partition(b"=")
        if name in (b"path", b"size"):
            found[name.decode()] = value.decode("utf-8", "replace")
        at += length
    if int(found.get("size", "0")) < 0:
        raise tarfile.ReadError("negative size")
    return found
