"""Vectors that were computed elsewhere, out of a file, as Embeddings of the items that are here."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from charts.labels import shortened
from collection.collection import Collection
from collection.embeddings import Embeddings, FloatArray
from collection.file_name import display_name
from collection.items import Modality
from collection.limits import MAX_UPLOAD_BYTES
from collection.upload import Remark, Upload
from exchange.brought.columns import RowNames, VectorColumn, no_vectors
from exchange.brought.csv_vectors import csv_columns
from exchange.brought.matching import Matched, matched, names_here, names_in_words
from exchange.brought.npz_vectors import npz_columns
from exchange.brought.parquet_vectors import parquet_columns
from exchange.errors import VectorFileError
from exchange.tables.vector_columns import PREFIX
from providers.brought import (
    MAX_BROUGHT,
    MAX_DIMENSION,
    MAX_NAME_CHARACTERS,
    MIN_DIMENSION,
    brought_name,
    brought_setup,
)

VECTOR_EXTENSIONS = ("npz", "parquet", "csv", "tsv")
"""Extensions of the files that can be read, for an upload widget; the content decides."""

_KEPT_WITHIN = 1e-5
"""A row whose length is this close to 1 stays as it is, to the last bit."""
_SAID_BEYOND = 1e-3
"""Where a length was further from 1 than this, people are told that rows were scaled."""
_ROWS_AT_A_TIME = 512
_LEAST_OF_THE_FILE = 12


@dataclass(frozen=True)
class BroughtVectors:
    """What a file brings: Embeddings of items here, each under a Setup of its own, and remarks."""

    embeddings: tuple[Embeddings, ...]
    remarks: tuple[Remark, ...]


def read_vectors(upload: Upload, collection: Collection, name: str = "") -> BroughtVectors:
    """Return the vectors in an NPZ, Parquet or CSV file that are of items of a collection.

    `name`: what the person calls them; else they are called as the file says, or as the file.
    Raises VectorFileError or CollectionError, one plain line, where there are none, where they
    cannot be told apart, or where any is no vector; nothing is brought in then.
    """
    file = display_name(upload.name)
    if not len(collection):
        raise VectorFileError(
            f"{file} has nothing to belong to. Bring pictures and captions first."
        )
    if len(upload.data) > MAX_UPLOAD_BYTES:
        raise VectorFileError(f"{file} is larger than {MAX_UPLOAD_BYTES // 2**20} MB. Save less.")
    raw = [column for column in vector_columns(file, upload.data) if len(column.vectors)]
    if not raw:
        raise no_vectors(file, "Every one of its vectors is missing.")
    for column in raw:
        _check(file, column)
    columns = joined_columns(raw)
    if len(columns) > MAX_BROUGHT:
        raise VectorFileError(
            f"{file} has {len(columns)} columns of vectors. Save at most {MAX_BROUGHT} of them."
        )
    names = _names(file.rpartition(".")[0] or file, columns, name)
    found: list[Embeddings] = []
    remarks: list[Remark] = []
    for title, column in zip(names, columns, strict=True):
        embeddings, said = _brought(file, title, column, collection)
        found.append(embeddings)
        remarks += said
    return BroughtVectors(tuple(found), tuple(dict.fromkeys(remarks)))


def vector_columns(file: str, data: bytes) -> list[VectorColumn]:
    """Return the columns of vectors of a file, whichever of the formats it is in."""
    if data.startswith(b"\x93NUMPY"):
        raise VectorFileError(
            f"{file} has vectors and no names. Save them with `numpy.savez`, and the names of the "
            "rows beside them as an array `file_names`, `captions` or `ids`."
        )
    if data.startswith(b"PK"):
        return npz_columns(file, io.BytesIO(data))
    if data.startswith((b"PAR1", b"PARE")):
        return parquet_columns(file, data)
    return csv_columns(file, data)


def joined_columns(columns: Sequence[VectorColumn]) -> list[VectorColumn]:
    """Return the columns, one of pictures and one of captions that belong together as one.

    Such as `image_embedding` beside `text_embedding`, of the same dimension, unless a column says
    of which kind each row is.
    """
    by_stem: dict[str, list[VectorColumn]] = {}
    for column in columns:
        by_stem.setdefault(column.stem, []).append(column)
    found = []
    for stem, alike in by_stem.items():
        of = [column.of_modality for column in alike]
        same_space = len({column.vectors.shape[1] for column in alike}) == 1
        if (
            set(of) == set(Modality)
            and len(of) == 2
            and same_space
            and not alike[0].names.modalities
        ):
            found.append(_joined(stem, *alike))
        else:
            found += alike
    return found


def _joined(stem: str, one: VectorColumn, other: VectorColumn) -> VectorColumn:
    """Return the rows of both columns, each known to be of its kind."""
    names: dict[str, tuple[str, ...]] = {}
    counts = [_count(column.names) for column in (one, other)]
    for role in ("ids", "file_names", "captions", "names"):
        parts = [getattr(column.names, role) for column in (one, other)]
        if any(parts):
            blank = [part or ("",) * count for part, count in zip(parts, counts, strict=True)]
            names[role] = (*blank[0], *blank[1])
    modalities = [
        (str(column.of_modality),) * count
        for column, count in zip((one, other), counts, strict=True)
    ]
    return VectorColumn(
        stem,
        np.concatenate([one.vectors, other.vectors]),
        np.concatenate([one.rows, other.rows + counts[0]]),
        RowNames(**names, modalities=(*modalities[0], *modalities[1])),
    )


def _count(names: RowNames) -> int:
    return max(map(len, (names.ids, names.file_names, names.captions, names.names)))


def _names(stem: str, columns: Sequence[VectorColumn], given: str) -> list[str]:
    """Return what the vectors of each column are called, no two the same."""
    found: list[str] = []
    for column in columns:
        short = brought_name(column.name.removeprefix(PREFIX))
        if len(columns) == 1:
            name = given.strip() or column.title or stem
        else:
            room = max(_LEAST_OF_THE_FILE, MAX_NAME_CHARACTERS - len(short) - 3)
            several = f"{shortened(brought_name(given.strip() or stem), room)} · {short}"
            name = several if given.strip() else column.title or several
        name = brought_name(name)
        number = 1
        while name in found:
            number += 1
            name = f"{brought_name(name)[: MAX_NAME_CHARACTERS - 4].strip()} {number}"
        found.append(name)
    return found


def _brought(
    file: str, name: str, column: VectorColumn, collection: Collection
) -> tuple[Embeddings, list[Remark]]:
    """Return one column as Embeddings, and what is to be known about it."""
    found = matched(file, column, collection)
    if not found.vector_of:
        raise _nothing_fits(file, found, collection)
    ids = tuple(item_id for item_id in collection.items if item_id in found.vector_of)
    numbers = [found.vector_of[item_id] for item_id in ids]
    vectors, were_scaled = scaled(column.vectors[numbers])
    setup = brought_setup(name, ids, vectors)
    remarks = [
        Remark(f"{file}: {words}", serious)
        for words, serious in (
            (_left_out(found.unknown, "{rows} left out, as nothing here has the name"), True),
            (_left_out(found.unclear, "{rows} left out, as several items fit"), True),
            ("rows were scaled to length 1." if were_scaled else "", False),
        )
        if words
    ]
    return Embeddings(setup, ids, vectors), remarks


def _check(file: str, column: VectorColumn) -> None:
    """Raise VectorFileError unless every row is a vector that can be one."""
    dimension = column.vectors.shape[1]
    where = f"in “{shortened(column.name, 60)}”"
    if not MIN_DIMENSION <= dimension <= MAX_DIMENSION:
        raise VectorFileError(
            f"{file} has vectors of dimension {dimension:,} {where}; it has to be from "
            f"{MIN_DIMENSION} to {MAX_DIMENSION:,}."
        )
    if not column.names.any:
        raise VectorFileError(
            f"{file} does not say of what its vectors are. Save the file name, the caption or the "
            "id of each row beside them."
        )
    for wrong, words in (
        (~np.isfinite(column.vectors).all(axis=1), "NaN or infinity"),
        (~column.vectors.any(axis=1), "nothing but zeros"),
    ):
        if wrong.any():
            row = int(column.rows[int(np.argmax(wrong))])
            raise VectorFileError(
                f"{file} has {words} {where}, row {row + 1} (“{_name(column, row)}”). Compute that "
                "vector again, or leave it out."
            )


def _name(column: VectorColumn, row: int) -> str:
    return shortened(" ".join(column.names.shown(row).split()), 60)


def scaled(vectors: npt.NDArray[Any]) -> tuple[FloatArray, bool]:
    """Return rows of numbers (n, d) as float32 of length 1, and whether that changed any of them.

    Rows of length 1 stay as they are, to the last bit. None may be zero, NaN or infinite.
    """
    result = np.empty(vectors.shape, np.float32)
    changed = False
    for start in range(0, len(vectors), _ROWS_AT_A_TIME):
        rows = vectors[start : start + _ROWS_AT_A_TIME]
        wide = rows.astype(np.float64)
        # By the largest number first: the square of a large one would be infinite.
        largest = np.abs(wide).max(axis=1, keepdims=True)
        directions = wide / largest
        lengths = np.linalg.norm(directions, axis=1, keepdims=True)
        with np.errstate(over="ignore"):
            off = np.abs(lengths * largest - 1.0)
        directions /= lengths
        kept_rows = off <= _KEPT_WITHIN
        result[start : start + len(rows)] = np.where(kept_rows, wide, directions)
        changed = changed or bool((off > _SAID_BEYOND).any())
    return result, changed


def _left_out(names: Sequence[str], words: str) -> str:
    if not names:
        return ""
    rows = "1 row was" if len(names) == 1 else f"{len(names):,} rows were"
    return f"{words.format(rows=rows)}: {names_in_words(names)}."


def _nothing_fits(file: str, found: Matched, collection: Collection) -> VectorFileError:
    if found.unclear and not found.unknown:
        return VectorFileError(
            f"{file}: every name fits several items: {names_in_words(found.unclear)}. Save the ids "
            "of the items, as an export has them."
        )
    return VectorFileError(
        f"{file} has vectors of {names_in_words(found.unknown)}; here are "
        f"{names_here(collection)}. Save each row with the file name or the caption of an item."
    )
