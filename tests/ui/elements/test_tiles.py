"""Tiles are HTML made of people's words: whatever those say, they stay words."""

import base64
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from PIL import Image

from collection.items import text_item
from collection.picture import ingest_image
from collection.samples import load_sample
from ui.elements.tiles import Tile, select_list_button, tiles, whole_picture

CAT = load_sample("cat-and-box").pictures[0]
HOSTILE = (
    "<script>alert(1)</script>",
    "![x](http://example.invalid/x.png)",
    '"><img src=http://example.invalid/y.png onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</li></ol><a href='http://example.invalid'>here</a>",
    "&lt;b&gt; &amp; &#60;i&#62;",
)
OURS = {"ol", "li", "div", "button", "span", "img", "b"}
ATTRIBUTES = {
    *("class", "style", "data-item", "title", "type", "data-like", "aria-label"),
    *("data-select", "aria-pressed"),
    *("src", "alt", "width", "height"),
}


class Markup(HTMLParser):
    """What a browser makes of the HTML: elements with their attributes, and the words."""

    def __init__(self, markup):
        super().__init__()
        self.elements, self.words = [], []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return "".join(self.words)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def only_ours(markup):
    """Check that nothing stands there but what tiles are made of."""
    assert {tag for tag, _ in markup.elements} <= OURS
    assert {name for _, attributes in markup.elements for name in attributes} <= ATTRIBUTES
    for image in markup.all("img"):
        assert image["src"].startswith("data:image/webp;base64,")


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_caption_is_shown_as_the_words_it_is(words):
    item = text_item(words)
    markup = Markup(tiles([Tile(item)]))
    only_ours(markup)
    assert f"“{words}”" in markup.text
    assert markup.all("li")[0]["title"] == words
    assert [button["aria-label"] for button in markup.all("button")] == [
        f"Select: {words}",
        f"More like this: {words}",
    ]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_name_is_shown_as_the_words_it_is(name):
    markup = Markup(tiles([Tile(replace(CAT, name=name))]))
    only_ours(markup)
    assert name[:20] in markup.text
    assert markup.all("img")[0]["alt"] == name
    assert markup.all("li")[0]["title"] == name


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_lines_marks_and_badges_are_shown_as_the_words_they_are(words):
    tile = Tile(CAT, lines=(words,), mark=words, badges=((words, "#E69F00"),))
    markup = Markup(tiles([tile]))
    only_ours(markup)
    assert markup.text.count(words) == 3


def test_a_name_cut_in_the_middle_of_markup_is_still_harmless():
    markup = Markup(tiles([Tile(replace(CAT, name="<b>" * 100))]))
    only_ours(markup)
    assert markup.text.count("…") == 1
    assert len(markup.all("li")[0]["title"]) == 160


def test_a_tile_says_which_item_it_is_selects_it_and_asks_for_more_like_it():
    markup = Markup(tiles([Tile(CAT)]))
    assert markup.all("li")[0]["data-item"] == CAT.id
    select, like = markup.all("button")
    assert select["data-select"] == like["data-like"] == CAT.id
    assert select["aria-pressed"] == "false"


def test_a_button_for_a_list_says_which_list_and_nothing_else():
    markup = Markup(select_list_button("Select <all>", '"><b>'))
    assert markup.text == "Select <all>"
    assert [button["data-select-list"] for button in markup.all("button")] == ['"><b>']


def test_tiles_are_a_list_in_the_order_given():
    items = [CAT, text_item("a dog"), text_item("a bird")]
    markup = Markup(tiles(Tile(item) for item in items))
    assert [entry["data-item"] for entry in markup.all("li")] == [item.id for item in items]


def test_pictures_and_texts_are_told_apart():
    markup = Markup(tiles([Tile(CAT), Tile(text_item("a dog"))]))
    assert [entry["class"] for entry in markup.all("li")] == ["tile picture", "tile text"]


def test_a_picture_has_its_first_caption_below_and_says_how_many_more_there_are():
    one, two = (
        Markup(tiles([Tile(CAT, captions=captions)])) for captions in (("A cat",), ("A cat", "Tom"))
    )
    assert "A cat" in one.text
    assert "+1" not in one.text
    assert "A cat +1" in two.text
    for markup in (one, two):
        assert CAT.name not in markup.text
        assert markup.all("img")[0]["alt"] == "A cat"
        assert markup.all("li")[0]["title"] == CAT.name
        only_ours(markup)


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_caption_of_a_picture_is_shown_as_the_words_it_is(words):
    markup = Markup(tiles([Tile(CAT, captions=(words,))]))
    only_ours(markup)
    assert words[:20] in markup.text
    assert markup.all("img")[0]["alt"] == words


def test_a_picture_without_a_caption_has_its_name_below_unless_told_otherwise():
    assert CAT.name in Markup(tiles([Tile(CAT)])).text
    assert CAT.name not in Markup(tiles([Tile(CAT)], named=False)).text


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((400, 200), ("132", "66")),
        ((200, 400), ("66", "132")),
        ((66, 66), ("132", "132")),
        ((30, 15), ("60", "30")),
        ((1000, 1), ("132", "1")),
    ],
)
def test_a_picture_is_fitted_whole_and_enlarged_to_twice_its_pixels_at_most(size, shown):
    item = ingest_image("a", Image.new("RGB", size))
    image = Markup(tiles([Tile(item)], side=132)).all("img")[0]
    assert (image["width"], image["height"]) == shown


def test_a_whole_picture_holds_its_own_bytes_and_a_hostile_name_stays_words():
    (image,) = Markup(whole_picture(replace(CAT, name=HOSTILE[2]), 320)).all("img")
    assert image["src"] == "data:image/jpeg;base64," + base64.b64encode(CAT.jpeg).decode()
    assert image["alt"] == HOSTILE[2]


def test_no_tiles_are_an_empty_list():
    markup = Markup(tiles([]))
    assert [tag for tag, _ in markup.elements] == ["ol"]


def test_a_long_list_has_a_link_past_it_and_a_short_one_has_none():
    captions = [Tile(text_item(f"caption {n}")) for n in range(9)]
    long, short = tiles(captions), tiles(captions[:3])
    place = re.search(r'<a class="skip" href="#([\w-]+)"', long)
    assert f'id="{place[1]}"' in long.split("</ol>")[1]
    assert "skip" not in short
