"""Captions from people: a table of file names and captions, or plain lines."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from collection.errors import CollectionError
from collection.file_name import display_name, extension, listed
from collection.items import normalised_text
from collection.limits import MAX_CAPTION_CHARACTERS, MAX_ITEMS
from collection.records import Cells, csv_records, json_records
from collection.text_file import decoded_text
from collection.upload import Remark

TABLE_EXTENSIONS = ("csv", "tsv", "jsonl", "txt")
"""Extensions of the files that hold captions, for an upload widget."""

MAX_TABLE_ROWS = 10 * MAX_ITEMS

FILE_NAME_COLUMNS = ("file_name", "filename", "file", "image")
TEXT_COLUMNS = ("text", "caption", "label")
"""Names that a column may have, in any case; the first that is there counts."""

_SEPARATORS = ",;\t|"


class CaptionRow(NamedTuple):
    """One caption, the picture's file name (empty: no picture), and the line it came from."""

    file_name: str
    text: str
    line: int


@dataclass(frozen=True)
class CaptionTable:
    """What a table says: its usable rows in order, and remarks about the others."""

    name: str
    rows: tuple[CaptionRow, ...]
    remarks: tuple[Remark, ...]


class _Complaint(NamedTuple):
    """What is said after "captions.csv, line 3:", and whether something was left out."""

    text: str
    serious: bool


_BLANK = _Complaint(
    "there is no caption, so nothing was read. Write one or delete the line.", False
)
_LONG = _Complaint(
    f"the caption has more than {MAX_CAPTION_CHARACTERS:,} characters and was left out. "
    "Shorten it and bring it in again.",
    True,
)
_TOO_MANY_CELLS = _Complaint(
    "there are more cells than columns, so nothing was read. Put the caption in double quotes "
    "and upload the table again.",
    True,
)
_OPEN_QUOTE = _Complaint(
    "a double quote is opened and not closed, so nothing was read. Close it and upload the "
    "table again.",
    True,
)
_NOT_JSON = _Complaint(
    'there is nothing such as {"file_name": "cat.jpg", "text": "A cat"}, so nothing was read. '
    "Mend it and upload the table again.",
    True,
)
_TOO_MANY_ROWS = _Complaint(
    f"a table may have at most {MAX_TABLE_ROWS:,} captions, so reading stopped here. "
    "Upload the rest as a second table.",
    True,
)


class _Refused(NamedTuple):
    """A line that cannot be used."""

    line: int
    complaint: _Complaint


_Line = CaptionRow | _Refused


def captions_from_text(text: str) -> tuple[str, ...]:
    """Return the captions of plain text, one a line; blank lines are dropped."""
    return tuple(filter(None, map(normalised_text, text.splitlines())))


def read_caption_lines(name: str, text: str) -> CaptionTable:
    """Read plain text as captions without pictures, one a line; over-long ones are left out."""
    rows = (CaptionRow("", line, number) for number, line in enumerate(text.splitlines(), start=1))
    return _sorted(name, (row for row in rows if normalised_text(row.text)))


def read_caption_table(name: str, data: bytes) -> CaptionTable:
    """Read a table with the columns `file_name` and `text`: CSV, TSV or JSON lines.

    The separator (comma, semicolon, tab or |) is the one that makes sense of the first line. A
    picture may stand in several rows; a row without a file name is a caption without picture.
    Text that is no table, in a file called .txt, is read as one caption a line.
    Raises CollectionError, one plain line, if the file is no such table.
    """
    shown = display_name(name)
    text, guessed = decoded_text(shown, data)
    table = _READERS.get(extension(name), _read_csv)(shown, text)
    if not guessed:
        return table
    remark = Remark(
        f"{shown} is not UTF-8 and was read as Windows-1252. If letters such as é look wrong, "
        "save it as UTF-8 and upload that.",
        serious=False,
    )
    return CaptionTable(shown, table.rows, (*table.remarks, remark))


def _sorted(name: str, lines: Iterable[_Line]) -> CaptionTable:
    """Part the usable rows from the others; one remark tells of all lines of one kind."""
    rows: list[CaptionRow] = []
    refused: dict[_Complaint, list[int]] = {}
    for line in map(_judged, lines):
        if isinstance(line, CaptionRow) and len(rows) == MAX_TABLE_ROWS:
            refused[_TOO_MANY_ROWS] = [line.line]
            break
        if isinstance(line, CaptionRow):
            rows.append(line)
        else:
            refused.setdefault(line.complaint, []).append(line.line)
    remarks = [_remark(name, complaint, found) for complaint, found in refused.items()]
    if not rows and not remarks:
        remarks = [Remark(f"{name} has no captions. Write some and upload it again.", False)]
    return CaptionTable(name, tuple(rows), tuple(remarks))


def _judged(line: _Line) -> _Line:
    if isinstance(line, _Refused):
        return line
    words = normalised_text(line.text)
    if not words:
        return _Refused(line.line, _BLANK)
    if len(words) > MAX_CAPTION_CHARACTERS:
        return _Refused(line.line, _LONG)
    return CaptionRow(line.file_name.strip(), words, line.line)


def _remark(name: str, complaint: _Complaint, lines: Sequence[int]) -> Remark:
    where = f"line{'s' if len(lines) > 1 else ''} {listed([str(line) for line in lines])}"
    return Remark(f"{name}, {where}: {complaint.text}", complaint.serious)


class _Columns(NamedTuple):
    """Where file name and caption stand in a row, how many cells it has, what parts them."""

    file_name: int
    text: int
    width: int
    separator: str


def _read_text(name: str, text: str) -> CaptionTable:
    found = _header(text.split("\n"))
    return _read_csv(name, text) if found else read_caption_lines(name, text)


def _read_csv(name: str, text: str) -> CaptionTable:
    lines = text.split("\n")
    found = _header(lines)
    if found is None:
        raise CollectionError(
            f"{name} does not begin with the columns file_name and text. Write file_name,text "
            "as its first line, then one file name and caption a line, and upload it again."
        )
    first, columns = found
    records = csv_records(lines, first, columns.separator)
    return _sorted(
        name,
        (
            _csv_row(cells, columns, number, lines[number - 1])
            for number, cells in records
            if cells is None or any(cell.strip() for cell in cells)
        ),
    )


def _header(lines: Sequence[str]) -> tuple[int, _Columns] | None:
    """Return the index of the first row and the columns that the header above it names.

    Python's csv.Sniffer counts characters and errs when captions have commas in them.
    """
    for number, line in enumerate(islice(lines, 20)):
        for separator in _SEPARATORS:
            cells = next(csv_records([line], 0, separator), (0, None))[1] or ()
            columns = _columns(cells, separator)
            if columns:
                return number + 1, columns
        # Excel may put "sep=;" above the header.
        if line.strip() and not line.lower().startswith("sep="):
            break
    return None


def _columns(cells: Iterable[str], separator: str) -> _Columns | None:
    names = [_column_name(cell) for cell in cells]
    file_name = next((names.index(known) for known in FILE_NAME_COLUMNS if known in names), None)
    text = next((names.index(known) for known in TEXT_COLUMNS if known in names), None)
    if file_name is None or text is None:
        return None
    return _Columns(file_name, text, len(names), separator)


def _column_name(cell: str) -> str:
    return "_".join(cell.casefold().replace("-", " ").split())


def _csv_row(cells: Cells | None, columns: _Columns, number: int, raw: str) -> _Line:
    if cells is None:
        return _Refused(number, _OPEN_QUOTE)
    padded = [*cells, *[""] * (columns.width - len(cells))]
    file_name, text = padded[columns.file_name], padded[columns.text]
    if any(cells[columns.width :]):
        # A caption with a comma in it that nobody quoted; clear only if it is the last column.
        if columns.text != columns.width - 1 or '"' in raw:
            return _Refused(number, _TOO_MANY_CELLS)
        text = raw.split(columns.separator, columns.text)[-1]
    return CaptionRow(file_name, text, number)


def _read_json(name: str, text: str) -> CaptionTable:
    rows = (row for number, found in json_records(text) for row in _json_rows(found, number))
    return _sorted(name, rows)


def _json_rows(found: object, number: int) -> Iterator[_Line]:
    """Yield the captions of one JSON object: its text, or each of a list of texts."""
    if not isinstance(found, dict):
        yield _Refused(number, _NOT_JSON)
        return
    fields = {_column_name(key): value for key, value in found.items()}
    file_name = next((fields[known] for known in FILE_NAME_COLUMNS if known in fields), "")
    text = next((fields[known] for known in TEXT_COLUMNS if known in fields), None)
    for words in text if isinstance(text, list) else [text]:
        if isinstance(file_name, str) and isinstance(words, str):
            yield CaptionRow(file_name, words, number)
        else:
            yield _Refused(number, _NOT_JSON)


_READERS: Mapping[str, Callable[[str, str], CaptionTable]] = {
    "csv": _read_csv,
    "tsv": _read_csv,
    "jsonl": _read_json,
    "txt": _read_text,
}
