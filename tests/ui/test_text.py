import re

import pytest

from ui.text import counted, markdown_text


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
