"""Captions from people: a table of file names and captions, or plain lines."""

from collections.abc import Sequence

from collection.caption_rows import (
    CaptionRow,
    CaptionTable,
    lines_of_record,
    looks_like_picture,
    sorted_rows,
)
from collection.columns import (
    Columns,
    IsPicture,
    guessed_columns,
    named_columns,
    unread_captions,
)
from collection.errors import CollectionError
from collection.file_name import display_name, extension, listed
from collection.grid import Grid, json_lines_grid, text_grid
from collection.items import normalised_text
from collection.table_complaints import (
    NOT_UTF_8,
    complaint_remark,
)
from collection.table_unclear import (
    ROWS_SHOWN,
    TableRows,
    TableUnclear,
    rows_shown,
)
from collection.text_file import DecodedText, decoded_text
from collection.upload import Remark

TEXT_EXTENSIONS = ("txt", "caption", "captions", "token", "lst")
"""Extensions of the files that may hold a table, or captions alone."""


def captions_from_text(text: str) -> tuple[str, ...]:
    """Return the captions of plain text, one a line; blank lines are dropped."""
    return tuple(filter(None, map(normalised_text, text.splitlines())))


def read_caption_lines(name: str, text: str, file_name: str = "") -> CaptionTable:
    """Read plain text as captions of one picture or none, one a line."""
    lines = enumerate(text.splitlines(), start=1)
    rows = (CaptionRow(file_name, line, number) for number, line in lines)
    return sorted_rows(name, (row for row in rows if normalised_text(row.text)))


def read_caption_table(
    name: str,
    data: bytes,
    is_picture: IsPicture = looks_like_picture,
    columns: Columns | None = None,
    *,
    encoding: str | None = None,
    lines_are_captions: bool = True,
) -> CaptionTable:
    """Read a table of pictures and captions: CSV, TSV or JSON lines.

    The columns are known by their names (`file_name`, `text` and many others) or by what stands
    in them; `columns` says which they are, `encoding` what the text is saved in. The separator
    (comma, semicolon, tab or |) is the one that makes sense. A picture may stand in several rows;
    a row without a file name is a caption without picture. Text that is no table, in a file
    called .txt, is one caption a line if `lines_are_captions`.
    Raises TableUnclear if only the person can tell, and CollectionError, one plain line, if the
    file is no such table.
    """
    shown = display_name(name)
    decoded = decoded_text(shown, data, encoding)
    if decoded.encodings:
        raise _unclear_reading(shown, data, decoded.encodings, is_picture)
    kind = extension(name)
    if kind in ("jsonl", "ndjson"):
        grid = json_lines_grid(decoded.text)
    else:
        grid = text_grid(decoded.text, is_picture)
        if kind in TEXT_EXTENSIONS and columns is None and not _is_table(grid, is_picture):
            return with_remarks(_lines_of(shown, decoded.text, lines_are_captions), decoded)
    if grid is None:
        raise CollectionError(
            f"{shown} does not begin with the columns file_name and text. Write file_name,text "
            "as its first line, then one file name and caption a line, and upload it again."
        )
    return with_remarks(table_of(shown, grid, is_picture, columns), decoded)


def _unclear_reading(
    name: str, data: bytes, encodings: Sequence[str], is_picture: IsPicture
) -> TableUnclear:
    """Show a text in each of the encodings that it may be in."""
    readings: dict[str, TableRows] = {}
    guess = Columns(None)
    for encoding in reversed(encodings):  # the guess is that of the likeliest
        text = decoded_text(name, data, encoding).text
        grid = text_grid(text, is_picture)
        if grid is not None and _is_table(grid, is_picture):
            rows = [record.cells[: grid.width] for record in grid.records if record.cells]
            guess = guessed_columns(grid.header, rows, is_picture).columns
            readings[encoding] = rows_shown(grid)
        else:
            lines = [line for line in text.split("\n") if line.strip()]
            readings[encoding] = TableRows((), tuple((line,) for line in lines[:ROWS_SHOWN]))
    return TableUnclear(
        f"{name} does not say in which encoding it is. Save it as UTF-8 and upload that.",
        dict(reversed(readings.items())),
        guess,
    )


def table_of(
    name: str, grid: Grid, is_picture: IsPicture, columns: Columns | None = None
) -> CaptionTable:
    """Return what a grid says, by these columns, or by those that it names or suggests.

    Raises TableUnclear if only the person can tell.
    """
    columns = columns or _told_columns(name, grid, is_picture)
    rows_of = (line for record in grid.records for line in lines_of_record(record, grid, columns))
    table = sorted_rows(name, rows_of, grid.unit)
    unread = unread_captions(grid.header, columns)
    if not unread:
        return CaptionTable(name, table.rows, table.remarks, grid.header)
    read = listed([grid.header[at] for at in columns.texts] or ["none of them"])
    many = "columns" if len(unread) > 1 else "column"
    remark = f"{name}: captions were read from {read}; the {many} {listed(unread)} not."
    return CaptionTable(name, table.rows, (*table.remarks, Remark(remark, False)), grid.header)


def _told_columns(name: str, grid: Grid, is_picture: IsPicture) -> Columns:
    """Return the columns that a grid names or suggests; raises what `table_of` raises."""
    rows = [record.cells[: grid.width] for record in grid.records if record.cells is not None]
    columns, clear, only_pictures = guessed_columns(grid.header, rows, is_picture)
    if grid.known and (named := named_columns(grid.header)).texts:
        return named
    if clear:
        return columns
    if only_pictures:
        raise CollectionError(
            f"{name} names pictures and holds no words beside them, so nothing was read. "
            "Write the captions into a column and upload it again."
        )
    if columns == Columns(None):
        raise CollectionError(
            f"{name} has no column that names pictures and none with captions, so nothing was "
            "read. Write file_name and text above such columns and upload it again."
        )
    raise TableUnclear(
        f"{name} does not say which column names the picture and which is the caption. "
        "Write file_name and text above them and upload it again.",
        {"": rows_shown(grid)},
        columns,
    )


def _is_table(grid: Grid | None, is_picture: IsPicture) -> bool:
    """Tell a table from lines of captions that have commas in them."""
    if grid is None or grid.known:
        return grid is not None
    rows = [record.cells for record in grid.records[:200] if record.cells]
    named = sum(any(is_picture(cell) for cell in row if isinstance(cell, str)) for row in rows)
    return named * 2 >= len(rows) > 0


def _lines_of(name: str, text: str, lines_are_captions: bool) -> CaptionTable:
    """Read a text that is no table. A list of names, as of a split, must not become captions."""
    lines = [line for line in text.split("\n") if line.strip()]
    if 2 * sum(map(looks_like_picture, lines)) > len(lines):
        raise CollectionError(
            f"{name} lists names of pictures and no captions, so nothing was read. Write a caption "
            "behind each name, parted by a tab, and upload it again."
        )
    if not lines_are_captions:
        raise CollectionError(
            f"{name} names no picture, so nothing was read. If it is a list of captions, upload "
            "it by itself."
        )
    return read_caption_lines(name, text)


def with_remarks(table: CaptionTable, decoded: DecodedText) -> CaptionTable:
    """Add what is to be said about the encoding."""
    remarks = list(table.remarks)
    if decoded.guessed:
        remarks.append(
            Remark(
                f"{table.name} is not UTF-8 and was read as Windows-1252. If letters such as é "
                "look wrong, save it as UTF-8 and upload that.",
                serious=False,
            )
        )
    if decoded.stray_lines:
        remarks.append(complaint_remark(table.name, NOT_UTF_8, decoded.stray_lines))
    return CaptionTable(table.name, table.rows, tuple(remarks), table.header)
