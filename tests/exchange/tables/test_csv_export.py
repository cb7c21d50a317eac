import csv
import io
import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from exchange.export_contents import ExportContents
from exchange.tables.csv_export import write_csv
from exchange.tables.csv_table import safe_cell
from exchange.temporary_file import temporary_file
from tests.exchange.tables.export_files import COLUMN, OTHER_COLUMN, labelled, small_export, written

EXTREME = arrays.arrays(
    np.float32, (6, 4), elements=st.floats(width=32, allow_nan=False, allow_infinity=False)
)
FORMULAS = st.builds(
    "".join, st.tuples(st.sampled_from(["=", "+", "-", "@", " =", "\uff1d"]), st.text(max_size=9))
)


def rows_of(contents):
    text = written(write_csv, contents).getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_columns_are_those_of_the_parquet_file():
    head, first, *_ = rows_of(small_export())
    assert head[:4] == ["id", "kind", "file_name", "caption"]
    assert head[4:] == ["label", "label_Kind", "pair", COLUMN, OTHER_COLUMN]
    assert first[1:6] == ["picture", "red.jpg", "a square", "warm", "odd"]


def test_partners_have_a_blank_between_them_and_what_is_missing_is_empty():
    rows = rows_of(small_export())
    assert rows[4][6].split(" ") == [rows[1][0], rows[2][0]]
    assert rows[6][2] == rows[6][6] == ""
    assert rows[1][8] == ""


@settings(max_examples=30, deadline=None)
@given(EXTREME)
def test_vectors_survive_to_the_last_bit(vectors):
    frame = pd.read_csv(written(write_csv, small_export(vectors)))
    read = np.array([json.loads(cell) for cell in frame[COLUMN]], dtype=np.float64)
    assert read.astype(np.float32).tobytes() == vectors.tobytes()


@settings(max_examples=30, deadline=None)
@given(FORMULAS, FORMULAS, FORMULAS)
def test_no_cell_is_run_as_a_formula(name, value, caption):
    for row in rows_of(labelled(name, value, caption)):
        for cell in row:
            assert safe_cell(cell) == cell


@pytest.mark.parametrize("words", ["日本語", 'say "hi", twice', "Größe"])
def test_texts_come_back_as_they_were(words):
    rows = rows_of(labelled(words, words, words))
    assert rows[0][4] == rows[1][4] == rows[1][3] == words


def test_a_collection_without_vectors_has_its_words():
    head, *rows = rows_of(ExportContents(small_export().collection))
    assert head[-1] == "pair"
    assert len(rows) == 6


def test_it_is_handed_on_as_an_open_file():
    contents = small_export()
    with temporary_file(lambda file: write_csv(contents, file)) as file:
        assert file.read() == written(write_csv, contents).getvalue()


def test_a_file_that_could_not_be_written_is_closed():
    opened = []

    def fails(file):
        opened.append(file)
        raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space"):
        temporary_file(fails)
    assert opened[0].closed
