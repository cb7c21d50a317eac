"""Captions and file names that try to be markup are shown as the words they are."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.caption_cells import CAPTION, cell_text
from tests.browser.journey import see_what_is_missing, unfold_adding
from tests.browser.own_pictures import caption_file, changed_picture, text_file_called
from tests.browser.plotly_chart import PlotlyChart
from tests.browser.search_journey import look_for_both, search_for
from tests.browser.visitor import MUCH_PATIENCE

pytestmark = pytest.mark.browser

CAPTIONS = (
    "![x](http://example.invalid/x.png)",
    "<img src=http://example.invalid/y.png>",
    "<b>bold</b>",
    ":red[x]",
    "$x$",
)
NAME = "<img src=x onerror=alert(1)> ![x](http:example.invalid) $x$.png"
NO_PICTURE = "<b>no</b> :red[picture] ![x](data:,x) $x$.png".replace("/", "")

# Markup made of the captions would leave one of these behind.
MADE_OF_CAPTIONS = (
    "img[src*='example.invalid'], image[href*='example.invalid'], a[href*='example.invalid'], "
    "img[src='x'], .katex"
)


@pytest.fixture
def hostile(visitor):
    """A visitor whose collection is hostile, embedded, and looked at on the first page."""
    visitor.open("/collection")
    visitor.main.get_by_label("Captions, one a line").fill("\n".join(CAPTIONS[1:]))
    visitor.press(visitor.button("Add captions"))
    expect(visitor.sidebar).to_contain_text(f"{len(CAPTIONS) - 1} captions")
    unfold_adding(visitor)
    visitor.page.locator("input[type=file]").first.set_input_files(
        [
            changed_picture(NAME, "tiger.jpg"),
            changed_picture("harp.png", "harp.jpg"),
            caption_file([(NAME, CAPTIONS[0]), ("harp.png", "A harp")]),
            text_file_called(NO_PICTURE),
        ]
    )
    expect(visitor.sidebar).to_contain_text(f"2 pictures · {len(CAPTIONS) + 1} captions")
    see_what_is_missing(visitor, len(CAPTIONS) + 3)
    visitor.settle()
    return visitor


SHOWN = """words => document.querySelector('[data-testid=stMain]').innerText
    .replaceAll('\\u2060', '').includes(words)"""  # a word joiner is invisible and breaks up links


def shows(visitor, words):
    visitor.page.wait_for_function(SHOWN, arg=words)


def check(visitor):
    visitor.settle()
    made = visitor.page.locator(MADE_OF_CAPTIONS)
    assert made.evaluate_all("found => found.map(element => element.outerHTML)") == []
    assert visitor.page.locator("b, strong").filter(has_text=re.compile("^bold$")).count() == 0


def test_hostile_text_is_shown_as_it_is_and_asks_nobody(hostile):
    see_it_in_the_collection(hostile)
    hostile.press(hostile.button("Embed"))
    hostile.sees(re.compile(r"^All \d+ items are embedded"))
    check(hostile)
    hostile.go_to("Providers")
    check(hostile)
    see_it_in_the_heatmaps(hostile)
    see_it_on_the_maps(hostile)
    see_it_found(hostile)
    see_it_grouped(hostile)


def see_it_in_the_collection(visitor):
    expect(visitor.main.get_by_test_id("stAlert")).to_contain_text(f"{NO_PICTURE} is not a picture")
    found = [cell_text(visitor, row, CAPTION) for row in range(len(CAPTIONS) + 1)]
    assert set(CAPTIONS) < set(found)
    check(visitor)


def see_it_in_the_heatmaps(visitor):
    visitor.go_to("Similarity")
    heatmap = PlotlyChart(visitor.page, "heatmap-0")
    heatmap.wait()
    visitor.settle()
    for words in ("<b>bold</b>", ":red[x]", "$x$", "<img src="):
        expect(hostile_labels(visitor)).to_contain_text(words)
    seen = set()
    for row in range(len(CAPTIONS) + 1):
        said = heatmap.click(0, row).splitlines()
        assert NAME in said or "harp.png" in said
        seen.add(said[0])
        shows(visitor, said[0][:60])
        check(visitor)
    assert set(CAPTIONS) < seen


def hostile_labels(visitor):
    return visitor.main.locator(".row-labels")


def see_it_on_the_maps(visitor):
    visitor.go_to("Map")
    visitor.press(visitor.main.get_by_role("radio", name="PCA"))
    visitor.sees("PCA · trustworthiness", 2, MUCH_PATIENCE)
    visitor.settle()
    chart = PlotlyChart(visitor.page, "map-0")
    chart.wait()
    marks = chart.marks
    left, right = min(m.x for m in marks), max(m.x for m in marks)
    bottom, top = min(m.y for m in marks), max(m.y for m in marks)
    margin = (right - left + top - bottom) / 40
    chart.lasso(left - margin, right + margin, bottom - margin, top + margin)
    visitor.sees(f"{len(marks)} items selected")
    visitor.press(visitor.button(re.compile(r"^Show \d+ more$")))
    for words in CAPTIONS:
        shows(visitor, f"“{words}”")
    check(visitor)
    for mark in marks:
        assert chart.hover(mark.x, mark.y)
    visitor.press(visitor.main.get_by_text("Choose items from a list"))
    expect(visitor.main.get_by_test_id("stMultiSelect")).to_contain_text(CAPTIONS[0])
    check(visitor)


def see_it_found(visitor):
    visitor.go_to("Search")
    search_for(visitor, "<b>bold</b>")
    look_for_both(visitor)
    visitor.sees(re.compile(rf"^rank 1 of {len(CAPTIONS) + 1}$"), 2)
    for words in CAPTIONS:
        shows(visitor, f"“{words}”")
    check(visitor)
    tile = visitor.main.locator(".tile.picture", has_text=CAPTIONS[0]).first
    expect(tile).to_have_attribute("title", NAME)
    visitor.press(tile.locator(".like"))
    shows(visitor, f"Like the picture {NAME[:20]}")
    search_for(visitor, CAPTIONS[0])
    shows(visitor, f"and the words “{CAPTIONS[0]}”")
    check(visitor)


def see_it_grouped(visitor):
    visitor.go_to("Groups")
    visitor.sees("All of it in one table")
    for group in visitor.main.locator(".group summary").all():
        visitor.press(group)
    for words in CAPTIONS:
        shows(visitor, f"“{words}”")
    check(visitor)
    visitor.go_to("Odd ones out")
    visitor.press(visitor.button("Plant a wrong caption"))
    shows(visitor, f"“{CAPTIONS[0]}”")
    check(visitor)
    visitor.press(visitor.button("Reveal what the models say"))
    shows(visitor, "“A harp” fits another picture better than its own.")
    shows(visitor, NAME[:20])
    check(visitor)
    visitor.press(visitor.main.get_by_role("radio", name="Nearly the same"))
    visitor.press(visitor.main.get_by_role("slider"), "Home")
    shows(visitor, "are nearly the same.")
    for words in CAPTIONS[:2]:
        shows(visitor, f"“{words}”")
    check(visitor)
