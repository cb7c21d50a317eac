"""The way through Search, step by step, as a visitor with the gallery goes it."""

import re
from collections.abc import Iterable

from playwright.sync_api import FilePayload, Locator, expect

from collection.items import Item, Modality
from tests.browser.journey import GALLERY, HEATMAPS, PROVIDERS, verdicts
from tests.browser.own_pictures import changed_picture, text_file_called
from tests.browser.plotly_chart import PlotlyChart
from tests.browser.visitor import Visitor

ITEMS = {item.label: item for item in GALLERY.items.values()}
GUITAR, HARP, CAT = ITEMS["guitar.jpg"], ITEMS["harp.jpg"], ITEMS["cat.jpg"]
GUITARS_WORDS = GALLERY.captions_of[GUITAR.id]
HITS = 6
BLANK = "Type some words above, try an example, or bring a picture."

_IDS = "tiles => tiles.map(tile => tile.dataset.item)"


def load_the_gallery(visitor: Visitor) -> None:
    """One click on the first page embeds the gallery."""
    visitor.open()
    visitor.press(visitor.button("Show me"))
    expect(verdicts(visitor)).to_have_count(len(PROVIDERS))
    visitor.settle()


def columns(visitor: Visitor) -> list[Locator]:
    """Return each provider's column."""
    every = visitor.main.get_by_test_id("stColumn")
    return [every.filter(has=visitor.page.get_by_text(name, exact=True)) for name in PROVIDERS]


def search_for(visitor: Visitor, words: str) -> None:
    """Type words and press Enter."""
    visitor.write(visitor.main.get_by_label("Words to search for"), words)


def hits(column: Locator, modality: Modality = Modality.PICTURE) -> Locator:
    """Return the tiles of one kind in a column."""
    kind = "picture" if modality is Modality.PICTURE else "text"
    return column.locator(f".tile.{kind}")


def see_first(visitor: Visitor, ids: Iterable[str], modality: Modality = Modality.PICTURE) -> None:
    """Wait until one of these items stands first with every provider, and all is drawn."""
    one_of = re.compile("|".join(ids))
    for column in columns(visitor):
        expect(hits(column, modality).first).to_have_attribute("data-item", one_of)
    visitor.settle()


def see_a_ranking(tiles: Locator, of: int) -> None:
    """See the ranks from the first on, each with its cosine, the highest first."""
    said = tiles.all_inner_texts()
    assert len(said) == HITS
    cosines = []
    for rank, words in enumerate(said, start=1):
        found = re.search(rf"cosine (-?\d\.\d\d)\s+rank {rank} of {of}\b", words)
        assert found, words
        cosines.append(float(found[1]))
    assert cosines == sorted(cosines, reverse=True)


def find_by_words(visitor: Visitor) -> None:
    """Search for what is there: it stands first and stands out, with every provider."""
    visitor.go_to("Search")
    visitor.sees("What does each model find?")
    search_for(visitor, "an acoustic guitar")
    see_first(visitor, [GUITAR.id])
    for place, column in enumerate(columns(visitor)):
        see_a_ranking(hits(column), len(GALLERY.pictures))
        expect(column.locator(".verdict")).to_have_text(
            re.compile(r"^First: “An acoustic guitar”, with a clear lead over “.+”\.")
        )
        expect(column.locator(".sure")).not_to_be_visible()
        visitor.press(column.get_by_text("How sure?"))
        expect(column.locator(".sure")).to_contain_text(
            re.compile(
                r"^\d pictures? stands? out: the best cosine is \d\.\d\d, where -?\d\.\d\d is usual"
            )
        )
        PlotlyChart(visitor.page, f"scores-picture-{place}").wait()
    visitor.main.get_by_label("Words to search for").blur()
    visitor.keep_picture("search")


def miss_by_words(visitor: Visitor) -> None:
    """Search for what is not there: the lead is narrow, and the figures stay opened."""
    search_for(visitor, "a tax return")
    for column in columns(visitor):
        expect(column.locator(".verdict")).to_contain_text(
            re.compile(r"^First: “.+”, by a narrow lead over “.+”\.")
        )
        expect(column.locator(".sure")).to_contain_text(
            re.compile(r"^No picture stands out: the best cosine is \d\.\d\d")
        )
    visitor.settle()


def point_at_a_tile(visitor: Visitor) -> None:
    """Point at a tile and click it: the same item is marked in every column, and no other."""
    twins, kept = (visitor.main.locator(f".tile.{name}") for name in ("twin", "kept"))
    tile = hits(columns(visitor)[0]).locator(f"xpath=self::*[@data-item='{HARP.id}']")
    tile.locator("img").hover()
    _are_only(twins, HARP)
    expect(kept).to_have_count(0)
    visitor.press(tile.locator("img"))
    _are_only(kept, HARP)
    visitor.page.mouse.move(1, 1)
    hits(columns(visitor)[1]).first.locator("img").hover()
    _are_only(twins, GUITAR)
    _are_only(kept, HARP)
    visitor.press(tile.locator("img"))
    expect(kept).to_have_count(0)


def _are_only(marked: Locator, item: Item) -> None:
    expect(marked).to_have_count(len(PROVIDERS))
    assert marked.evaluate_all(_IDS) == [item.id] * len(PROVIDERS)


def try_the_example(visitor: Visitor, words: str) -> None:
    """Press an example in its popover, which closes then and gives the hits free."""
    visitor.press(visitor.button("Examples"))
    visitor.press(
        visitor.page.get_by_test_id("stPopoverBody").get_by_role("button", name=words, exact=True)
    )
    expect(visitor.page.get_by_test_id("stPopoverBody")).to_have_count(0)


def look_for_both(visitor: Visitor) -> None:
    """Look for pictures and captions from now on."""
    visitor.press(visitor.button("Options"))
    visitor.press(visitor.page.get_by_role("radio", name="Both", exact=True))
    visitor.press(visitor.page.get_by_role("radio", name="Both", exact=True), "Escape")


def try_an_example(visitor: Visitor) -> None:
    """An example says how many hits are the same without the “not”, and says it truly."""
    try_the_example(visitor, "an animal")
    visitor.sees("Do the animals come first, and how far below is the rest?")
    see_first(visitor, [CAT.id, ITEMS["tiger.jpg"].id, ITEMS["horse.jpg"].id])
    plain = [set(hits(column).evaluate_all(_IDS)) for column in columns(visitor)]
    try_the_example(visitor, "not an animal")
    for column in columns(visitor):
        expect(column.locator(".verdict")).to_contain_text("Against “an animal”")
    visitor.settle()
    for column, others in zip(columns(visitor), plain, strict=True):
        same = len(others & set(hits(column).evaluate_all(_IDS)))
        expect(column.locator(".verdict")).to_contain_text(
            f"Against “an animal”: {same} of {HITS} hits are the same"
        )


def find_by_picture(visitor: Visitor) -> None:
    """Bring a picture: the pictures and the captions of what it shows come first."""
    search_for(visitor, "")
    visitor.sees(BLANK)
    look_for_both(visitor)
    _bring(visitor, text_file_called("x.png"), "x.png is not a picture")
    _bring(visitor, changed_picture("my-guitar.png", "guitar.jpg"), "Like the picture my-guitar")
    see_first(visitor, [GUITAR.id])
    see_first(visitor, GUITARS_WORDS, Modality.TEXT)
    expect(visitor.main.get_by_test_id("stAlert")).to_have_count(0)
    for column in columns(visitor):
        see_a_ranking(hits(column), len(GALLERY.pictures))
        see_a_ranking(hits(column, Modality.TEXT), len(GALLERY.texts))


def _bring(visitor: Visitor, file: FilePayload, said: str) -> None:
    """Bring a file, and see what the page says of it: the field closes by itself."""
    visitor.press(visitor.button("Picture"))
    visitor.settle()
    visitor.page.locator("input[type=file]").set_input_files(file)
    expect(visitor.main).to_contain_text(said)
    visitor.settle()


def add_words_to_the_picture(visitor: Visitor) -> None:
    """Add words, and move their weight: at its end they rank alone, at its start the picture."""
    search_for(visitor, "a cat")
    visitor.sees("Like the picture my-guitar.png and the words “a cat”")
    weight = visitor.main.get_by_role("slider", name="Weight of the words")
    visitor.press(weight, "End")
    see_first(visitor, [CAT.id])
    visitor.press(weight, "Home")
    see_first(visitor, [GUITAR.id])
    visitor.press(visitor.button("Without it"))
    expect(weight).to_have_count(0)
    see_first(visitor, [CAT.id])


def find_more_like_a_hit(visitor: Visitor) -> None:
    """Press “More like this” on a tile, by mouse and by keyboard."""
    visitor.press(visitor.button("More like this: cat.jpg").first)
    see_more_like(visitor, CAT, Modality)
    search_for(visitor, "at night")
    visitor.sees("Like the picture cat.jpg and the words “at night”")
    search_for(visitor, "")
    visitor.press(visitor.button("Without it"))
    visitor.sees(BLANK)
    search_for(visitor, "an acoustic guitar")
    see_first(visitor, [GUITAR.id])
    more = hits(columns(visitor)[1]).first.get_by_role("button", name="More like this: guitar.jpg")
    visitor.press(more, "Enter")
    see_more_like(visitor, GUITAR, Modality)
    see_first(visitor, [HARP.id])


def find_more_like_a_close_up(visitor: Visitor) -> None:
    """Press “More like this” below the caption of a miss that is shown large on Similarity."""
    visitor.go_to("Similarity")
    for key in HEATMAPS:
        PlotlyChart(visitor.page, key).wait()
    visitor.settle()
    missed = visitor.main.locator(".misses button").first
    caption = missed.locator(".caption").inner_text()
    visitor.press(missed, "Enter")
    visitor.press(visitor.button("Close up"))
    visitor.press(visitor.page.locator(".st-key-like-row button"), "Enter")
    see_more_like(visitor, next(t for t in GALLERY.texts if t.text == caption), Modality)


def see_more_like(
    visitor: Visitor, item: Item, modalities: Iterable[Modality] = (Modality.PICTURE,)
) -> None:
    """See Search name the item, and rank all others of these modalities but not the item itself."""
    expect(visitor.page).to_have_title(re.compile("^Search "))
    named = (
        f"picture {item.label}" if item.modality is Modality.PICTURE else f"caption “{item.label}”"
    )
    visitor.sees(f"Like the {named}")
    for column in columns(visitor):
        for modality in modalities:
            tiles = hits(column, modality)
            others = sum(i.modality is modality and i is not item for i in ITEMS.values())
            expect(tiles.first).to_contain_text(f"rank 1 of {others}")
            visitor.settle()
            see_a_ranking(tiles, others)
            assert item.id not in tiles.evaluate_all(_IDS)
