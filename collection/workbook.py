"""The first sheet of an Excel or LibreOffice workbook, as rows of text."""

import io
import json
import zipfile
from threading import BoundedSemaphore
from typing import Any, NamedTuple

from collection.errors import CollectionError
from collection.limits import MAX_UPLOAD_BYTES
from collection.separate_process import SeparateProcess
from collection.text_file import MAX_TEXT_BYTES

WORKBOOK_EXTENSIONS = ("xlsx", "xlsm", "xlsb", "xls", "ods")
"""Extensions of the workbooks that can be read, for an upload widget; the content decides."""

MAX_WORKBOOK_ROWS = 100_000
MAX_WORKBOOK_COLUMNS = 200
MAX_UNPACKED_BYTES = 200 * 2**20
"""What the parts of a workbook may say they unpack to; 100,000 rows need about 50 MB."""

MAX_PARTS = 10_000
_MEMORY = 2**30
_SECONDS = 60

# A class that uploads at the same moment takes turns instead of multiplying the memory.
_TURNS = BoundedSemaphore(2)

_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# A workbook with a password is packed as a part of this name in the format of old Excel.
_LOCKED_EXCEL = "EncryptedPackage".encode("utf-16-le")
_MANIFEST, _LOCKED_OFFICE = "META-INF/manifest.xml", b"encryption-data"
_PART_SIGNATURE = b"PK\x01\x02"


class Workbook(NamedTuple):
    """The rows of the sheet that was read, its name, and the names of those that were not.

    All rows have the same number of cells. Row n of the sheet is `rows[n - 1]`, empty ones too.
    """

    rows: list[list[str]]
    sheet: str
    other_sheets: tuple[str, ...]


def workbook_rows(data: bytes, name: str = "The workbook") -> list[list[str]]:
    """Return the cells of the first sheet as text; see `read_workbook`."""
    return read_workbook(data, name).rows


def other_sheets(data: bytes, name: str = "The workbook") -> tuple[str, ...]:
    """Return the names of the sheets that `workbook_rows` leaves out; see `read_workbook`."""
    return read_workbook(data, name).other_sheets


def read_workbook(data: bytes, name: str = "The workbook") -> Workbook:
    """Read the first sheet that is shown of an .xlsx, .xls or .ods file.

    Cells are text: 3 for 3.0, dates as 2026-01-31, nothing for empty ones, of a formula its
    last value. Raises CollectionError, one plain line, for what is damaged, locked, no workbook
    or beyond the bounds. It is read in a process of its own, which may have 1 GB of memory and
    a minute: two cells in opposite corners of a sheet are enough to end the one that reads them.
    """
    _check(data, name)
    bounds = (MAX_WORKBOOK_ROWS, MAX_WORKBOOK_COLUMNS, MAX_TEXT_BYTES, _MEMORY)
    found: dict[str, Any] = {"refusal": "damaged"}
    with (
        _TURNS,
        SeparateProcess("collection.workbook_process", *map(str, bounds)) as process,
        process.at_most(_SECONDS),
    ):
        process.write(data)
        answer = process.output.read()
        if process.ended_well():
            found = json.loads(answer)
    if "refusal" in found:
        raise CollectionError(f"{name} {_REFUSALS[found['refusal']]}")
    return Workbook(found["rows"], found["sheet"], tuple(found["others"]))


_AS_CSV = "Save the sheet with the captions as CSV and upload that."
_REFUSALS = {
    "damaged": f"is damaged, or too large to be read as a workbook. {_AS_CSV}",
    "locked": "is locked with a password. Save it without one and upload that.",
    "empty": "has nothing in its first sheet. Move the table there and upload it again.",
    "rows": f"has more than {MAX_WORKBOOK_ROWS:,} rows. Save fewer and upload that.",
    "columns": f"has more than {MAX_WORKBOOK_COLUMNS} columns. Delete those that are not needed "
    "and upload it again.",
    "text": f"holds more than {MAX_TEXT_BYTES // 2**20} MB of text. Split it and upload the parts.",
    "large": f"is larger than {MAX_UPLOAD_BYTES // 2**20} MB. {_AS_CSV}",
    "unpacked": f"would unpack to more than {MAX_UNPACKED_BYTES // 2**20} MB. {_AS_CSV}",
    "other": f"is not a workbook that can be read. {_AS_CSV}",
}


def _check(data: bytes, name: str) -> None:
    reason = _refused_at_once(data)
    if reason:
        raise CollectionError(f"{name} {_REFUSALS[reason]}")


def _refused_at_once(data: bytes) -> str | None:
    """Return why the file is not even begun, judged by what it says of itself."""
    if len(data) > MAX_UPLOAD_BYTES:
        return "large"
    if data.startswith(_OLD_EXCEL):
        return "locked" if _LOCKED_EXCEL in data else None
    if not data.startswith(_ZIP):
        return "other"
    # Counted before zipfile makes an object of each: never more parts than signatures.
    if data.count(_PART_SIGNATURE) > MAX_PARTS:
        return "damaged"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED_BYTES:
                return "unpacked"
            is_locked = _MANIFEST in parts.namelist() and _LOCKED_OFFICE in parts.read(_MANIFEST)
            return "locked" if is_locked else None
    except Exception:  # noqa: BLE001 - zipfile raises a dozen kinds for a damaged archive
        return "damaged"
