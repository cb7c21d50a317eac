"""The picture on the start page, on which every line must be seen."""

import numpy as np
import pytest

from collection.samples import load_sample
from ui.map.cached import quick_pca
from ui.map.chart import scatter_map
from ui.start.start_picture import start_figure
from ui.warm_up import START_SAMPLE, start_embeddings

MARK = 8  # pixels from the middle of a caption's mark to its corner
PHONE, WIDE = 380, 990  # pixels


@pytest.fixture(scope="module")
def drawn():
    """The map, and its figure."""
    embeddings = start_embeddings()
    chart = scatter_map(load_sample(START_SAMPLE), embeddings, quick_pca(embeddings)[0])
    return chart, start_figure(chart, "#000000")


def pixels_a_unit(figure, width):
    (left, right), (bottom, top) = figure.layout.xaxis.range, figure.layout.yaxis.range
    return min((width - 8) / (right - left), (figure.layout.height - 8) / (top - bottom))


@pytest.mark.parametrize("width", [PHONE, WIDE])
def test_a_part_of_each_line_lies_outside_of_its_picture_and_its_mark(drawn, width):
    chart, figure = drawn
    scale = pixels_a_unit(figure, width)
    for text, picture in chart.pairs:
        across, up = np.abs(chart.xy[text] - chart.xy[picture])
        beyond = max(across, up) - figure.layout.images[0].sizex / 2
        assert beyond * scale > MARK + 4


@pytest.mark.parametrize("width", [PHONE, WIDE])
def test_pictures_are_large_enough_to_be_recognised(drawn, width):
    assert drawn[1].layout.images[0].sizex * pixels_a_unit(drawn[1], width) >= 50


def test_all_pictures_lie_inside_and_a_change_of_width_changes_no_range(drawn):
    chart, figure = drawn
    half = figure.layout.images[0].sizex / 2
    for axis, at in ((figure.layout.xaxis, 0), (figure.layout.yaxis, 1)):
        assert axis.range[0] < chart.xy[:, at].min() - half
        assert axis.range[1] > chart.xy[:, at].max() + half
        assert axis.constrain == "domain"
