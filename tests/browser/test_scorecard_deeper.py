"""The sections behind the scorecard, each opened: on the gallery, the Probes and a labelled set."""

import io
import re
import zipfile

import pytest
from playwright.sync_api import expect

from tests.browser.hosted_journey import embed
from tests.browser.own_pictures import SAMPLES
from tests.browser.plotly_chart import PlotlyChart
from tests.browser.search_journey import load_the_gallery
from tests.browser.test_scorecard import PROJECTOR, open_section
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

FOLDERS = {"animal": ("cat.jpg", "horse.jpg", "penguin.jpg"), "vehicle": ("bus.jpg", "rocket.jpg")}


def labelled_pictures():
    """A ZIP with a folder for each label."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for label, names in FOLDERS.items():
            for name in names:
                file.writestr(f"{label}/{name}", (SAMPLES / name).read_bytes())
    return {"name": "own.zip", "mimeType": "application/zip", "buffer": archive.getvalue()}


def test_each_section_opens_on_the_gallery(browser, app):
    with Visitor(browser, app.address, **PROJECTOR) as visitor:
        load_the_gallery(visitor)
        visitor.go_to("Scorecard")
        visitor.press(visitor.main.locator("label").filter(has_text="All together").first)
        expect(visitor.main.locator(".scorecard").first).to_contain_text("All together")
        visitor.sees("Combining: no difference that these pairs could show")
        open_section(visitor, "Hubs")
        expect(visitor.main).to_contain_text(re.compile(r"is among the 5 nearest of \d+ of 31"))
        open_section(visitor, "Less is enough")
        PlotlyChart(visitor.page, "sizes-recall-1").wait()
        open_section(visitor, "By label")
        visitor.sees("No picture has a label here")
        open_section(visitor, "Probes")
        visitor.sees("holds drawn pictures in pairs")
        visitor.press(visitor.main.get_by_role("radio", name="CSLS"))
        visitor.go_to("Similarity")
        visitor.sees("Corrected for hubs")
        visitor.settle()


def test_the_probes_say_that_the_embedded_providers_are_near_chance(browser, app):
    with Visitor(browser, app.address, **PROJECTOR) as visitor:
        visitor.open()
        visitor.go_to("Collection")
        visitor.press(visitor.button("Probes"))
        embed(visitor)
        visitor.go_to("Scorecard")
        open_section(visitor, "Probes")
        PlotlyChart(visitor.page, "probe-chart").wait()
        visitor.sees("that is the lesson of these probes")
        visitor.keep_picture("probes")


def test_labelled_pictures_are_told_apart_and_colour_the_map(browser, app):
    with Visitor(browser, app.address, **PROJECTOR) as visitor:
        visitor.open()
        visitor.go_to("Collection")
        visitor.page.locator("input[type=file]").first.set_input_files(labelled_pictures())
        embed(visitor)
        visitor.go_to("Scorecard")
        open_section(visitor, "By label")
        PlotlyChart(visitor.page, "confusion-0").wait()
        expect(visitor.main).to_contain_text(re.compile(r"is right most often: for \d of 5"))
        visitor.go_to("Map")
        visitor.main.get_by_role("combobox", name="Colours").click()
        visitor.page.get_by_role("option", name="Coloured by label").click()
        expect(visitor.main.locator(".legend.labels")).to_contain_text("vehicle")
        visitor.settle()
