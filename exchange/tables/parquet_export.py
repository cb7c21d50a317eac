"""Items, labels and vectors as Parquet, for pandas, DuckDB, Embedding Atlas and the like."""

from typing import IO, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from collection.embeddings import Embeddings
from exchange.export_contents import ExportContents
from exchange.tables.export_size import ExportSize
from exchange.tables.export_table import ExportTable, export_table
from exchange.tables.vector_columns import DESCRIPTION, described_columns, vector_columns

_ROWS_AT_A_TIME = 1_000


def write_parquet(contents: ExportContents, file: IO[bytes]) -> None:
    """Write a row an item into an open file, some rows at a time so that memory stays bounded.

    Strings are `id`, `kind`, `file_name`, `caption` and a column a label; `pair` is a list of
    ids; vectors are fixed-size lists of float32, null where an item has none. The metadata of the
    schema says under `shared_space` which Setup gave each column of vectors.
    """
    vectors = vector_columns(contents)
    table = export_table(contents, taken=vectors)
    schema = pa.schema(
        [
            *((name, pa.string()) for name in ("id", "kind", "file_name", "caption")),
            *((name, pa.string()) for name in table.labels),
            ("pair", pa.list_(pa.string())),
            *((name, pa.list_(pa.float32(), of.setup.dimension)) for name, of in vectors.items()),
        ],
        {DESCRIPTION: described_columns(contents)},
    )
    words = [name for name in schema.names if name not in vectors]
    # A dictionary of vectors would only be built to be thrown away.
    with pq.ParquetWriter(file, schema, use_dictionary=words) as writer:
        for start in range(0, len(table), _ROWS_AT_A_TIME):
            rows = slice(start, start + _ROWS_AT_A_TIME)
            columns = [*_words(table, rows), *(_vectors(table, rows, e) for e in vectors.values())]
            writer.write_batch(pa.record_batch(columns, schema=schema))


def expected_parquet_bytes(size: ExportSize) -> float:
    """Return about how large the file will be."""
    return 4 * size.numbers + 2 * size.characters + 160 * size.items


def _words(table: ExportTable, rows: slice) -> list[Any]:
    texts = (table.ids, table.item_kinds, table.file_names, table.captions, *table.labels.values())
    columns = [pa.array(column[rows], pa.string()) for column in texts]
    return [*columns, pa.array(table.pairs[rows], pa.list_(pa.string()))]


def _vectors(table: ExportTable, rows: slice, embeddings: Embeddings) -> Any:
    ids = table.ids[rows]
    missing = np.array([item_id not in embeddings for item_id in ids], dtype=bool)
    values = np.zeros((len(ids), embeddings.setup.dimension), dtype=np.float32)
    values[~missing] = embeddings.of(item_id for item_id in ids if item_id in embeddings)
    return pa.FixedSizeListArray.from_arrays(
        pa.array(values.ravel()), embeddings.setup.dimension, mask=pa.array(missing)
    )
