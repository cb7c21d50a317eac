"""The way through Groups and Odd ones out, step by step, as a visitor with the gallery goes it."""

import csv
import re

from playwright.sync_api import Locator, expect

from space.clustering import METHODS
from tests.browser.journey import GALLERY, PROVIDERS
from tests.browser.plotly_chart import PlotlyChart
from tests.browser.search_journey import GUITAR, HARP, ITEMS, see_first, see_more_like
from tests.browser.visitor import MUCH_PATIENCE, Visitor

_TRIES = 8
_CHANGED_PLACES = re.compile(
    r"^(?:planted by you )?“(.*)” fits another picture better than its own\. "
    r"It seems to have changed places with “(.*)”\.$"
)


def group_columns(visitor: Visitor) -> list[Locator]:
    """Return each provider's column of groups."""
    every = visitor.main.get_by_test_id("stColumn")
    heads = (visitor.page.locator(".setup").get_by_text(name, exact=True) for name in PROVIDERS)
    return [every.filter(has=head) for head in heads]


def see_the_groups(visitor: Visitor) -> None:
    """See every provider's groups, one line each, and how far the providers agree."""
    visitor.go_to("Groups")
    visitor.sees("What belongs together?")
    see_the_agreement(visitor)
    for column in group_columns(visitor):
        count = column.locator(".group").count()
        assert count > 1
        expect(column).to_contain_text(f"{count} groups")
    visitor.keep_picture("groups")


def see_how_they_were_made(visitor: Visitor) -> None:
    """Open what explains the groups: the method, and a curve for each provider."""
    visitor.press(visitor.main.get_by_text("How the groups were made"))
    expect(visitor.main).to_contain_text(METHODS["hierarchical"].sentence)
    for place in range(len(PROVIDERS)):
        PlotlyChart(visitor.page, f"silhouettes-{place}").wait()


def open_a_group(visitor: Visitor) -> None:
    """Open a group by keyboard: all of it is there, and stays when the page is drawn again."""
    group = group_columns(visitor)[0].locator(".group").first
    more = group.get_by_role("button", name=re.compile("^More like"))
    expect(more).to_have_count(0)
    visitor.press(group.locator("summary"), "Enter")
    expect(more.first).to_be_attached()
    visitor.press(visitor.button("Show 14 more"))
    expect(visitor.button("Show 14 more")).to_have_count(0)
    visitor.settle()
    expect(group).to_have_attribute("open", "")
    visitor.press(group.locator("summary"), "Enter")
    expect(more).to_have_count(0)


def see_the_agreement(visitor: Visitor) -> None:
    """See on how many items the providers agree, and the figures behind that."""
    words = f"{' and '.join(PROVIDERS)} agree on"
    expect(visitor.main).to_contain_text(re.compile(rf"{words} \d+ of {len(GALLERY)} items\."))
    visitor.settle()
    visitor.press(visitor.button("In figures"))
    rows = visitor.page.get_by_role("table").get_by_role("row")
    expect(rows).to_have_count(2)
    expect(rows.last).to_have_text(
        re.compile(rf"{' and '.join(PROVIDERS)}\s*\d\.\d\d\s*\d\.\d\d\s*\d+ of {len(GALLERY)}")
    )
    visitor.page.keyboard.press("Escape")
    expect(rows).to_have_count(0)


def group_by_k_means(visitor: Visitor, count: int) -> None:
    """Choose k-means and a number: every provider has so many groups, and all is drawn anew."""
    visitor.press(visitor.button("Method"))
    visitor.press(visitor.page.get_by_role("radio", name="k-means"))
    visitor.settle()
    visitor.press(visitor.page.get_by_role("combobox", name="Number of groups"))
    visitor.press(visitor.page.get_by_role("option", name=str(count), exact=True))
    visitor.page.keyboard.press("Escape")
    for column in group_columns(visitor):
        expect(column.locator(".group")).to_have_count(count)
        expect(column).to_contain_text(f"{count} groups")
    expect(visitor.main).to_contain_text(METHODS["kmeans"].sentence)
    see_the_agreement(visitor)


def take_the_groups_away(visitor: Visitor, count: int) -> None:
    """Download the table: every item is in it, in a group of each provider."""
    with visitor.page.expect_download() as downloaded:
        visitor.press(visitor.main.get_by_test_id("stDownloadButton").get_by_role("button"))
    assert downloaded.value.suggested_filename == "groups.csv"
    with downloaded.value.path().open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(row["item"] for row in rows) == sorted(ITEMS)
    for name in PROVIDERS:
        assert {row[f"{name}: group"] for row in rows} == set(map(str, range(1, count + 1)))
    shared = sum(len({row[f"{name}: group"] for name in PROVIDERS}) > 1 for row in rows)
    agree = re.compile(rf"agree on {len(rows) - shared} of {len(rows)} items\.")
    expect(visitor.main).to_contain_text(agree)


def see_the_groups_on_the_map(visitor: Visitor, count: int) -> None:
    """See the same groups on both maps, each with its number where that has room."""
    visitor.press(visitor.main.get_by_role("radio", name="Groups on the map"))
    visitor.sees(re.compile(r"^UMAP · trustworthiness"), len(PROVIDERS), MUCH_PATIENCE)
    visitor.settle()
    for place, column in enumerate(group_columns(visitor)):
        chart = PlotlyChart(visitor.page, f"group-map-{place}")
        chart.wait()
        expect(chart.pictures).to_have_count(len(GALLERY.pictures))
        numbers = [line for line in chart.words.splitlines() if line]
        assert count < len(numbers) < len(GALLERY)
        assert set(numbers) == set(map(str, range(1, count + 1)))
        expect(column.get_by_role("listitem")).to_have_count(count)
    visitor.settle()


def find_swapped_captions(visitor: Visitor) -> None:
    """Plant a wrong caption, look, reveal: both providers name it and its partner first."""
    visitor.go_to("Odd ones out")
    visitor.sees("What does not fit?")
    suspects = visitor.main.locator(".finding:not(.swapped .finding)")
    expect(suspects.first).to_be_visible()
    expect(visitor.main).not_to_contain_text("seems to have changed places")
    visitor.settle()
    visitor.keep_picture("odd-ones-out")
    before = suspects.all_inner_texts()
    expect(visitor.button("Put it right")).to_have_count(0)
    for _ in range(_TRIES):
        visitor.press(visitor.button("Plant a wrong caption"))
        expect(visitor.main.locator(".look-through figure")).to_have_count(12)
        expect(suspects).to_have_count(0)
        visitor.press(visitor.button("Reveal what the models say"))
        expect(visitor.main.locator(".swapped .mark")).to_have_text(["planted by you"] * 2)
        expect(suspects.first).to_be_visible()
        visitor.settle()
        found = _names_the_swapped(suspects)
        if found:
            for name in PROVIDERS:
                expect(visitor.main.locator(".scores")).to_contain_text(f"{name} found 2 of 2")
        visitor.press(visitor.button("Put it right"))
        expect(visitor.button("Put it right")).to_have_count(0)
        expect(suspects).to_have_text(before, use_inner_text=True)
        visitor.settle()
        assert suspects.all_inner_texts() == before
        if found:
            return
    raise AssertionError(f"In {_TRIES} tries no swapped captions were found.")


def _names_the_swapped(suspects: Locator) -> bool:
    """Whether the first two findings say of each other that they changed places, and truly so.

    Chance decides which captions change places. In one case of seven a model misunderstands one
    of the pictures anyway, such as the astronaut, and cannot tell.
    """
    first_two = [suspects.nth(place) for place in range(2)]
    found = [_CHANGED_PLACES.search(one.locator(".why h2").inner_text()) for one in first_two]
    if None in found:
        return False
    (one, other), (its_partner, its_own) = (match.groups() for match in found if match)
    assert (one, other) == (its_own, its_partner)
    for finding, partner in zip(first_two, (other, one), strict=True):
        shown = finding.locator(".tile").first
        expect(shown).to_contain_text("its own")
        assert shown.get_attribute("data-item") in GALLERY.pictures_of[ITEMS[partner].id]
    return True


def find_more_like_a_member(visitor: Visitor, count: int) -> None:
    """Come back to the groups, open one, and press “More like this” there, by keyboard."""
    visitor.go_to("Groups")
    visitor.press(visitor.main.get_by_role("radio", name="Groups", exact=True))
    for column in group_columns(visitor):
        expect(column.locator(".group")).to_have_count(count)
    visitor.settle()
    column = group_columns(visitor)[1]
    within = visitor.page.locator(f"[data-item='{GUITAR.id}']")
    visitor.press(column.locator(".group").filter(has=within).locator("summary"), "Enter")
    visitor.press(column.locator(f"[data-like='{GUITAR.id}']"), "Enter")
    see_more_like(visitor, GUITAR)
    see_first(visitor, [HARP.id])
