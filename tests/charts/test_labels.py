import html

import pytest

from charts.labels import plotly_text, shortened


@pytest.mark.parametrize(
    "hostile", ["<b>bold</b>", '<a href="http://x">x</a>', "<img src=x>", "a<br>b", "&lt;b&gt;"]
)
def test_markup_in_a_caption_is_shown_and_not_obeyed(hostile):
    shown = plotly_text(hostile)
    assert "<" not in shown
    assert html.unescape(shown) == hostile


def test_long_text_is_cut_with_an_ellipsis():
    assert shortened("a long caption", 7) == "a long…"
    assert shortened("short", 7) == "short"


def test_a_cut_never_leaves_half_an_escape():
    assert plotly_text("<<<<", 3) == "&lt;&lt;…"
