import io
import json
import os
import sys
import zipfile
from datetime import date, datetime, time, timedelta

import pytest

from collection import workbook as module
from collection.cell_text import cell_text
from collection.errors import CollectionError
from collection.separate_process import SeparateProcess
from collection.workbook import (
    MAX_WORKBOOK_COLUMNS,
    MAX_WORKBOOK_ROWS,
    other_sheets,
    read_workbook,
    workbook_rows,
)
from tests.collection.odd_files import assert_plain_line, zip_of
from tests.collection.odd_workbooks import XLS, number_cell, ods, ods_cell, text_cell, xlsx

HEAD = f'<row r="1">{text_cell("A1", "file_name")}{text_cell("B1", "text")}</row>'
CAT = f'<row r="2">{text_cell("A2", "a.jpg")}{text_cell("B2", "A cat & a hat, “猫”")}</row>'
EXCEL = xlsx(HEAD, CAT)
LIBRE = ods(
    f"<table:table-row>{ods_cell('file_name')}{ods_cell('text')}</table:table-row>",
    f"<table:table-row>{ods_cell('a.jpg')}{ods_cell('A cat & a hat, “猫”')}</table:table-row>",
)


@pytest.mark.parametrize("data", [EXCEL, LIBRE], ids=["xlsx", "ods"])
def test_the_first_sheet_is_read_as_rows_of_text(data):
    assert workbook_rows(data) == [["file_name", "text"], ["a.jpg", "A cat & a hat, “猫”"]]


def test_a_workbook_of_old_excel_is_read():
    found = read_workbook(XLS)
    assert found.rows == [
        ["file_name", "text", "views", ""],
        ["a.jpg", "Ein Café", "3", "2026-01-31"],
    ]
    assert (found.sheet, found.other_sheets) == ("One", ("Two",))


def test_the_sheets_that_are_not_read_are_named():
    assert other_sheets(EXCEL) == ("Sheet 2",)
    assert other_sheets(LIBRE) == ()


def test_the_first_sheet_that_is_shown_is_read():
    found = read_workbook(xlsx(HEAD, states=("hidden", "visible", "visible")))
    assert found.rows == [["2"]]
    assert (found.sheet, found.other_sheets) == ("Sheet 2", ("Sheet 1", "Sheet 3"))
    assert read_workbook(xlsx(HEAD, states=("hidden",))).sheet == "Sheet 1"


def test_rows_and_columns_stand_where_they_stand_in_the_sheet():
    assert workbook_rows(
        xlsx(f'<row r="3">{text_cell("B3", "x")}{text_cell("D3", "y")}</row>')
    ) == [
        ["", "", "", ""],
        ["", "", "", ""],
        ["", "x", "", "y"],
    ]


def test_empty_cells_that_are_only_coloured_or_repeated_are_no_rows():
    coloured = "".join(f'<row r="{row}"><c r="B{row}" s="1"/></row>' for row in (3, 1_048_576))
    assert workbook_rows(xlsx(HEAD, coloured)) == [["file_name", "text"]]
    repeated = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell/>'
    rest = f"{repeated}</table:table-row>"
    first = f"<table:table-row>{ods_cell('x')}</table:table-row>"
    assert workbook_rows(ods(first, rest)) == [["x"]]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        *((3.0, "3"), (-2.0, "-2"), (0.1 + 0.2, "0.3"), (1e300, "1e+300"), (float("nan"), "")),
        *((True, "TRUE"), (7, "7"), (None, ""), (" a ", " a "), (123456789012.0, "123456789012")),
        *((date(2026, 1, 31), "2026-01-31"), (datetime(2026, 1, 31), "2026-01-31")),
        *((datetime(2026, 1, 31, 12, 30), "2026-01-31 12:30:00"), (time(8, 5), "08:05:00")),
        (timedelta(hours=30), "1 day, 6:00:00"),
    ],
)
def test_a_cell_reads_as_a_spreadsheet_shows_it(cell, text):
    assert cell_text(cell) == text


def test_numbers_are_read_without_the_point_that_excel_does_not_show():
    numbers = number_cell("A1", "3.0") + number_cell("B1", "0.30000000000000004")
    assert workbook_rows(xlsx(f'<row r="1">{numbers}</row>')) == [["3", "0.3"]]


FAR = (
    f'<row r="1">{number_cell("A1", 1)}</row><row r="1048576">{number_cell("XFD1048576", 1)}</row>'
)
OVERFLOW = f'<row r="1">{number_cell("A1", 1)}{number_cell("ZZZZZZZ9999999999", 1)}</row>'
BOMBS = {
    # The process that reads them ends, for want of memory or in a panic, or finds too much text.
    "corners": xlsx(FAR),
    "overflow": xlsx(OVERFLOW),
    "shared": xlsx(
        f'<row r="1">{text_cell("A1", "a" * 2**20)}</row>',
        *(f'<row r="{row}">{text_cell(f"A{row}", "b" * 2**15)}</row>' for row in range(2, 999)),
    ),
    "repeated": ods(
        f'<table:table-row table:number-rows-repeated="1048576">{ods_cell("x", 16_384)}'
        "</table:table-row>"
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_workbook_bomb_is_refused_and_the_server_goes_on(name):
    with pytest.raises(CollectionError) as refusal:
        workbook_rows(BOMBS[name], f"{name}.xlsx")
    assert_plain_line(str(refusal.value), f"{name}.xlsx")


BAD = {
    "empty.xlsx": (b"", "not a workbook"),
    "words.xlsx": (b"file_name,text", "not a workbook"),
    "blank.xlsx": (xlsx(), "nothing in its first sheet"),
    "spaces.ods": (ods("<table:table-row><table:table-cell/></table:table-row>"), "nothing"),
    "pictures.zip": (zip_of(("a.jpg", b"x")), "damaged"),
    "parts.xlsx": (EXCEL.replace(b"xl/workbook.xml", b"xl/workbooc.xml"), "nothing"),
    "unclosed.ods": (ods("<table:table-row>" * 5_000), "damaged"),
    "cut.xlsx": (EXCEL[:-30], "damaged"),
    "cut.xls": (XLS[:700], "damaged"),
    "head.xls": (XLS[:8], "damaged"),
    "wide.xlsx": (xlsx(f'<row r="1">{number_cell("GS1", 1)}</row>'), "200 columns"),
    "long.xlsx": (xlsx(f'<row r="100001">{number_cell("A100001", 1)}</row>'), "100,000 rows"),
    "locked.ods": (
        ods(manifest='<manifest:file-entry manifest:full-path="content.xml">'
        "<manifest:encryption-data/></manifest:file-entry>"), "password",
    ),
    "locked.xlsx": (XLS + "EncryptedPackage".encode("utf-16-le"), "password"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_is_refused_in_one_plain_line(name):
    data, says = BAD[name]
    with pytest.raises(CollectionError, match=says) as refusal:
        workbook_rows(data, name)
    assert_plain_line(str(refusal.value), name)


def test_as_many_rows_and_columns_as_are_allowed_come_in():
    last = f'<row r="{MAX_WORKBOOK_ROWS}">{number_cell(f"A{MAX_WORKBOOK_ROWS}", 1)}</row>'
    assert len(workbook_rows(xlsx(last))) == MAX_WORKBOOK_ROWS
    assert len(workbook_rows(xlsx(f'<row r="1">{number_cell("GR1", 1)}</row>'))[0]) == 200
    assert MAX_WORKBOOK_COLUMNS == 200


def test_what_would_unpack_to_too_much_is_not_begun(monkeypatch):
    monkeypatch.setattr(module, "SeparateProcess", None)
    monkeypatch.setattr(module, "MAX_UNPACKED_BYTES", 1_000)
    with pytest.raises(CollectionError, match="unpack"):
        workbook_rows(zip_of(("xl/workbook.xml", bytes(1_001))))


def test_a_cell_of_many_megabytes_is_refused(monkeypatch):
    monkeypatch.setattr(module, "MAX_TEXT_BYTES", 1_000)
    with pytest.raises(CollectionError, match="of text"):
        workbook_rows(xlsx(f'<row r="1">{text_cell("A1", "a" * 1_001)}</row>'))


def test_a_workbook_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(module, "_SECONDS", 0)
    with pytest.raises(CollectionError, match="too large"):
        workbook_rows(EXCEL)


def test_the_reading_process_gets_no_keys(monkeypatch):
    monkeypatch.setenv("SOME_API_KEY", "secret")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    with SeparateProcess("tests.collection.environment_process") as process:
        process.write(b"")
        found = json.loads(process.output.read())
        assert process.ended_well()
    assert "SOME_API_KEY" not in found
    assert found["PYTHONPATH"].endswith(f"{os.pathsep}/somewhere")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems set other bounds")
def test_the_reading_process_may_have_only_so_much_memory(monkeypatch):
    monkeypatch.setattr(module, "_MEMORY", 80 * 2**20)
    assert workbook_rows(EXCEL)
    corners = f'<row r="20000">{number_cell("GR20000", 1)}</row>'
    with pytest.raises(CollectionError, match="too large"):
        workbook_rows(xlsx(HEAD, corners))
    monkeypatch.undo()
    assert len(workbook_rows(xlsx(HEAD, corners))) == 20_000


def test_overlapping_parts_are_refused():
    # All entries of the directory point to one part: what makes a bomb without any nesting.
    data = bytearray(zip_of(*((f"xl/{n}.xml", bytes(10_000)) for n in range(20))))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 42 : at + 46] = bytes(4)
        at = data.find(b"PK\x01\x02", at + 4)
    assert len(zipfile.ZipFile(io.BytesIO(data)).infolist()) == 20
    with pytest.raises(CollectionError):
        workbook_rows(bytes(data))
