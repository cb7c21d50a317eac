"""A session that one server saved is opened on another that has no keys and reaches no service."""

import zipfile
from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from stand_ins import STAND_INS
from tests.browser.app_server import AppServer
from tests.browser.hosted_journey import HOSTED, embed, holds_none_of, type_key
from tests.browser.plotly_chart import PlotlyChart
from tests.browser.search_journey import load_the_gallery
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

KEYED = ("nomic", "jina")
CHARTS = range(4)
_CELLS = """key => document.querySelector(`.st-key-${key} .js-plotly-plot`)._fullData
    .filter(({type}) => type === 'heatmap').map(({z}) => JSON.stringify(z)).join()"""


def see_everything(visitor):
    """Return what is on the pages: the cells of heatmaps, the marks of maps, the scorecard."""
    visitor.go_to("Similarity")
    for number in CHARTS:
        PlotlyChart(visitor.page, f"heatmap-{number}").wait()
    cells = [visitor.page.evaluate(_CELLS, f"heatmap-{number}") for number in CHARTS]
    visitor.go_to("Map")
    expect(visitor.main.get_by_text("is being computed")).to_have_count(0)
    maps = [PlotlyChart(visitor.page, f"map-{number}") for number in CHARTS]
    for chart in maps:
        chart.wait()
    visitor.settle()
    marks = [chart.marks for chart in maps]
    visitor.go_to("Scorecard")
    figures = visitor.main.locator(".scorecard").first.inner_text()
    return cells, marks, figures


def saved_file(visitor, folder):
    """Press Save session in the sidebar's foot, and return where the file is."""
    visitor.settle()
    with visitor.page.expect_download() as download:
        visitor.sidebar.get_by_role("button", name="Save session").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_what_was_saved_with_keys_is_seen_again_without_any_value_by_value(browser, tmp_path):
    with ExitStack() as stack:
        services = {id_: stack.enter_context(STAND_INS[id_]()) for id_ in KEYED}
        addresses = {HOSTED[id_].base_url_variable: s.address for id_, s in services.items()}
        server = stack.enter_context(AppServer(addresses))
        visitor = stack.enter_context(Visitor(browser, server.address))
        load_the_gallery(visitor)
        visitor.go_to("Providers")
        for id_, service in services.items():
            type_key(visitor, id_, service.key)
        embed(visitor)
        visitor.go_to("Map")
        visitor.press(visitor.main.get_by_text("t-SNE", exact=True))
        visitor.settle()
        before = see_everything(visitor)
        path = saved_file(visitor, tmp_path)
        keys = [service.key for service in services.values()]
        holds_none_of(visitor, keys, server.log)
    with zipfile.ZipFile(path) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert not [key for key in keys if key.encode() in everything + path.read_bytes()]

    with AppServer() as server, Visitor(browser, server.address) as visitor:
        visitor.open()
        visitor.press(visitor.button("Open session"))
        visitor.settle()
        field = visitor.page.get_by_test_id("stPopoverBody").locator("input[type=file]")
        field.set_input_files(path)
        visitor.sees("Which caption fits which picture?")
        visitor.settle()
        expect(visitor.sidebar).to_contain_text("Nomic Atlas: from a file")
        cells, marks, figures = see_everything(visitor)
        assert all(cells)
        assert cells == before[0]
        assert marks == before[1]
        assert figures == before[2]
        server.assert_kept_to_itself()
