import csv
import io

import numpy as np
import pytest

from exchange.tables.csv_table import csv_table, safe_cell


def read(table):
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))


def test_a_table_is_utf_8_with_a_byte_order_mark_and_crlf():
    assert csv_table(["Größe"], [["über"]]) == b"\xef\xbb\xbf" + "Größe\r\nüber\r\n".encode()


def test_cells_come_back_as_they_were():
    rows = [["a, b", 'say "hi"'], ["two\nlines", "日本語 🐈"], ["", " plain "]]
    assert read(csv_table(["x", "y"], rows)) == [["x", "y"], *rows]


def test_a_table_without_rows_has_its_column_names():
    assert read(csv_table(["item", "score"], iter(()))) == [["item", "score"]]


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\rx", "\nx", "\tx"),
        *("  =1+1", "\u00a0=1", "\ufeff=1", " \t -x", "\x00=1", "\uff1d1"),
        '=HYPERLINK("http://example.org/?"&A1)',
    ],
)
def test_a_text_that_reads_as_a_formula_is_defused(text):
    assert safe_cell(text) == "'" + text
    assert read(csv_table([text], [[text]])) == [["'" + text], ["'" + text]]


@pytest.mark.parametrize("text", ["a=b", "cat - dog", "a@b.org", "3 - 2", "'quoted", "", "  cat"])
def test_any_other_text_stays_as_it_is(text):
    assert safe_cell(text) == text


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (-1, "-1"),
        (-0.25, "-0.25"),
        (1e-7, "1e-07"),
        (np.float32(-0.5), "-0.5"),
        (np.int64(-3), "-3"),
    ],
)
def test_real_numbers_stay_numbers(number, written):
    assert read(csv_table(["x"], [[number]]))[1] == [written]


def test_a_number_written_as_text_is_a_text():
    assert safe_cell("-0.25") == "'-0.25"


def test_none_is_an_empty_cell():
    assert read(csv_table(["x", "y"], [[None, 1]]))[1] == ["", "1"]
