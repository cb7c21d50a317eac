"""Two people at the same server do not see each other's work."""

import re

import pytest
from playwright.sync_api import expect

from collection.samples import load_sample
from tests.browser.own_pictures import caption_file, changed_picture
from tests.browser.plotly_chart import PlotlyChart
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


def test_two_windows_have_collections_of_their_own(browser, app):
    gallery = load_sample("gallery")
    with Visitor(browser, app.address) as first, Visitor(browser, app.address) as second:
        first.open("/collection")
        first.press(first.button("Gallery"))
        expect(first.sidebar).to_contain_text(f"{len(gallery.pictures)} pictures")
        second.open("/collection")
        expect(second.sidebar).to_contain_text("The collection is empty.")
        second.press(second.button("Cat and box"))
        expect(second.sidebar).to_contain_text("2 pictures")
        first.go_to("Providers")
        expect(first.sidebar).to_contain_text(f"{len(gallery.pictures)} pictures")
        second.settle()
        first.settle()


def test_a_session_that_begins_after_another_has_ended_is_empty(browser, app):
    with Visitor(browser, app.address) as leaving:
        leaving.open("/collection")
        leaving.press(leaving.button("Gallery"))
        leaving.press(leaving.button("Embed"))  # and leaves while the run is at work
    with Visitor(browser, app.address) as coming:
        coming.open("/collection")
        expect(coming.sidebar).to_contain_text("The collection is empty.")
        expect(coming.sidebar).not_to_contain_text("Local MiniLM")
        coming.settle()


def test_two_people_with_the_same_picture_each_see_their_own_name_for_it(browser, app):
    for name in ("first-name.png", "second-name.png"):
        with Visitor(browser, app.address) as person:
            person.open("/collection")
            person.page.locator("input[type=file]").first.set_input_files(
                [changed_picture(name, "bus.jpg"), caption_file([(name, "A bus to the left")])]
            )
            expect(person.sidebar).to_contain_text("1 picture")
            person.press(person.button("Embed"))
            person.sees("All 2 items are embedded.")
            person.go_to("Similarity")
            person.press(person.main.get_by_role("radio", name="All × all"))
            person.sees(re.compile("^Mean cosine"), 2)
            PlotlyChart(person.page, "heatmap-0").wait()
            person.settle()
            expect(person.main.locator(".row-labels")).to_contain_text(name)
