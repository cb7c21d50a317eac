"""The whole way through the app, step by step, as one visitor goes it."""

import re

from playwright.sync_api import Locator, expect

from collection.samples import load_sample
from tests.browser.caption_cells import (
    CAPTION,
    PICTURE,
    cell_text,
    reword,
    scroll_to_the_last_row,
)
from tests.browser.own_pictures import CAPTIONS, own_pictures, text_file_called
from tests.browser.plotly_chart import Mark, PlotlyChart
from tests.browser.visitor import MUCH_PATIENCE, Visitor
from ui.map.selected_items import SHOWN_AT_FIRST

PROVIDERS = ("Local MiniLM", "Local Static")
HOSTED = ("Nomic Atlas", "Jina AI", "Google Vertex AI", "Google Gemini", "Cohere", "Voyage AI")
GALLERY = load_sample("gallery")

HEATMAPS = ("heatmap-0", "heatmap-1")
MAPS = ("map-0", "map-1")
OWN = len(CAPTIONS)


def whole_way(visitor: Visitor) -> None:
    """Go the whole way, on a server that has never computed a UMAP before."""
    show_the_gallery(visitor)
    see_the_maps(visitor)
    point_at_a_mark(visitor)
    select_several(visitor)
    come_back_to_the_selection(visitor)
    select_one(visitor)
    look_closely_at_a_cell(visitor)
    look_at_the_providers(visitor)
    bring_own_pictures(visitor)
    embed(visitor, cached=len(GALLERY), new=2 * OWN)
    find_own_pictures(visitor)
    reword_a_caption(visitor)
    assert visitor.errors == []
    assert visitor.foreign == []


def show_the_gallery(visitor: Visitor) -> None:
    """One click on the first page leads to both heatmaps."""
    visitor.open()
    PlotlyChart(visitor.page, "start-picture").wait()
    visitor.keep_picture("start")
    visitor.press(visitor.button("Show me"))
    see_the_heatmaps(visitor, len(GALLERY.pictures), len(GALLERY.texts))
    visitor.keep_picture("similarity")


def verdicts(visitor: Visitor) -> Locator:
    """Return the lines of the table that says which Setup finds what."""
    return visitor.main.locator(".verdicts tbody tr")


def see_the_heatmaps(visitor: Visitor, pictures: int, captions: int) -> None:
    """See both providers' headlines and heatmaps, with all thumbnails."""
    visitor.sees("Which caption fits which picture?")
    for provider in PROVIDERS:
        expect(
            visitor.main.get_by_text(provider, exact=True).filter(visible=True).first
        ).to_be_visible()
    lines = verdicts(visitor)
    expect(lines).to_have_count(2)
    for line in lines.all():
        expect(line).to_contain_text(f"of {captions}")
    for key in HEATMAPS:
        heatmap = PlotlyChart(visitor.page, key)
        heatmap.wait()
        expect(heatmap.pictures).to_have_count(pictures)
        assert len(set(heatmap.pictures.evaluate_all(_ADDRESSES))) == pictures
    visitor.settle()


_ADDRESSES = "images => images.map(image => image.href.baseVal)"


def look_closely_at_a_cell(visitor: Visitor) -> None:
    """Point at a cell, click it, and see both items and every provider's verdict below."""
    visitor.go_to("Similarity")
    see_the_heatmaps(visitor, len(GALLERY.pictures), len(GALLERY.texts))
    caption, picture = GALLERY.texts[8], GALLERY.pictures[5]
    said = PlotlyChart(visitor.page, HEATMAPS[1]).click(5, 8)
    assert caption.text in said
    assert picture.name in said
    assert re.search(r"cosine \W?\d\.\d\d", said)
    expect(visitor.page.get_by_role("tooltip").locator("img")).to_be_visible()
    strip = visitor.main.locator(".st-key-cell-strip")
    expect(strip).to_contain_text(caption.text)
    of_pictures, of_captions = len(GALLERY.pictures), len(GALLERY.texts)
    for provider in PROVIDERS:
        words = rf"{provider}: cosine \W?\d\.\d\d, rank \d+ of {of_pictures} in its row, "
        expect(strip.get_by_role("listitem").filter(has_text=provider)).to_have_text(
            re.compile(rf"{words}\d+ of {of_captions} in its column")
        )
    visitor.press(visitor.button("Close up"))
    expect(visitor.page.locator("img.whole")).to_be_visible()
    expect(visitor.page.get_by_role("table").last.get_by_role("row")).to_have_count(
        1 + len(PROVIDERS)
    )
    visitor.page.keyboard.press("Escape")
    visitor.press(visitor.main.locator(".st-key-forget-cell button"))
    expect(strip).to_have_count(0)
    visitor.settle()


def look_at_the_providers(visitor: Visitor) -> None:
    """See a card for each provider; those on this machine are ticked, the others need a key."""
    visitor.go_to("Providers")
    for provider in PROVIDERS:
        expect(visitor.main.get_by_role("checkbox", name=provider)).to_be_checked()
    for provider in HOSTED:
        expect(visitor.main.get_by_role("checkbox", name=provider)).not_to_be_checked()
    visitor.settle()
    visitor.keep_picture("providers")


def see_the_maps(visitor: Visitor) -> None:
    """See PCA at once and UMAP in its place when it is ready, with all thumbnails."""
    visitor.go_to("Map")
    visitor.sees("What does the shared space look like?")
    visitor.sees(re.compile(r"^PCA for now, UMAP is being computed"), 2)
    for key in MAPS:
        PlotlyChart(visitor.page, key).wait()
    first = PlotlyChart(visitor.page, MAPS[0]).marks
    visitor.sees(re.compile(r"^UMAP · trustworthiness \d\.\d\d"), 2, MUCH_PATIENCE)
    visitor.settle()
    for key in MAPS:
        chart = PlotlyChart(visitor.page, key)
        chart.wait()
        expect(chart.pictures).to_have_count(len(GALLERY.pictures))
    assert PlotlyChart(visitor.page, MAPS[0]).marks != first
    visitor.keep_picture("map")


def point_at_a_mark(visitor: Visitor) -> None:
    """Point at a picture that stands alone and see it in the tooltip."""
    chart = PlotlyChart(visitor.page, MAPS[0])
    items = list(GALLERY.items.values())
    mark = _loneliest(chart, among=[items.index(picture) for picture in GALLERY.pictures])
    assert chart.hover(mark.x, mark.y) == items[mark.item].label
    expect(visitor.page.get_by_role("tooltip").locator("img")).to_be_visible()


def select_several(visitor: Visitor) -> None:
    """Draw a loop around a part of one map: its items are marked in both maps and listed."""
    chart = PlotlyChart(visitor.page, MAPS[0])
    marks = sorted(chart.marks, key=lambda mark: mark.x)
    bottom, top = min(mark.y for mark in marks), max(mark.y for mark in marks)
    margin = (marks[-1].x - marks[0].x) / 100
    left, right = (marks[-6].x + marks[-7].x) / 2, marks[-1].x + margin
    chart.lasso(left, right, bottom - margin, top + margin)
    visitor.sees("6 items selected")
    visitor.settle()
    _see_the_selection(visitor, [mark.item for mark in marks[-6:]])


def _see_the_selection(visitor: Visitor, numbers: list[int]) -> None:
    for key in MAPS:
        chart = PlotlyChart(visitor.page, key)
        chart.wait()
        chart.has_points("selected", len(numbers))
    items = list(GALLERY.items.values())
    in_order = [items[number] for number in sorted(numbers)]
    for item in in_order[:SHOWN_AT_FIRST]:
        expect(visitor.main.locator(f".selected .own [data-item='{item.id}']")).to_be_visible()
    listed = min(len(numbers), SHOWN_AT_FIRST)
    expect(visitor.main.locator(".selected > li")).to_have_count(listed)
    expect(visitor.main.locator(".selected .nearest .tiles")).to_have_count(listed * len(PROVIDERS))


def come_back_to_the_selection(visitor: Visitor) -> None:
    """Leave the map and come back: the selection is still there; clear it."""
    visitor.go_to("Start")
    visitor.go_to("Map")
    visitor.sees("6 items selected")
    clear_the_selection(visitor)


def clear_the_selection(visitor: Visitor) -> None:
    """Press the button that clears the selection: no mark is selected any more."""
    visitor.press(visitor.button("Clear selection"))
    expect(visitor.button("Clear selection")).to_have_count(0)
    visitor.settle()
    for key in MAPS:
        chart = PlotlyChart(visitor.page, key)
        chart.wait()
        chart.has_points("selected", 0)


def select_one(visitor: Visitor) -> None:
    """Click one mark after another: each time that one is selected."""
    chart = PlotlyChart(visitor.page, MAPS[1])
    chart.wait()
    items = list(GALLERY.items.values())
    for kind in (GALLERY.pictures, GALLERY.texts):
        mark = _loneliest(chart, among=[items.index(item) for item in kind])
        assert chart.click(mark.x, mark.y) == items[mark.item].label
        visitor.sees("1 item selected")
        visitor.settle()
        _see_the_selection(visitor, [mark.item])
    clear_the_selection(visitor)


def _loneliest(chart: PlotlyChart, among: list[int]) -> Mark:
    """Return the mark of these items that has the most room around it."""
    marks = chart.marks

    def room(mark: Mark) -> float:
        others = (other for other in marks if other is not mark)
        return min((mark.x - other.x) ** 2 + (mark.y - other.y) ** 2 for other in others)

    return max((mark for mark in marks if mark.item in among), key=room)


def bring_own_pictures(visitor: Visitor) -> None:
    """Upload three pictures with their captions, and a file that is no picture, in one go."""
    visitor.go_to("Collection")
    visitor.sees(f"All {len(GALLERY)} items are embedded")
    unfold_adding(visitor)
    visitor.page.locator("input[type=file]").first.set_input_files(
        [*own_pictures(), text_file_called("x.png")]
    )
    visitor.sees(f"{OWN} pictures and {OWN} captions came in.")
    see_what_is_missing(visitor, 2 * OWN)
    visitor.settle()
    expect(visitor.main.get_by_test_id("stAlert")).to_have_count(1)
    expect(visitor.main.get_by_test_id("stAlert")).to_contain_text("x.png is not a picture")
    see_own_rows(visitor)
    visitor.go_to("Providers")
    visitor.go_to("Collection")
    see_what_is_missing(visitor, 2 * OWN)
    see_own_rows(visitor)
    visitor.keep_picture("collection")


def unfold_adding(visitor: Visitor) -> None:
    """Open what fills the collection; it is folded away once something is there."""
    expect(visitor.button("Add captions")).to_be_hidden()
    visitor.press(visitor.main.get_by_text("Add or replace"))
    expect(visitor.button("Add captions")).to_be_visible()


def see_what_is_missing(visitor: Visitor, count: int) -> None:
    """See how many items the providers have not embedded yet."""
    expect(visitor.main).to_contain_text(f"{count} of ")
    expect(visitor.main).to_contain_text(f"not embedded yet by {' and '.join(PROVIDERS)}.")
    for provider in PROVIDERS:
        expect(visitor.sidebar).to_contain_text(f"{provider}: {count} new")


def see_own_rows(visitor: Visitor) -> None:
    """See the own pictures with their captions at the end of the table."""
    pictures, texts = len(GALLERY.pictures) + OWN, len(GALLERY.texts) + OWN
    expect(visitor.sidebar).to_contain_text(f"{pictures} pictures · {texts} captions")
    scroll_to_the_last_row(visitor)
    for row, caption in enumerate(CAPTIONS.values(), start=len(GALLERY.rows)):
        assert cell_text(visitor, row, CAPTION) == caption
        assert cell_text(visitor, row, PICTURE).startswith("data:image/")


def embed(visitor: Visitor, *, cached: int, new: int) -> None:
    """Press Embed: only what is new is embedded, and the page comes to rest."""
    visitor.press(visitor.button(re.compile(rf"^.*Embed {new} items?$")))
    visitor.sees(f"All {cached + new} items are embedded")
    expect(visitor.button("See who finds what")).to_be_visible()
    expect(visitor.button("Stop")).to_have_count(0)
    visitor.settle()


def find_own_pictures(visitor: Visitor) -> None:
    """The heatmaps hold the own pictures too."""
    visitor.go_to("Similarity")
    see_the_heatmaps(visitor, len(GALLERY.pictures) + OWN, len(GALLERY.texts) + OWN)
    for caption in CAPTIONS.values():
        expect(visitor.main.locator(".row-labels")).to_contain_text(caption)


def reword_a_caption(visitor: Visitor) -> None:
    """Edit a caption in the table: only this one item has to be embedded again."""
    visitor.go_to("Collection")
    reword(visitor, 0, "A cat with a white chin")
    see_what_is_missing(visitor, 1)
    visitor.settle()
    visitor.go_to("Similarity")
    see_what_is_missing(visitor, 1)
    texts = len(GALLERY.texts) + OWN - 1
    see_the_heatmaps(visitor, len(GALLERY.pictures) + OWN, texts)
    visitor.go_to("Collection")
    assert cell_text(visitor, 0, CAPTION) == "A cat with a white chin"
    embed(visitor, cached=len(GALLERY) + 2 * OWN - 1, new=1)
