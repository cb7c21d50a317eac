"""Save picture: what the browser downloads is a chart that stands alone."""

import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from charts.palette import INK
from tests.browser.journey import GALLERY
from tests.browser.plotly_chart import PlotlyChart
from tests.browser.search_journey import load_the_gallery
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

CAPTIONS = [text.label for text in GALLERY.texts]
TEXT = "{http://www.w3.org/2000/svg}text"
_LIGHT, _DRAWN = 250, 0.02


def saved(visitor, key, as_format, folder):
    """Save the chart of this key, and return the file."""
    control = visitor.main.locator(f".st-key-picture-control-{key} button")
    visitor.press(control)
    choice = visitor.page.get_by_role("button", name=as_format, exact=True)
    with visitor.page.expect_download() as download:
        visitor.press(choice)
    expect(visitor.page.locator("[class*=st-key-picture-drawn-]")).to_have_count(0)
    expect(choice).to_have_count(0)
    expect(control).to_be_focused()
    visitor.settle()
    path = Path(folder, download.value.suggested_filename)
    download.value.save_as(path)
    return path


def test_heatmaps_and_maps_of_a_dark_page_are_saved_light_and_whole(browser, app, tmp_path):
    with Visitor(browser, app.address, colour_scheme="dark") as visitor:
        load_the_gallery(visitor)
        PlotlyChart(visitor.page, "heatmap-1").wait()
        controls = visitor.main.get_by_role("button", name="Save picture of the heatmap of")
        expect(controls).to_have_count(2)
        for _ in range(2):  # the second time as the first
            heatmap = saved(visitor, "heatmap-0", "PNG", tmp_path)
            is_a_light_picture(heatmap, "similarity-local-minilm")
        holds_every_caption(saved(visitor, "heatmap-1", "SVG", tmp_path))
        visitor.go_to("Map")
        PlotlyChart(visitor.page, "map-0").wait()
        is_a_light_picture(saved(visitor, "map-0", "PNG", tmp_path), "map-local-minilm")


def is_a_light_picture(path, name):
    assert re.fullmatch(rf"{name}-\d{{4}}-\d\d-\d\d\.png", path.name)
    pixels = np.asarray(Image.open(path).convert("L"))
    assert min(pixels.shape) >= 1000
    edges = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    assert edges.min() >= _LIGHT
    assert (pixels < _LIGHT).mean() > _DRAWN


def holds_every_caption(path):
    source = path.read_text(encoding="utf-8")
    assert "NaN" not in re.sub(r"data:image[^\"]*", "", source)  # base64 may spell it by chance
    texts = list(ElementTree.fromstring(source).iter(TEXT))
    words = {"".join(text.itertext()) for text in texts}
    assert "Local Static: Which caption fits which picture?" in words
    shown = [caption for caption in CAPTIONS if len(caption) <= 30]
    assert len(shown) > 20
    assert set(shown) <= words
    assert any(in_rgb(INK["light"]) in text.get("style", "") for text in texts)
    assert not any(in_rgb(INK["dark"]) in text.get("style", "") for text in texts)


def in_rgb(colour):
    return "rgb({}, {}, {})".format(*bytes.fromhex(colour[1:]))
