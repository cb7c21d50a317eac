import json

import numpy as np
import pytest

from charts.palette import FONT_SIZE
from charts.printed import (
    HALF,
    NAMED_ROWS,
    TALLEST,
    WIDTH,
    figure_json,
    printed_heatmap,
    printed_map,
)
from charts.scatter_map import WEBGL_FROM, ScatterMap
from collection.items import text_item
from tests.charts.test_heatmap import heatmap


def texts(count):
    return [text_item(f"</script> {number}") for number in range(count)]


def scatter(count):
    xy = np.random.default_rng(0).normal(size=(count, 2)).astype(np.float32)
    none = np.zeros((0, 2), np.int64)
    return ScatterMap(xy, texts(count), range(count), none, np.zeros(0), frozenset(), (0.0, 1.0))


@pytest.mark.parametrize("rows", [1, 4, 14, 20, NAMED_ROWS, 60, 200, 400])
def test_a_heatmap_is_never_taller_than_a_page_nor_its_row_names_than_its_rows(rows):
    drawn = printed_heatmap(heatmap(rows, 3, rows=texts(rows)))
    layout = drawn.layout
    assert layout.width == WIDTH
    assert layout.height <= TALLEST
    names = layout.yaxis.ticktext
    assert (names is not None) == (rows <= NAMED_ROWS)
    inner = layout.height - layout.margin.t - layout.margin.b
    if names:
        assert inner / rows >= FONT_SIZE


def test_heatmaps_of_few_rows_fit_on_a_page_in_twos():
    assert printed_heatmap(heatmap(14, 12, rows=texts(14))).layout.height <= HALF


def test_nothing_is_left_of_what_only_a_mouse_needs():
    for figure in (printed_heatmap(heatmap(3, 3)), printed_map(scatter(9))):
        assert not any(trace.customdata is not None for trace in figure.data)


def test_a_map_of_many_items_is_drawn_as_svg():
    assert {trace.type for trace in printed_map(scatter(WEBGL_FROM)).data} == {"scatter"}


def test_words_on_paper_are_large_enough():
    sizes = [trace.textfont.size for trace in printed_map(scatter(9)).data if trace.textfont.size]
    assert sizes
    assert min(sizes) >= FONT_SIZE


def test_no_text_ends_the_element_that_holds_the_json():
    figure = printed_heatmap(heatmap(2, 2, rows=texts(2)))
    words = figure_json(figure)
    assert "<" not in words
    assert "&lt;/script" in json.loads(words)["layout"]["yaxis"]["ticktext"][0]
