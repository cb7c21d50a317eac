import codecs

import pytest

from collection.caption_rows import CaptionRow
from collection.caption_table import captions_from_text, read_caption_table
from collection.columns import FILE_NAME_COLUMNS, TEXT_COLUMNS, Columns
from collection.errors import CollectionError
from collection.limits import MAX_CAPTION_CHARACTERS
from collection.table_unclear import TableUnclear
from collection.text_file import MAX_TEXT_BYTES
from tests.collection.odd_files import assert_plain_line, png_bytes


def read(text: str, name: str = "captions.csv"):
    return read_caption_table(name, text.encode())


def pairs(table):
    return [(row.file_name, row.text) for row in table.rows]


def only_remark(table):
    (remark,) = table.remarks
    assert_plain_line(remark.text, table.name)
    return remark


def test_a_list_of_captions_has_one_a_line_and_blank_lines_are_dropped():
    assert captions_from_text(" A cat \n\n\tA  dog\r\n") == ("A cat", "A dog")


def test_a_table_gives_file_name_and_caption_of_each_row_in_order():
    table = read("file_name,text\nb.jpg,A dog\na.jpg,A cat\n")
    assert pairs(table) == [("b.jpg", "A dog"), ("a.jpg", "A cat")]
    assert table.remarks == ()


def test_a_picture_may_have_several_captions():
    table = read("file_name,text\na.jpg,A cat\na.jpg,A pet\n")
    assert pairs(table) == [("a.jpg", "A cat"), ("a.jpg", "A pet")]


def test_a_row_without_a_file_name_is_a_caption_without_a_picture():
    assert pairs(read("file_name,text\n,A cat\n")) == [("", "A cat")]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_usual_separator_is_understood_also_when_captions_are_full_of_another(separator):
    other = ";" if separator == "," else ","
    caption = other.join(["A cat", " asleep", " at home"])
    table = read(f"file_name{separator}text\na.jpg{separator}{caption}\n")
    assert pairs(table) == [("a.jpg", caption)]


def test_a_quoted_caption_may_hold_separators_quotes_and_line_breaks():
    table = read('file_name,text\na.jpg,"A ""big"" cat,\nasleep"\nb.jpg,A dog\n')
    assert pairs(table) == [("a.jpg", 'A "big" cat, asleep'), ("b.jpg", "A dog")]


@pytest.mark.parametrize("file_name", FILE_NAME_COLUMNS)
@pytest.mark.parametrize("text", TEXT_COLUMNS)
def test_columns_may_have_other_usual_names(file_name, text):
    assert pairs(read(f"{file_name},{text}\na.jpg,A cat\n")) == [("a.jpg", "A cat")]


def test_columns_may_stand_in_any_case_and_order_among_others():
    table = read(' Caption ,note,"File Name"\nA cat,x,a.jpg\n')
    assert pairs(table) == [("a.jpg", "A cat")]


def test_the_column_called_text_counts_before_one_called_label():
    assert pairs(read("file_name,label,text\na.jpg,3,A cat\n")) == [("a.jpg", "A cat")]


def test_the_line_that_excel_puts_above_the_header_is_skipped():
    assert pairs(read("sep=;\nfile_name;text\na.jpg;A cat\n")) == [("a.jpg", "A cat")]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_the_usual_encodings_are_understood(encoding):
    marks = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
    data = marks.get(encoding, b"") + "file_name,text\ncafé.jpg,Ein Café\n".encode(encoding)
    assert pairs(read_caption_table("captions.csv", data)) == [("café.jpg", "Ein Café")]


def test_an_encoding_that_was_only_assumed_is_said():
    table = read_caption_table("captions.csv", "file_name,text\na.jpg,Café\n".encode("cp1252"))
    assert "Windows-1252" in only_remark(table).text
    assert not only_remark(table).serious


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(line_end):
    table = read(line_end.join(["file_name,text", "a.jpg,A cat", "b.jpg,A dog"]))
    assert pairs(table) == [("a.jpg", "A cat"), ("b.jpg", "A dog")]


def test_a_blank_caption_is_named_by_its_line_and_the_rest_stays():
    table = read("file_name,text\na.jpg,\n\nb.jpg,A dog\nc.jpg\n")
    assert pairs(table) == [("b.jpg", "A dog")]
    assert "lines 2 and 5" in only_remark(table).text
    assert not only_remark(table).serious


def test_an_over_long_caption_is_named_by_its_line_and_the_rest_stays():
    fits, too_long = "x" * MAX_CAPTION_CHARACTERS, "x" * (MAX_CAPTION_CHARACTERS + 1)
    table = read(f"file_name,text\na.jpg,{too_long}\nb.jpg,{fits}\n")
    assert pairs(table) == [("b.jpg", fits)]
    assert "line 2" in only_remark(table).text
    assert only_remark(table).serious


def test_many_lines_of_one_kind_make_one_remark():
    rows = "".join(f"{number}.jpg,\n" for number in range(50))
    assert "lines 2, 3, 4 and 47 more" in only_remark(read(f"file_name,text\n{rows}")).text


def test_an_unquoted_comma_in_the_last_column_belongs_to_the_caption():
    assert pairs(read("file_name,text\na.jpg,A cat, asleep\n")) == [("a.jpg", "A cat, asleep")]


def test_too_many_cells_elsewhere_are_never_guessed():
    table = read("text,file_name\nA cat, asleep,a.jpg\nA dog,b.jpg\n")
    assert pairs(table) == [("b.jpg", "A dog")]
    assert "line 2" in only_remark(table).text
    assert only_remark(table).serious


def test_a_row_with_quotes_and_too_many_cells_is_never_guessed():
    table = read('file_name,text\n"a,1.jpg",A cat, asleep\n')
    assert pairs(table) == []
    assert only_remark(table).serious


def test_a_space_before_a_quote_does_not_matter():
    table = read('file_name, text\na.jpg, "A cat, asleep"\n')
    assert pairs(table) == [("a.jpg", "A cat, asleep")]


def test_empty_cells_behind_the_last_column_do_not_matter():
    assert pairs(read("file_name,text\na.jpg,A cat,,,\n")) == [("a.jpg", "A cat")]


@pytest.mark.parametrize("ending", ["\n", '\nd.jpg,"A rat"\n'])
def test_a_quote_that_is_never_closed_costs_its_own_row_only(ending):
    table = read(f'file_name,text\na.jpg,A cat\nb.jpg,"A dog\nc.jpg,A bird{ending}')
    assert pairs(table)[:2] == [("a.jpg", "A cat"), ("c.jpg", "A bird")]
    assert "line 3" in only_remark(table).text
    assert only_remark(table).serious


def test_stray_quotes_within_a_line_are_taken_as_they_are():
    table = read('file_name,text\na.jpg,A 5" pipe\nb.jpg,"A dog" asleep\n')
    assert pairs(table) == [("a.jpg", 'A 5" pipe'), ("b.jpg", "A dog asleep")]


def test_a_cell_beyond_all_bounds_does_not_cost_the_rest():
    table = read(f"file_name,text\na.jpg,{'x' * 200_000}\nb.jpg,A dog\n")
    assert pairs(table) == [("b.jpg", "A dog")]
    assert only_remark(table).serious


def test_a_table_is_read_up_to_its_limit(monkeypatch):
    monkeypatch.setattr("collection.caption_rows.MAX_TABLE_ROWS", 3)
    table = read("file_name,text\n" + "a.jpg,A cat\n" * 5)
    assert len(table.rows) == 3
    assert "line 5" in only_remark(table).text
    assert only_remark(table).serious


def test_json_lines_are_read_as_a_table():
    lines = [
        '{"file_name": "a.jpg", "text": "A cat"}',
        "",
        '{"Image": "b.jpg", "Caption": "A dog"}',
    ]
    table = read("\n".join(lines), "metadata.jsonl")
    assert pairs(table) == [("a.jpg", "A cat"), ("b.jpg", "A dog")]


def test_json_lines_may_list_several_captions():
    table = read('{"file_name": "a.jpg", "text": ["A cat", "A pet"]}', "metadata.jsonl")
    assert pairs(table) == [("a.jpg", "A cat"), ("a.jpg", "A pet")]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[1]",
        "3",
        '{"file_name": "a.jpg"}',
        '{"file_name": "a.jpg", "text": 3}',
        '{"file_name": 3, "text": "A cat"}',
        "[" * 99_999,
        "9" * 9_999,
    ],
)
def test_a_bad_json_line_is_named_and_the_rest_stays(line):
    table = read(f'{line}\n{{"file_name": "b.jpg", "text": "A dog"}}', "metadata.jsonl")
    assert pairs(table) == [("b.jpg", "A dog")]
    assert "line 1" in only_remark(table).text
    assert only_remark(table).serious


def test_a_text_file_is_a_list_of_captions_without_pictures():
    assert pairs(read("A cat\n\nA dog\n", "captions.txt")) == [("", "A cat"), ("", "A dog")]


def test_a_text_file_that_begins_as_a_table_is_a_table():
    assert pairs(read("file_name\ttext\na.jpg\tA cat\n", "captions.txt")) == [("a.jpg", "A cat")]


def test_a_table_with_nothing_but_its_header_is_said_to_be_empty():
    assert "no captions" in only_remark(read("file_name,text\n")).text


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n\n",
        b"A cat\nA dog\n",
        b"file_name,width\na.jpg,3\n",
        b"x" * 200_000,
        b"file_name,text\na.jpg,A \0cat\n",
        codecs.BOM_UTF16_LE + b"odd",
        codecs.BOM_UTF8 + b"\xff",
        b"\x81\x8d\x8f",
        png_bytes(),
        b"PK\x03\x04" + bytes(20),
        b"file_name,text\n" + b"a" * MAX_TEXT_BYTES,
    ],
)
def test_what_is_no_table_is_refused_in_one_plain_line(data):
    with pytest.raises(CollectionError) as refusal:
        read_caption_table("folder/captions.csv", data)
    assert_plain_line(str(refusal.value), "captions.csv")


@pytest.mark.parametrize(
    ("text", "columns", "guess"),
    [
        ("name,words\nx,A cat\ny,A dog\n", ("name", "words"), Columns(None, (1,))),
        ("title,text\nx,A cat\n", ("title", "text"), Columns(None, (1,))),
        ("file_name,width\na.jpg,3\n", ("file_name", "width"), Columns(0)),
        ("pic,de,en\na.jpg,Eine Katze,A cat\n", ("pic", "de", "en"), Columns(0, (1,))),
        ("a.jpg,cat\nb.jpg,dog\n", ("column 1", "column 2"), Columns(0, (1,))),
    ],
)
def test_columns_that_are_not_clear_are_asked_for_with_a_guess(text, columns, guess):
    with pytest.raises(TableUnclear) as unclear:
        read(text)
    assert unclear.value.readings[""].columns == columns
    assert unclear.value.guess == guess
    assert_plain_line(str(unclear.value), "captions.csv")
    assert len(unclear.value.readings[""].rows) == len(text.splitlines()) - (
        columns[0] != "column 1"
    )


def test_the_question_shows_the_first_five_rows():
    with pytest.raises(TableUnclear) as unclear:
        read("a,b\n" + "x,A cat\n" * 9)
    assert unclear.value.readings[""].rows == (("x", "A cat"),) * 5


def test_a_table_is_read_by_the_columns_that_are_told():
    text = "pic,de,en,kind\na,Eine Katze,A cat,pet\n"
    table = read_caption_table("t.csv", text.encode(), columns=Columns(0, (2,), (("label", 3),)))
    assert table.rows == (CaptionRow("a", "A cat", 2, (("label", "pet"),)),)


def test_one_column_that_reads_as_sentences_beside_pictures_is_clear():
    text = "id,name,remarks\n1,a.jpg,A cat at home\n2,b.jpg,A dog at play\n"
    assert pairs(read(text)) == [("a.jpg", "A cat at home"), ("b.jpg", "A dog at play")]


def test_a_column_of_labels_is_no_column_of_captions_unless_it_reads_as_sentences():
    assert read("file_name,label\na.jpg,cat\n").rows == (
        CaptionRow("a.jpg", "", 2, (("label", "cat"),)),
    )
    assert pairs(read("file_name,label\na.jpg,A cat\n")) == [("a.jpg", "A cat")]


def test_text_in_utf_16_without_a_mark_is_read():
    for encoding in ("utf-16-le", "utf-16-be"):
        data = "file_name,text\na.jpg,A cat, Münze\n".encode(encoding)
        assert pairs(read_caption_table("t.csv", data)) == [("a.jpg", "A cat, Münze")]


def test_a_stray_line_does_not_make_utf_8_another_encoding_and_is_named():
    data = b"file_name,text\na.jpg,Un caf\xc3\xa9\nb.jpg,Na\xefve\n"
    table = read_caption_table("t.csv", data)
    assert pairs(table) == [("a.jpg", "Un café"), ("b.jpg", "Naïve")]
    assert "line 3: this is not UTF-8" in only_remark(table).text


@pytest.mark.parametrize("mark", ["\ufeff", "\u200b", "\u2060"])
def test_zero_width_characters_in_a_header_and_in_file_names_go(mark):
    text = f"{mark}file_name,text{mark}\n{mark}a.jpg{mark},A cat\n"
    assert pairs(read(text)) == [("a.jpg", "A cat")]


def test_a_second_byte_order_mark_goes():
    data = codecs.BOM_UTF8 * 2 + b"file_name,text\na.jpg,A cat\n"
    assert pairs(read_caption_table("t.csv", data)) == [("a.jpg", "A cat")]


def test_an_emoji_of_several_signs_stays_whole():
    family = "\U0001f469\u200d\U0001f467"
    assert pairs(read(f"file_name,text\na.jpg,{family}\n")) == [("a.jpg", family)]


def test_nul_bytes_behind_the_end_go():
    data = b"file_name,text\na.jpg,A cat\n" + bytes(300)
    assert pairs(read_caption_table("t.csv", data)) == [("a.jpg", "A cat")]


def test_quotes_may_be_escaped_by_a_backslash():
    table = read('file_name,text\na.jpg,"A \\"big\\" cat, asleep"\nb.jpg,"A dog"\n')
    assert pairs(table) == [("a.jpg", 'A "big" cat, asleep'), ("b.jpg", "A dog")]
    assert table.remarks == ()


def test_a_backslash_at_the_end_of_a_cell_escapes_nothing():
    table = read('file_name,text\na.jpg,"In C:\\"\nb.jpg,"A dog"\n')
    assert pairs(table) == [("a.jpg", "In C:\\"), ("b.jpg", "A dog")]


def test_rows_that_excel_quoted_whole_are_understood():
    text = 'file_name,text\n"a.jpg,""A big cat, asleep"""\n"b.jpg,A dog"\n'
    assert pairs(read(text)) == [("a.jpg", "A big cat, asleep"), ("b.jpg", "A dog")]
    assert pairs(read('"file_name,text"\n"a.jpg,A cat"\n')) == [("a.jpg", "A cat")]
