"""Findings of several providers become one list, in plain words."""

from html.parser import HTMLParser

import pytest

from collection.collection import Collection
from collection.items import text_item
from tests.ui.synthetic_session import FIRST, SECOND, picture, session_with
from ui.elements.show_more import more_of
from ui.elements.tiles import Tile
from ui.odd_ones_out.findings import Finding, Proposal, Shown, findings, named

ITEMS = [text_item(f"caption {number}") for number in range(30)]
COLLECTION = Collection().adding(ITEMS)


class Words(HTMLParser):
    """The words of some HTML, and the names of its elements."""

    def __init__(self, markup):
        super().__init__()
        self.words, self.elements = "", set()
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)

    def handle_data(self, data):
        self.words += data


@pytest.fixture
def drawn(monkeypatch):
    """What is drawn, finding by finding, and the buttons."""
    htmls, buttons = [], []
    monkeypatch.setattr("ui.odd_ones_out.findings.st.html", lambda body: htmls.append(Words(body)))
    monkeypatch.setattr(
        "ui.odd_ones_out.findings.st.button", lambda label, **_: buttons.append(label)
    )
    return htmls, buttons


def state_of(*vectors_of):
    return session_with(COLLECTION, *[dict.fromkeys(items, 0) for items in vectors_of])


def show(ids, _by):
    item = COLLECTION.items[ids[0]]
    return Shown((Tile(item),), f"{named(item)} is odd.")


def found_by(*rows, why="too odd"):
    return {(ITEMS[row].id,): Finding(1.0 + row / 100, why) for row in rows}


def test_what_two_providers_name_comes_before_what_one_names(drawn):
    found = {FIRST: found_by(3, 1), SECOND: found_by(1)}
    findings(state_of(ITEMS, ITEMS), found, show, "as usual.", "odd", {})
    htmls, _ = drawn
    assert [html.words.count("too odd") for html in htmls] == [2, 1]
    assert "“caption 1” is odd.2 of 2 models say so" in htmls[0].words
    assert "“caption 3” is odd.1 of 2 models says so" in htmls[1].words
    assert "Local Static: as usual." in htmls[1].words


def test_a_provider_without_the_vector_says_that_it_cannot_tell(drawn):
    found = {FIRST: found_by(3), SECOND: {}}
    findings(state_of(ITEMS, ITEMS[:2]), found, show, "as usual.", "odd", {})
    assert "Local Static: cannot tell, for it has no vector here." in drawn[0][0].words
    assert "1 of 1 model that can tell says so" in drawn[0][0].words


def test_one_provider_alone_is_not_counted(drawn):
    findings(state_of(ITEMS), {FIRST: found_by(3)}, show, "as usual.", "odd", {})
    assert "say" not in drawn[0][0].words


def test_what_is_marked_says_so_before_its_headline(drawn):
    found = {FIRST: found_by(3, 1)}
    findings(state_of(ITEMS), found, show, "as usual.", "odd", {(ITEMS[1].id,): "by you"})
    assert ["by you “caption" in html.words for html in drawn[0]] == [False, True]


def test_each_proposal_stands_beside_the_setups_that_make_it(drawn):
    def two(ids, by):
        tiles = [Proposal(Tile(ITEMS[row]), (setup,)) for row, setup in ((7, FIRST), (8, SECOND))]
        return Shown((), "odd", tuple(tiles))

    found = {FIRST: found_by(3), SECOND: found_by(3)}
    findings(state_of(ITEMS, ITEMS), found, two, "as usual.", "odd", {})
    proposals = drawn[0][0].words.split("too odd")[-1]
    order = ["caption 7", "Local MiniLM", "caption 8", "Local Static"]
    places = [proposals.index(words) for words in order]
    assert places == sorted(places)


def test_many_findings_wait_behind_a_button(drawn):
    findings(state_of(ITEMS), {FIRST: found_by(*range(30))}, show, "as usual.", "odd", {})
    htmls, buttons = drawn
    assert len(htmls) == 5
    assert buttons == ["Show 20 more of 25", "Select these (5 items)"]


def test_reasons_and_headlines_are_words_and_never_markup(drawn):
    hostile = "<script>alert(1)</script>"
    findings(
        state_of(ITEMS),
        {FIRST: found_by(3, why=hostile)},
        lambda ids, by: Shown((), hostile),
        "as usual.",
        "odd",
        {(ITEMS[3].id,): hostile},
    )
    assert drawn[0][0].words.count(hostile) == 3
    assert "script" not in drawn[0][0].elements


def test_a_caption_is_quoted_and_a_picture_goes_by_its_file_name():
    assert named(text_item("a cat")) == "“a cat”"
    assert named(picture("cat")) == "cat.jpg"
    assert len(named(text_item("long " * 100))) == 102


def test_a_button_says_how_many_more_and_of_how_many():
    assert more_of(4, 4) == "Show 4 more"
    assert more_of(20, 33) == "Show 20 more of 33"
