"""The way through a selection: ticks by pointer and keyboard, a group at once, and the bar."""

from playwright.sync_api import Locator, expect

from tests.browser.test_every_page import violations
from tests.browser.visitor import Visitor

_TWO_ROWS = 110
"""Pixels that the bar may take on a phone."""

_SELECTED = ".tile:has([data-select][aria-pressed=true])"


def _selected(visitor: Visitor) -> set[str]:
    """Return the ids of the tiles that are shown as selected, each once."""
    shown = visitor.main.locator(_SELECTED)
    return set(shown.evaluate_all("all => all.map(one => one.dataset.item)"))


def _bar(visitor: Visitor) -> Locator:
    return visitor.main.locator(".st-key-selection-bar")


def _says(visitor: Visitor, words: str) -> None:
    expect(_bar(visitor).locator(".count b")).to_have_text(words)
    visitor.settle()


def select_tiles(visitor: Visitor) -> None:
    """Tick hits by pointer and by keyboard: the bar counts them and stays in sight."""
    ticks = visitor.main.get_by_test_id("stColumn").first.locator("[data-select]")
    tile = visitor.main.locator(".tile").first
    visitor.page.mouse.move(1, 1)
    expect(ticks.first).to_have_css("opacity", "0")
    at_rest = tile.bounding_box()
    tile.hover()
    expect(ticks.first).to_have_css("opacity", "1")
    assert tile.bounding_box() == at_rest
    visitor.press(ticks.first)
    _says(visitor, "1 item selected")
    assert _selected(visitor) == {ticks.first.get_attribute("data-select")}
    expect(visitor.page.locator("#announcer")).to_have_text("1 item selected")
    for place in (0, 10_000):
        visitor.main.evaluate("(main, place) => main.scrollTo(0, place)", place)
        expect(_bar(visitor)).to_be_in_viewport(ratio=1)
    visitor.press(ticks.nth(1), "Space")
    _says(visitor, "2 items selected")
    for place in (2, 3):  # at once, faster than the server answers
        ticks.nth(place).dispatch_event("click")
    _says(visitor, "4 items selected")
    visitor.press(ticks.first)
    _says(visitor, "3 items selected")


def clear_the_selection_on_a_phone(visitor: Visitor) -> None:
    """See that nothing keeps anybody from using the bar, that it is low on a phone, and clear."""
    assert violations(visitor.page) == []
    whole = visitor.page.viewport_size
    visitor.page.set_viewport_size({"width": 420, "height": 800})
    visitor.settle()
    box = _bar(visitor).bounding_box()
    assert box is not None
    assert box["height"] <= _TWO_ROWS
    visitor.press(visitor.button("Clear selection"))
    expect(_bar(visitor)).to_have_count(0)
    assert _selected(visitor) == set()
    visitor.page.set_viewport_size(whole or {"width": 1280, "height": 900})
    visitor.settle()


def select_a_group(visitor: Visitor) -> None:
    """Open a group and select it: it stays open; remove it, and take that back."""
    group = visitor.main.locator(".group").first
    visitor.press(group.locator("summary"))
    shown = group.locator("[data-item]").evaluate_all("all => all.map(one => one.dataset.item)")
    visitor.press(group.get_by_role("button", name="Select this group"))
    words = f"{len(shown)} items selected"
    _says(visitor, words)
    assert _selected(visitor) >= set(shown)
    expect(group).to_have_attribute("open", "")
    visitor.press(visitor.button("Remove these"))
    expect(_bar(visitor)).to_contain_text("Removed ")
    expect(visitor.button("Undo removing")).to_be_focused()
    visitor.press(visitor.button("Undo removing"))
    _says(visitor, words)
    visitor.press(visitor.button("Clear selection"))
    expect(_bar(visitor)).to_have_count(0)
    if group.get_attribute("open") is not None:
        visitor.press(group.locator("summary"))
    visitor.settle()
