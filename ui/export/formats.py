"""The formats that can be exported: one entry each."""

from collections.abc import Callable
from dataclasses import dataclass
from io import RawIOBase

from exchange.csv_table import csv_table
from exchange.export_contents import ExportContents
from ui.state.session import Session


@dataclass(frozen=True)
class ExportFormat:
    """One button: what it is called, what it is for, and what makes the file when it is pressed.

    `file_name` has no date; it gets that of today. `needs_vectors`: whether it is offered only
    once something is embedded.
    """

    title: str
    about: str
    icon: str
    file_name: str
    mime: str
    make: Callable[[Session, ExportContents], bytes | RawIOBase]
    needs_vectors: bool = True


def _csv(_: Session, contents: ExportContents) -> bytes:
    items = contents.collection.items.values()
    return csv_table(
        ("id", "kind", "name"),
        ((item.id, str(item.modality), contents.hide(item.label)) for item in items),
    )


FORMATS = (
    ExportFormat(
        "CSV", "A table for spreadsheets.", ":material/table:", "items.csv", "text/csv", _csv, False
    ),
)
