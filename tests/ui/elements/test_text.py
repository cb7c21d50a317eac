import re

import pytest

from ui.elements.text import (
    counted,
    in_a_row,
    markdown_text,
    message_text,
    told_apart,
    unique_labels,
    with_commas,
)


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


def test_code_and_addresses_of_a_message_work():
    words = message_text("Run `gcloud auth`. Get one at https://atlas.nomic.ai/.")
    assert words == r"Run `gcloud auth`\. Get one at <https://atlas.nomic.ai/>\."


@pytest.mark.parametrize(
    "hostile",
    [
        "![x](http://example.invalid)",
        "https://example.invalid/",
        "`code`",
        "” https://example.invalid/ `code` “",
        "“",
    ],
)
def test_what_a_message_quotes_is_shown_as_it_is(hostile):
    said = f"It said: “{hostile}”"
    assert message_text(f"Refused. {said} Look at `x`.") == (
        rf"Refused\. {markdown_text(said)} Look at `x`\."
    )


def test_a_message_without_its_closing_quote_and_with_odd_backticks_is_shown_as_it_is():
    message = "Refused ` by “https://example.invalid/ `code`"
    assert message_text(message) == markdown_text(message)


def test_whole_numbers_get_commas_and_other_words_none():
    assert with_commas("99 calls and 99996 tokens") == "99 calls and 99,996 tokens"
    for words in ("a1234", "1.23456", "1" * 30, "12,3456"):
        assert with_commas(words) == words


def test_words_in_a_row():
    assert [in_a_row(words) for words in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


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
