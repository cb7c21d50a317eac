"""Selecting tiles by pointer and keyboard, in a real browser: ticks, lists, and the bar below."""

import pytest
from playwright.sync_api import expect

from tests.browser.search_journey import load_the_gallery, search_for
from tests.browser.test_every_page import violations

pytestmark = pytest.mark.browser

_TWO_ROWS = 110
"""Pixels that the bar may take on a phone."""

_SELECTED = ".tile:has([data-select][aria-pressed=true])"


def selected(visitor):
    """Return the ids of the tiles that are shown as selected, each once."""
    ids = visitor.main.locator(_SELECTED).evaluate_all("all => all.map(one => one.dataset.item)")
    return set(ids)


def bar(visitor):
    return visitor.main.locator(".st-key-selection-bar")


def ticks(visitor):
    return visitor.main.get_by_test_id("stColumn").first.locator("[data-select]")


def says(visitor, words):
    expect(bar(visitor).locator(".count b")).to_have_text(words)
    visitor.settle()


@pytest.fixture
def searching(visitor):
    load_the_gallery(visitor)
    visitor.go_to("Search")
    search_for(visitor, "fruit")
    ticks(visitor).nth(5).wait_for(state="attached")
    visitor.settle()
    return visitor


def test_tiles_are_selected_by_pointer_and_keyboard_and_the_bar_stays_in_sight(searching):
    first = ticks(searching).first
    tile = searching.main.locator(".tile").first
    expect(first).to_have_css("opacity", "0")
    at_rest = tile.bounding_box()
    tile.hover()
    expect(first).to_have_css("opacity", "1")
    assert tile.bounding_box() == at_rest
    first.click()
    says(searching, "1 item selected")
    assert selected(searching) == {first.get_attribute("data-select")}
    expect(searching.page.locator("#announcer")).to_have_text("1 item selected")
    expect(bar(searching)).to_be_in_viewport(ratio=1)
    searching.main.evaluate("main => main.scrollTo(0, 0)")
    expect(bar(searching)).to_be_in_viewport(ratio=1)

    ticks(searching).nth(1).focus()
    searching.page.keyboard.press("Space")
    says(searching, "2 items selected")
    for place in (2, 3):  # at once, faster than the server answers
        ticks(searching).nth(place).dispatch_event("click")
    says(searching, "4 items selected")
    searching.press(first)
    says(searching, "3 items selected")
    assert violations(searching.page) == []

    searching.page.set_viewport_size({"width": 420, "height": 800})
    searching.settle()
    assert bar(searching).bounding_box()["height"] <= _TWO_ROWS
    searching.press(searching.button("Clear selection"))
    expect(bar(searching)).to_have_count(0)
    assert selected(searching) == set()


def test_a_group_is_selected_whole_and_stays_open_and_what_was_removed_comes_back(searching):
    searching.go_to("Groups")
    group = searching.main.locator(".group").first
    searching.press(group.locator("summary"))
    members = group.locator("[data-item]").evaluate_all("all => all.map(one => one.dataset.item)")
    searching.press(group.get_by_role("button", name="Select this group"))
    says(searching, f"{len(members)} items selected")
    assert selected(searching) >= set(members)
    expect(group).to_have_attribute("open", "")
    searching.press(searching.button("Remove these"))
    expect(bar(searching)).to_contain_text("Removed ")
    searching.press(searching.button("Undo removing"))
    says(searching, f"{len(members)} items selected")
