"""The formats that can be exported: one entry each, in the order of the dialog."""

from collections.abc import Callable
from dataclasses import dataclass
from io import RawIOBase
from typing import IO

from exchange.export_contents import ExportContents
from exchange.tables.csv_export import expected_csv_bytes, write_csv
from exchange.tables.export_size import ExportSize
from exchange.tables.npz_export import expected_npz_bytes, write_npz
from exchange.tables.parquet_export import expected_parquet_bytes, write_parquet
from exchange.tables.projector_export import expected_projector_bytes, write_projector_zip
from exchange.temporary_file import temporary_file
from ui.export.notebook import session_notebook
from ui.export.report import session_report
from ui.state.session import Session

Make = Callable[[Session, ExportContents], bytes | RawIOBase]


@dataclass(frozen=True)
class ExportFormat:
    """One button: what it is called, what it is for, and what makes the file when it is pressed.

    `about`: one line, what opens it. `file_name` has no date; it gets that of today.
    `needs_vectors`: whether it is offered only once something is embedded. `size`: about how
    many bytes the file will have, where that can be told before.
    """

    title: str
    about: str
    icon: str
    file_name: str
    mime: str
    make: Make
    needs_vectors: bool = True
    size: Callable[[ExportSize], float] | None = None


def _written(write: Callable[[ExportContents, IO[bytes]], None]) -> Make:
    """Return what makes a file on disk, which may be larger than there is memory for."""
    return lambda _, contents: temporary_file(lambda file: write(contents, file))


FORMATS = (
    ExportFormat(
        "Report",
        "To read, print or send: one file that opens without a network.",
        ":material/article:",
        "shared-space-report.html",
        "text/html",
        session_report,
    ),
    ExportFormat(
        "CSV",
        "A table for Excel, LibreOffice and Google Sheets.",
        ":material/table:",
        "items.csv",
        "text/csv",
        _written(write_csv),
        needs_vectors=False,
        size=expected_csv_bytes,
    ),
    ExportFormat(
        "Parquet",
        "The same table for pandas, DuckDB and Embedding Atlas.",
        ":material/database:",
        "items.parquet",
        "application/vnd.apache.parquet",
        _written(write_parquet),
        needs_vectors=False,
        size=expected_parquet_bytes,
    ),
    ExportFormat(
        "NumPy arrays",
        "An NPZ file for Python, which numpy.load opens.",
        ":material/data_array:",
        "items.npz",
        "application/octet-stream",
        _written(write_npz),
        size=expected_npz_bytes,
    ),
    ExportFormat(
        "Embedding Projector",
        "A ZIP for TensorBoard and projector.tensorflow.org.",
        ":material/3d_rotation:",
        "projector.zip",
        "application/zip",
        _written(write_projector_zip),
        size=expected_projector_bytes,
    ),
    ExportFormat(
        "Notebook",
        "For Jupyter: gets the same vectors again and draws the same heatmaps.",
        ":material/code_blocks:",
        "shared-space-notebook.zip",
        "application/zip",
        session_notebook,
    ),
)
