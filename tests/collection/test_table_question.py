"""Tables whose columns only the person can tell: asked, answered, left."""

import pytest

from collection.columns import Columns
from collection.intake import take_in_answered
from tests.collection.odd_files import zip_of
from tests.collection.taking_in import CAT, DOG, named_pairs, take_in_files

TABLE = "bild,de,en,art\na.png,Eine Katze,A cat,pet\nb.png,Ein Hund,A dog,pet\n"


def test_a_table_that_is_not_clear_is_asked_about_and_everything_else_comes_in():
    result = take_in_files(("a.png", CAT), ("b.png", DOG), ("t.csv", TABLE))
    (question,) = result.questions
    assert question.name == "t.csv"
    assert question.readings[""].columns == ("bild", "de", "en", "art")
    assert question.readings[""].rows[0] == ("a.png", "Eine Katze", "A cat", "pet")
    assert question.guess.file_name == 0
    assert result.added_pictures == 2
    assert result.remarks == ()


def test_the_answer_reads_the_table_with_its_labels():
    first = take_in_files(("a.png", CAT), ("b.png", DOG), ("t.csv", TABLE))
    told = Columns(0, (2,), (("label", 3),))
    result = take_in_answered(first.collection, first.questions[0], told)
    assert named_pairs(result.collection) == [("a.png", "A cat"), ("b.png", "A dog")]
    assert {found["label"] for found in result.collection.labels.values()} == {"pet"}


def test_tables_in_archives_are_asked_about_one_by_one_and_find_their_own_pictures():
    def archive(data: bytes) -> bytes:
        return zip_of(
            ("in/a.png", data),
            ("in/t.csv", TABLE.splitlines(True)[0].encode() + b"a.png,x y,A z,p\n"),
        )

    first = take_in_files(("one.zip", archive(CAT)), ("two.zip", archive(DOG)))
    assert [question.name for question in first.questions] == ["one.zip: t.csv", "two.zip: t.csv"]
    second = take_in_answered(first.collection, first.questions[1], Columns(0, (2,)))
    (pair,) = second.collection.pairs
    assert pair.picture_id == first.collection.pictures[1].id


def test_pictures_that_came_after_the_question_are_found_and_those_that_went_are_not():
    first = take_in_files(("a.png", CAT), ("t.csv", TABLE))
    gone = first.collection.removing({first.collection.pictures[0].id})
    later = take_in_files(("b.png", DOG), into=gone).collection
    result = take_in_answered(later, first.questions[0], Columns(0, (2,)))
    assert named_pairs(result.collection) == [("b.png", "A dog")]
    (remark,) = result.remarks
    assert "not here: a.png" in remark.text


def test_a_table_of_numbers_is_refused_and_not_asked_about():
    result = take_in_files(("loss.csv", "epoch,loss\n1,0.5\n2,0.4\n"))
    assert result.questions == ()
    assert "no column that names pictures" in result.remarks[0].text


@pytest.mark.parametrize(
    "table",
    [
        "a.png,cat\nb.png,dog\n",
        "image,animal\na.png,cat\nb.png,dog\n",
        "image,label,animal\na.png,1,cat\nb.png,2,dog\n",
        "image,split,animal\na.png,train,cat\nb.png,train,dog\n",
    ],
)
def test_a_column_of_single_words_is_asked_for_and_not_guessed(table):
    result = take_in_files(("a.png", CAT), ("b.png", DOG), ("t.csv", table))
    (question,) = result.questions
    assert not result.collection.texts
    (caption,) = question.guess.texts
    told = take_in_answered(result.collection, question, question.guess)
    assert question.readings[""].rows[0][caption] == "cat"
    assert named_pairs(told.collection) == [("a.png", "cat"), ("b.png", "dog")]


def test_a_table_of_pictures_and_numbers_is_refused_and_not_asked_about():
    judged = "a.png\tb.png#2\t0.3\t3\nb.png\ta.png#0\t0.1\t1\n"
    result = take_in_files(("a.png", CAT), ("b.png", DOG), ("ratings.tsv", judged))
    (remark,) = result.remarks
    assert "no words beside them" in remark.text
    assert result.questions == ()


EAST = {
    "gb18030": "一只猫在盒子里",
    "cp932": "猫が箱の中にいます",
    "big5": "一隻貓在盒子裡睡覺",
    "cp949": "상자 안의 고양이",
    "cp1251": "Кошка в коробке",
}


@pytest.mark.parametrize("encoding", EAST)
def test_a_text_whose_letters_are_hardly_latin_is_shown_in_several_readings(encoding):
    words = EAST[encoding]
    table = f"file_name,text\na.png,{words}\n".encode(encoding)
    first = take_in_files(("a.png", CAT), ("t.csv", table))
    (question,) = first.questions
    assert not first.collection.texts
    assert 1 < len(question.readings) <= 3
    assert question.readings[encoding].rows == (("a.png", words),)
    result = take_in_answered(first.collection, question, question.guess, encoding)
    assert named_pairs(result.collection) == [("a.png", words)]
    assert result.remarks == ()


def test_a_list_of_captions_of_unsure_encoding_is_asked_about_without_columns():
    first = take_in_files(("list.txt", "一只猫在盒子里\n一只狗\n".encode("gb18030")))
    (question,) = first.questions
    assert all(seen.columns == () for seen in question.readings.values())
    result = take_in_answered(first.collection, question, None, "gb18030")
    assert [text.text for text in result.collection.texts] == ["一只猫在盒子里", "一只狗"]


@pytest.mark.parametrize("words", ["Ein Café", "Größe, naïve", "Füße «Ÿ»", "20 °C – 5 €"])
def test_short_western_tables_are_read_as_ever(words):
    table = f"file_name;text\na.png;{words}\n".encode("cp1252")
    result = take_in_files(("a.png", CAT), ("t.csv", table))
    assert named_pairs(result.collection) == [("a.png", words)]
    assert result.questions == ()
