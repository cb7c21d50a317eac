import re

import pytest

from ui.text import counted, markdown_text, told_apart, unique_labels


@pytest.mark.parametrize(
    "hostile",
    [
        "![x](http://example.invalid/x.png)",
        "[x](http://example.invalid)",
        "<img src=x>",
        ":red[x]",
        "$x^2$",
        "**bold** _it_ `code`",
        "# title",
        ":material/home:",
        "| a | b |",
        "~~gone~~",
    ],
)
def test_every_sign_that_markdown_obeys_is_escaped(hostile):
    assert not re.search(r"(?<!\\)[!\[\](){}<>*_`#$:|~]", markdown_text(hostile))


def test_words_stay_as_they_are():
    assert markdown_text("Ein Kätzchen, 3 Wochen") == "Ein Kätzchen, 3 Wochen"


def test_line_breaks_cannot_begin_a_list_or_a_title():
    assert "\n" not in markdown_text("a\n- b\n# c")


def test_a_noun_is_in_the_plural_unless_there_is_one():
    assert [counted(n, "picture") for n in (0, 1, 2000)] == [
        "0 pictures",
        "1 picture",
        "2,000 pictures",
    ]


@pytest.mark.parametrize(
    "address", ["www.example.com", "http://example.com", "me@example.com", "a -> b", ":streamlit:"]
)
def test_what_markdown_would_make_of_plain_text_is_taken_apart(address):
    assert "\u2060" in markdown_text(address)


def test_equal_labels_are_numbered_and_never_meet_a_number_already_there():
    assert unique_labels(["a", "a", "b", "a", "a (2)"]) == ["a", "a (2)", "b", "a (3)", "a (2) (2)"]


def test_two_numbers_get_as_many_decimals_as_tell_them_apart():
    assert told_apart(0.28, 0.61) == ("0.28", "0.61")
    assert told_apart(0.281, 0.284) == ("0.281", "0.284")
    assert told_apart(0.5, 0.5) == ("0.5000", "0.5000")
    assert told_apart(-0.001, 0.3) == ("0.00", "0.30")
