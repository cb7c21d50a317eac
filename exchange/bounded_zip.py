"""A ZIP that anybody may have written, opened without taking memory for what it only claims."""

import struct
import tokenize
import zipfile
import zlib
from typing import IO, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from collection.archive import MAX_ENTRIES

MAX_ARRAY_HEADER = 10_000

BROKEN = (
    zipfile.BadZipFile, OSError, EOFError, ValueError, LookupError, RuntimeError, OverflowError,
    MemoryError, NotImplementedError, struct.error, zlib.error,
    # What NumPy raises on the header of an array, which it takes for Python.
    SyntaxError, TypeError, tokenize.TokenError, Warning,
)  # fmt: skip
"""What is raised for a ZIP, or an array in it, that is damaged or worse."""

_ENTRY_SIGNATURE = b"PK\x01\x02"
_IS_LOCKED = 0x1
_PLAIN_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MAX_DIRECTORY_BYTES = 64 * 2**20


class ArrayHeader(NamedTuple):
    """What an array of NumPy says about itself; `by_columns`: in the order of Fortran."""

    shape: tuple[int, ...]
    by_columns: bool
    dtype: np.dtype[Any]


def holds_too_many_files(file: IO[bytes]) -> bool:
    """Tell whether the directory at the end of a ZIP has more entries than any of ours.

    Counted before zipfile makes an object of each.
    """
    end = file.seek(0, 2)
    file.seek(max(0, end - _MAX_DIRECTORY_BYTES))
    found = file.read().count(_ENTRY_SIGNATURE)
    file.seek(0)
    return found > 2 * MAX_ENTRIES


def is_plain(entry: zipfile.ZipInfo) -> bool:
    """Whether a part of a ZIP can be read: not locked, and packed in no unusual way."""
    return not entry.flag_bits & _IS_LOCKED and entry.compress_type in _PLAIN_PACKINGS


def array_header(stream: IO[bytes]) -> ArrayHeader | None:
    """Read the header of an array; None where it is of a version that is not read here.

    Raises what is in `BROKEN`.
    """
    version = np.lib.format.read_magic(stream)
    read_header = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }.get(version)
    if read_header is None:
        return None
    return ArrayHeader(*read_header(stream, max_header_size=MAX_ARRAY_HEADER))


def array_of(stream: IO[bytes], header: ArrayHeader) -> npt.NDArray[Any] | None:
    """Read what stands behind a header; None unless it is as much as the header says.

    The caller has seen that it may be as large as the header says. Raises what is in `BROKEN`.
    """
    size = header.dtype.itemsize
    for length in header.shape:
        size *= length
    # One byte more is asked for, never all there is.
    data = stream.read(size + 1)
    if len(data) != size:
        return None
    flat = np.frombuffer(data, dtype=header.dtype)
    return flat.reshape(header.shape, order="F" if header.by_columns else "C")
