"""Whether a file that was dropped has vectors, told before it is read."""

from collections.abc import Sequence
from enum import Enum

from collection.columns import named_columns
from collection.errors import CollectionError
from collection.file_name import extension
from collection.parquet_table import ParquetTable
from collection.upload import Upload
from exchange.brought.csv_vectors import header_above_vectors


class HeldVectors(Enum):
    """Whether a file has vectors, and beside them what could come in without them."""

    NONE = "no vectors"
    ALONE = "vectors alone"
    BESIDE_WORDS = "vectors beside pictures, captions or labels"


def held_vectors(upload: Upload) -> HeldVectors:
    """Tell whether a file has vectors, and anything else; little of it is read."""
    kind, data = extension(upload.name), upload.data
    if kind in ("npz", "npy"):
        return HeldVectors.ALONE
    header: Sequence[str] | None = None
    pictures = False
    if kind == "parquet":
        try:
            table = ParquetTable(data, upload.name)
        except CollectionError:
            return HeldVectors.NONE
        header = table.column_names if table.vector_columns else None
        pictures = "picture" in table.columns.values()
    elif kind in ("csv", "tsv"):
        header = header_above_vectors(data)
    if header is None:
        return HeldVectors.NONE
    return HeldVectors.BESIDE_WORDS if pictures or _brings_words(header) else HeldVectors.ALONE


def _brings_words(header: Sequence[str]) -> bool:
    known = named_columns(header)
    return bool(known.texts or known.labels)
