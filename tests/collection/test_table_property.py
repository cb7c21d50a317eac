"""Whatever a table looks like: n captions in, n captions or a named refusal out."""

import csv
import io
import re
from typing import NamedTuple

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from collection.caption_table import read_caption_table
from collection.cells import captions_in
from collection.columns import FILE_NAME_COLUMNS, TEXT_COLUMNS
from collection.items import normalised_text

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")
SIGNS = "ab éßÄ’“,;|\t\"'\\-.#:()[]{}猫 🐱\n0123"
CAPTION = st.text(st.sampled_from(SIGNS), min_size=1, max_size=24).map(lambda words: f"A {words}")


class Written(NamedTuple):
    """A table as somebody might have saved it, and what it says."""

    data: bytes
    rows: list[tuple[str, str]]


@st.composite
def tables(draw: st.DrawFn) -> Written:
    rows = draw(st.lists(st.tuples(st.integers(0, 5), CAPTION), min_size=1, max_size=7))
    named = [(f"p{number}.jpg", words) for number, words in rows]
    order = draw(
        st.permutations(["file", "text", *draw(st.sampled_from([[], ["width"], ["note"]]))])
    )
    names = {
        "file": draw(st.sampled_from(FILE_NAME_COLUMNS)),
        "text": draw(st.sampled_from(TEXT_COLUMNS)),
        "width": "width",
        "note": "note",
    }
    sink = io.StringIO()
    # Where \\ stands for \, nothing tells it from two of them: such captions are doubled.
    doubled = draw(st.booleans()) or any("\\" in words for _, words in rows)
    writer = csv.writer(
        sink,
        delimiter=draw(st.sampled_from(",;\t|")),
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        doublequote=doubled,
        escapechar=None if doubled else "\\",
        lineterminator="\n",
    )
    header = [draw(st.sampled_from([str, str.upper, str.title]))(names[column]) for column in order]
    writer.writerow(header)
    for number, (name, words) in enumerate(named):
        cells = {"file": name, "text": words, "width": str(number), "note": "seen"}
        writer.writerow([cells[column] for column in order])
    encoding = draw(st.sampled_from(ENCODINGS))
    line_end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    text = sink.getvalue().replace("\n", line_end) + draw(st.sampled_from(["", "\0\0\0", "\n\n"]))
    try:
        data = text.encode(encoding)
        # Two letters of Windows-1252 that are also one of UTF-8 are read as that one.
        assume(encoding != "cp1252" or not any(map(is_utf_8, re.split(b"[\r\n]", data))))
    except UnicodeEncodeError:
        assume(False)
    return Written(data, named)


def is_utf_8(line: bytes) -> bool:
    """Whether it is UTF-8 and not only ASCII."""
    try:
        return not line.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def is_subsequence(part: list[tuple[str, str]], whole: list[tuple[str, str]]) -> bool:
    rest = iter(whole)
    return all(row in rest for row in part)


@settings(
    max_examples=1500,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(tables())
def test_every_caption_comes_in_as_it_is_or_its_line_is_named(table: Written):
    expected = [(name, normalised_text(words)) for name, words in table.rows]
    assume(all(captions_in(words) == [words] for _, words in expected))
    read = read_caption_table("t.csv", table.data)  # never refused as a whole
    found = [(row.file_name, row.text) for row in read.rows]
    assert is_subsequence(found, expected)
    if found != expected:
        assert any(remark.serious and "line" in remark.text for remark in read.remarks)
