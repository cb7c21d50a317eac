"""Vectors out of an NPZ file: arrays of numbers, and arrays of the names of their rows."""

import posixpath
import zipfile
from collections.abc import Iterable, Mapping
from math import prod
from typing import IO, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from collection.limits import MAX_UPLOAD_BYTES
from exchange.bounded_zip import (
    BROKEN,
    ArrayHeader,
    array_header,
    array_of,
    holds_too_many_files,
    is_plain,
)
from exchange.brought.columns import (
    MAX_ROWS,
    RowNames,
    VectorColumn,
    all_rows,
    described_titles,
    no_vectors,
    role_of_column,
    row_names,
    too_large,
    too_many_rows,
)
from exchange.checked_values import text
from exchange.errors import VectorFileError
from exchange.tables.vector_columns import DESCRIPTION, IDS

_ADVICE = (
    "Save them as an array of numbers with a row for each item, and the names of the rows as an "
    "array `file_names`, `captions` or `ids`."
)


class _Entry(NamedTuple):
    part: zipfile.ZipInfo
    header: ArrayHeader


def npz_columns(name: str, file: IO[bytes]) -> list[VectorColumn]:
    """Return the vectors of an NPZ file; objects in it (pickle) are never read.

    Raises VectorFileError, one plain line, where there are none or they cannot be read.
    """
    with _opened(name, file) as archive:
        entries = _entries(name, archive)
        matrices = [n for n, e in entries.items() if _is_matrix(e.header, "f")]
        matrices = matrices or [n for n, e in entries.items() if _is_matrix(e.header, "iu")]
        words = [n for n, e in entries.items() if _is_words(n, e.header)]
        if not matrices or _lacks_names(entries, words):
            raise _refusal(name, entries)
        wanted = {n: entries[n] for n in (*matrices, *words)}
        _check_size(name, wanted)
        arrays = {n: _read(name, archive, n, entry) for n, entry in wanted.items()}
    described = _texts(name, DESCRIPTION, arrays[DESCRIPTION]) if DESCRIPTION in words else ("",)
    titles = described_titles(described[0])
    names = {n: _texts(name, n, arrays[n]) for n in words if n != DESCRIPTION}
    return [
        VectorColumn(
            matrix,
            arrays[matrix],
            all_rows(len(arrays[matrix])),
            _names_of(name, matrix, len(arrays[matrix]), names),
            titles.get(matrix, ""),
        )
        for matrix in matrices
    ]


def _opened(name: str, file: IO[bytes]) -> zipfile.ZipFile:
    try:
        if not holds_too_many_files(file):
            return zipfile.ZipFile(file)
    except BROKEN:
        pass
    raise VectorFileError(f"{name} is damaged or no NPZ file. Save it again with `numpy.savez`.")


def _entries(name: str, archive: zipfile.ZipFile) -> dict[str, _Entry]:
    """Return the arrays by their names, of which nothing but the header was read."""
    found = {}
    for part in archive.infolist():
        stem, ending = posixpath.splitext(part.filename)
        if ending != ".npy" or not is_plain(part):
            continue
        try:
            with archive.open(part) as stream:
                header = array_header(stream)
        except BROKEN:
            raise _damaged(name, stem) from None
        if header is not None and all(length >= 0 for length in header.shape):
            found[stem] = _Entry(part, header)
    return found


def _is_matrix(header: ArrayHeader, codes: str) -> bool:
    dtype = header.dtype
    has_rows = len(header.shape) == 2 and header.shape[0] > 0
    return has_rows and dtype.kind in codes and dtype.itemsize <= 8


def _is_words(name: str, header: ArrayHeader) -> bool:
    kind = header.dtype.kind
    if not header.dtype.itemsize:
        return False
    if name == DESCRIPTION:
        return kind == "U" and not header.shape
    is_number = kind in "iu" and bool(role_of_column(name))
    one_a_row = len(header.shape) == 1 or (len(header.shape) == 2 and header.shape[1] == 1)
    return one_a_row and (kind in "US" or is_number)


def _lacks_names(entries: Mapping[str, _Entry], words: Iterable[str]) -> bool:
    """Whether the names are Python objects: those of known use are, and the others are not them."""
    pickled = [n for n, entry in entries.items() if entry.header.dtype.hasobject]
    plain = [n for n in words if n != DESCRIPTION and entries[n].header.shape]
    if not pickled or any(role_of_column(n) for n in plain):
        return False
    return not plain or any(role_of_column(n) for n in pickled)


def _refusal(name: str, entries: Mapping[str, _Entry]) -> VectorFileError:
    """Return what says why there are no vectors in a file, or no names of them."""
    for stem, (_, header) in entries.items():
        if header.dtype.hasobject:
            return VectorFileError(
                f"{name} holds Python objects (pickle) in “{text(stem)[:60]}”, which can run code. "
                'Save plain arrays: names as `numpy.array(names, dtype="U")`, vectors as '
                "`numpy.stack(vectors)`."
            )
    for stem, (_, header) in entries.items():
        if header.dtype.names:
            return VectorFileError(
                f"{name} holds records in “{text(stem)[:60]}”. Save their vectors and their names "
                "as two arrays."
            )
    for stem, (_, header) in entries.items():
        if header.dtype.kind in "fiu" and len(header.shape) not in (0, 2):
            shape = " × ".join(f"{length:,}" for length in header.shape)
            return VectorFileError(
                f"{name} has an array “{text(stem)[:60]}” of {shape} numbers. Save it with one row "
                "for each item, by `numpy.stack` or `numpy.squeeze`."
            )
    return no_vectors(name, _ADVICE)


def _check_size(name: str, wanted: Mapping[str, _Entry]) -> None:
    headers = [entry.header for entry in wanted.values()]
    if any(header.shape and header.shape[0] > MAX_ROWS for header in headers):
        raise too_many_rows(name)
    if sum(prod(h.shape) * h.dtype.itemsize for h in headers) > MAX_UPLOAD_BYTES:
        raise too_large(name, MAX_UPLOAD_BYTES)


def _read(name: str, archive: zipfile.ZipFile, stem: str, entry: _Entry) -> npt.NDArray[Any]:
    if not prod(entry.header.shape):
        return np.zeros(entry.header.shape, entry.header.dtype)
    try:
        with archive.open(entry.part) as stream:
            array_header(stream)
            found = array_of(stream, entry.header)
    except BROKEN:
        found = None
    if found is None:
        raise _damaged(name, stem)
    return found


def _damaged(name: str, stem: str) -> VectorFileError:
    return VectorFileError(
        f"{name} is damaged: its array “{text(stem)[:60]}” cannot be read. Save it again with "
        "`numpy.savez`."
    )


def _texts(name: str, stem: str, array: npt.NDArray[Any]) -> tuple[str, ...]:
    try:
        words = array.ravel().tolist()
    except ValueError:  # no such letters
        raise _damaged(name, stem) from None
    if array.dtype.kind == "S":
        return tuple(word.decode("utf-8", "replace") for word in words)
    return tuple(map(str, words))


def _names_of(file: str, matrix: str, count: int, names: Mapping[str, tuple[str, ...]]) -> RowNames:
    """Return the names of an array's rows: those that are its own, else those of the file."""
    own = names.get(f"{matrix}{IDS}")
    if own is None:
        others = {n: w for n, w in names.items() if not n.endswith(IDS) or role_of_column(n)}
        return _fitting(file, matrix, count, others)
    all_ids = names.get("ids", ())
    row_of = {item_id: row for row, item_id in enumerate(all_ids)}
    found = {"ids": own}
    for other, words in names.items():
        if role_of_column(other) and other != "ids" and len(words) == len(all_ids):
            known = (row_of.get(item_id) for item_id in own)
            found[other] = tuple("" if row is None else words[row] for row in known)
    return _fitting(file, matrix, count, found)


def _fitting(file: str, matrix: str, count: int, names: Mapping[str, tuple[str, ...]]) -> RowNames:
    """Return the names that are as many as the vectors; they must not all be other counts."""
    fitting = {n: words for n, words in names.items() if len(words) == count}
    found = row_names(fitting)
    if not found.any and names:
        raise _other_count(file, matrix, count, names)
    return found


def _other_count(
    file: str, matrix: str, count: int, names: Mapping[str, Iterable[str]]
) -> VectorFileError:
    name, words = next(iter(names.items()))
    vectors = "1 vector" if count == 1 else f"{count:,} vectors"
    return VectorFileError(
        f"{file} holds {vectors} in “{text(matrix)[:60]}” and {len(tuple(words)):,} names in "
        f"“{text(name)[:60]}”. Save one name for each vector, and no other array of numbers."
    )
