"""Vectors out of a CSV file: a list in a cell, as JSON, or a number in each of many columns."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import NamedTuple

import numpy as np

from collection.columns import column_name
from collection.limits import MAX_UPLOAD_BYTES
from exchange.brought.cells import (
    NumberArray,
    ShortenedError,
    are_lists,
    listed_numbers,
    numbers,
    shortened_by_numpy,
)
from exchange.brought.columns import (
    MAX_ROWS,
    VectorColumn,
    no_vectors,
    row_names,
    too_large,
    too_many_rows,
)
from exchange.checked_values import text
from exchange.errors import VectorFileError

# Python's own bound of 131,072 letters is too low for a vector in a cell. It holds for the whole
# process; that other tables may have longer cells, too, does no harm.
_MAX_CELL = 2**20
csv.field_size_limit(_MAX_CELL)

_SEPARATORS = ",;\t|"
_MAX_COLUMNS = 20_000
_LOOKED_AT = 20
_MOST_LOOKED_AT = 2**23
_LEAST_COLUMNS = 16
_SAID_SEPARATOR = re.compile(r"sep=([,;\t|])", re.IGNORECASE)
_FRACTION = re.compile(r"[-+]?\d*[.,]\d{3,}(?:e[-+]?\d+)?", re.IGNORECASE)
_NUMBERED = re.compile(r"(.*?)(\d{1,5})")
_ADVICE = (
    "Write each vector as a list in one cell, such as [0.1, 0.2], or a number in each of several "
    "columns (dim_0, dim_1 and so on), under a first line that names the columns."
)
_BLOCK = 2**20


@dataclass
class _Reader:
    """One column of vectors in the making: the columns of the file (`at`) that it stands in."""

    name: str
    at: tuple[int, ...]
    is_list: bool
    decimal_commas: bool = False
    vectors: list[NumberArray] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    bytes: int = 0

    def take(self, file: str, row: int, cells: Sequence[str]) -> None:
        """Take the vector of a row, if it has one."""
        words = [cells[at].strip() if at < len(cells) else "" for at in self.at]
        if not any(words):
            return
        try:
            vector = listed_numbers(words[0]) if self.is_list else self._numbers(words)
        except ShortenedError:
            raise shortened_by_numpy(file, self.name, row) from None
        except (ValueError, TypeError, OverflowError, RecursionError):
            raise VectorFileError(
                f"{file} has something else than numbers in “{text(self.name)[:60]}”, row "
                f"{row + 1}. Mend that row, or leave its vector blank."
            ) from None
        if self.vectors and len(vector) != len(self.vectors[0]):
            raise VectorFileError(
                f"{file} has vectors of different length in “{text(self.name)[:60]}”: "
                f"{len(self.vectors[0]):,} numbers before, {len(vector):,} in row {row + 1}."
            )
        self.bytes += vector.nbytes
        if self.bytes > MAX_UPLOAD_BYTES:
            raise too_large(file, MAX_UPLOAD_BYTES)
        self.vectors.append(vector)
        self.rows.append(row)

    def fits(self, rows: Iterable[Sequence[str]]) -> bool:
        """Whether there are numbers in the first row that has anything in these columns."""
        for cells in rows:
            words = [cells[at].strip() for at in self.at if at < len(cells)]
            if any(words):
                try:
                    self._numbers(words)
                except ValueError:
                    return False
                return True
        return False

    def _numbers(self, words: Sequence[str]) -> NumberArray:
        return numbers([w.replace(",", ".") for w in words] if self.decimal_commas else words)


def header_above_vectors(data: bytes) -> list[str] | None:
    """Return the names of a table's columns, without those of its vectors; None without any.

    Fewer columns of numbers than a model gives may be anything, and are no vectors here.
    """
    try:
        begun = _begun(_lines_of(data[:_MOST_LOOKED_AT]))
    except csv.Error:
        return None
    header = begun.header
    found = [r for r in _readers(begun) if r.is_list or len(r.at) >= _LEAST_COLUMNS]
    if not found:
        return None
    taken = {at for reader in found for at in reader.at}
    return [name for at, name in enumerate(header) if at not in taken]


def csv_columns(name: str, data: bytes) -> list[VectorColumn]:
    """Return the vectors of a CSV file; commas, semicolons, tabs or | part its cells.

    Raises VectorFileError, one plain line, where there are none or they cannot be read.
    """
    try:
        return _columns(name, _lines_of(data))
    except csv.Error:
        raise VectorFileError(
            f"{name} is damaged or no table. Save it as CSV again, or as NPZ or Parquet."
        ) from None


def _columns(name: str, file: io.TextIOBase) -> list[VectorColumn]:
    begun = _begun(file)
    header, readers = begun.header, _readers(begun)
    if _is_vector(header):
        raise VectorFileError(
            f"{name} has a vector in its first line, which has to name the columns. Put a line "
            "such as `file_name,vector` or `file_name,dim_0,dim_1` above it."
        )
    if not readers:
        raise no_vectors(name, _ADVICE)
    taken = {at for reader in readers for at in reader.at}
    words: Mapping[int, list[str]] = {at: [] for at in range(len(header)) if at not in taken}
    for row, cells in enumerate(_filled(chain(begun.first, begun.others))):
        if row >= MAX_ROWS:
            raise too_many_rows(name)
        for at, column in words.items():
            column.append(cells[at] if at < len(cells) else "")
        for reader in readers:
            reader.take(name, row, cells)
    names = row_names({header[at]: column for at, column in words.items()})
    return [
        VectorColumn(
            reader.name, np.stack(reader.vectors), np.asarray(reader.rows, np.int64), names
        )
        for reader in readers
        if reader.vectors
    ]


class _Begun(NamedTuple):
    """A table whose names of columns and first rows are read, and what reads the others."""

    header: list[str]
    first: list[list[str]]
    others: Iterator[list[str]]
    separator: str


def _begun(file: io.TextIOBase) -> _Begun:
    head = file.readline(_MAX_CELL)
    said = _SAID_SEPARATOR.fullmatch(head.strip())
    if said:
        head = file.readline(_MAX_CELL)
    separator = said[1] if said else max(_SEPARATORS, key=head.count)
    records = csv.reader(chain([head], file), delimiter=separator)
    header = next(records, [])
    first = list(islice(records, _LOOKED_AT))
    return _Begun(header[:_MAX_COLUMNS], first, records, separator)


def _is_vector(header: Sequence[str]) -> bool:
    """Whether the first line of a file names no columns but has a vector of its own."""
    fractions = sum(bool(_FRACTION.fullmatch(name.strip())) for name in header)
    return fractions > 1 or any(are_lists([name.strip()]) for name in header)


def _filled(records: Iterator[list[str]]) -> Iterator[list[str]]:
    return (cells for cells in records if any(cells))


def _readers(begun: _Begun) -> list[_Reader]:
    """Return what holds vectors, by the names of the columns and the first rows."""
    header, rows = begun.header, begun.first
    # Where cells are parted by something else, a comma in a number can only be a decimal one.
    decimal_commas = begun.separator != ","
    found = [
        _Reader(name, (at,), is_list=True)
        for at, name in enumerate(header)
        if are_lists([cells[at].strip() for cells in rows if at < len(cells)])
    ]
    for stem, numbered in _numbered(header).items():
        order = sorted(numbered)
        in_a_row = order == list(range(order[0], order[0] + len(order)))
        at = tuple(numbered[number] for number in order)
        name = stem.strip("_ .-") or "numbers"
        reader = _Reader(name, at, is_list=False, decimal_commas=decimal_commas)
        if len(at) > 1 and order[0] in (0, 1) and in_a_row and reader.fits(rows):
            found.append(reader)
    return found


def _numbered(header: Sequence[str]) -> dict[str, dict[int, int]]:
    """Return stem → number → column, of the columns whose names end in a number."""
    found: dict[str, dict[int, int]] = {}
    for at, name in enumerate(header):
        match = _NUMBERED.fullmatch(column_name(name))
        if match:
            found.setdefault(match[1], {}).setdefault(int(match[2]), at)
    return found


def _lines_of(data: bytes) -> io.TextIOBase:
    """Return a text in whichever of the usual encodings, without a second copy of all of it."""
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ""
    if not encoding:
        encoding = "utf-8-sig" if _is_utf_8(data) else "cp1252"
    return io.TextIOWrapper(io.BytesIO(data), encoding, errors="replace", newline="")


def _is_utf_8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _BLOCK):
            decoder.decode(data[start : start + _BLOCK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
