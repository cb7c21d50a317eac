"""Items, labels and vectors as CSV, for spreadsheet programs."""

from collections.abc import Callable, Iterator
from typing import IO

from collection.embeddings import Embeddings
from exchange.export_contents import ExportContents
from exchange.tables.csv_table import write_csv_table
from exchange.tables.export_size import ExportSize
from exchange.tables.export_table import export_table
from exchange.tables.number_text import joined_numbers
from exchange.tables.vector_columns import vector_columns


def write_csv(contents: ExportContents, file: IO[bytes]) -> None:
    """Write the columns of the Parquet file, row by row, into an open file.

    `pair` holds ids with a blank between them, a vector is a JSON list in one cell. Cells that a
    spreadsheet program would run as a formula begin with `'`.
    """
    vectors = vector_columns(contents)
    table = export_table(contents, taken=vectors)
    columns = ["id", "kind", "file_name", "caption", *table.labels, "pair", *vectors]
    cells_of = [_cells(embeddings) for embeddings in vectors.values()]

    def rows() -> Iterator[tuple[str | None, ...]]:
        words = zip(
            *(table.ids, table.item_kinds, table.file_names, table.captions),
            *table.labels.values(),
            map(" ".join, table.pairs),
            strict=True,
        )
        for item_id, cells in zip(table.ids, words, strict=True):
            yield (*cells, *(cell(item_id) for cell in cells_of))

    write_csv_table(file, columns, rows())


def _cells(embeddings: Embeddings) -> Callable[[str], str | None]:
    """Return what gives the cell of an item: a JSON list, None where it has no vector."""

    def cell(item_id: str) -> str | None:
        row = embeddings.row_of.get(item_id)
        return None if row is None else f"[{joined_numbers(embeddings.vectors[row], ',')}]"

    return cell


def expected_csv_bytes(size: ExportSize) -> float:
    """Return about how large the file will be."""
    return 13.5 * size.numbers + 2 * size.characters + 160 * size.items
