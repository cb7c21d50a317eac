"""The picture on the start page has the right size however wide the window was before."""

import pytest

from tests.browser.plotly_chart import PlotlyChart

pytestmark = pytest.mark.browser

WIDE, NARROW = {"width": 1280, "height": 720}, {"width": 420, "height": 800}
DRAWN = "() => document.querySelector('.st-key-start-picture .main-svg').clientWidth"
DRAWN_WIDE, DRAWN_NARROW = f"{DRAWN} > 640", f"{DRAWN} <= 640"
SIDES = "images => images.map(image => Math.round(image.getBoundingClientRect().width))"


def test_the_pictures_become_as_large_as_the_window_allows_after_each_change(visitor):
    visitor.page.set_viewport_size(WIDE)
    visitor.open()
    chart = PlotlyChart(visitor.page, "start-picture")
    chart.wait()

    def sides(size, drawn):
        visitor.page.set_viewport_size(size)
        visitor.page.wait_for_function(drawn)
        visitor.settle()
        return chart.pictures.evaluate_all(SIDES)

    wide = sides(WIDE, DRAWN_WIDE)
    assert min(wide) >= 70
    assert min(sides(NARROW, DRAWN_NARROW)) >= 50
    assert sides(WIDE, DRAWN_WIDE) == wide
