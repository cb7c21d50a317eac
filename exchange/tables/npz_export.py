"""Items, labels and vectors as NPZ, which `np.load` opens without pickle."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from exchange.export_contents import ExportContents
from exchange.tables.export_size import ExportSize
from exchange.tables.export_table import ExportTable, export_table
from exchange.tables.vector_columns import (
    DESCRIPTION,
    IDS,
    described_columns,
    unique_names,
    vector_columns,
)

MOST_LETTERS = 1_000
"""Of a text: in an array of NumPy all texts take as much room as the longest."""

_MOST_LETTERS_OF_A_NAME = 60
_NO_LETTER = re.compile(r"\W+")


def write_npz(contents: ExportContents, file: IO[bytes]) -> None:
    """Write arrays into an open file, one after the other.

    Texts, str (n,), "" where there is none: `ids`, `kinds`, `file_names`, `captions` and
    `label_<name>`, at most 1,000 letters of each. `pairs`, int64 (p, 2): the rows of a caption and
    its picture. By the name of its column: the vectors of each Setup, float32 (m, d), and with
    `_ids` behind it their items, str (m,), those that have a vector. `shared_space`: JSON which
    Setup that is.
    """
    with zipfile.ZipFile(file, "w") as archive:
        for name, array in _arrays(contents):
            # Texts are mostly padding; vectors would take long and stay as large as they are.
            way = zipfile.ZIP_DEFLATED if array.dtype.kind == "U" else zipfile.ZIP_STORED
            info = zipfile.ZipInfo(f"{name}.npy")
            info.compress_type = way
            with archive.open(info, "w", force_zip64=True) as entry:
                np.lib.format.write_array(entry, array, allow_pickle=False)


def expected_npz_bytes(size: ExportSize) -> float:
    """Return about how large the file will be."""
    return 4 * size.numbers + 2 * size.characters + 160 * size.items


def _arrays(contents: ExportContents) -> Iterator[tuple[str, npt.NDArray[Any]]]:
    table = export_table(contents)
    yield "ids", _texts(table.ids)
    yield "kinds", _texts(table.item_kinds)
    yield "file_names", _texts(table.file_names)
    yield "captions", _texts(table.captions)
    names = unique_names((_plain_name(name) for name in table.labels), ())
    for name, values in zip(names, table.labels.values(), strict=True):
        yield name, _texts(values)
    yield "pairs", _pairs(contents, table)
    for column, embeddings in vector_columns(contents).items():
        yield column, np.ascontiguousarray(embeddings.vectors, "<f4")
        yield f"{column}{IDS}", _texts(embeddings.ids)
    yield DESCRIPTION, np.array(described_columns(contents))


def _texts(texts: Iterable[str | None]) -> npt.NDArray[np.str_]:
    return np.array([(text or "")[:MOST_LETTERS] for text in texts], dtype=np.str_)


def _pairs(contents: ExportContents, table: ExportTable) -> npt.NDArray[np.int64]:
    row_of = {item_id: row for row, item_id in enumerate(table.ids)}
    rows = [(row_of[pair.text_id], row_of[pair.picture_id]) for pair in contents.collection.pairs]
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


def _plain_name(label: str) -> str:
    """Return the name of a label's array: no letter that a name in a ZIP could not have."""
    plain = _NO_LETTER.sub("_", label.removeprefix("label_")).strip("_")
    return f"label_{plain[:_MOST_LETTERS_OF_A_NAME]}"
