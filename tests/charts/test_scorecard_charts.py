"""The charts of the scorecard: densities, Setup × Setup, quality against what it takes."""

import numpy as np

from charts.density_curves import DensityCurves, density_curves
from charts.quality_chart import QualityMark, quality_chart
from charts.setup_heatmap import setup_heatmap

INK = "#22272b"


def test_both_densities_are_drawn_over_one_another_with_both_lines():
    x = np.linspace(0, 1, 50)
    figure = density_curves(DensityCurves(x, x, 1 - x, 0.4, 0.6, "#0072B2", (0.0, 1.0)), INK)
    assert [trace.name for trace in figure.data] == ["other pairs", "true pairs"]
    assert figure.data[1].y[-1] == 1
    assert {shape.x0 for shape in figure.layout.shapes} == {0.4, 0.6}
    assert {note.text for note in figure.layout.annotations} == {"threshold", "best F1"}


def test_densities_are_told_apart_by_more_than_colour():
    x = np.linspace(0, 1, 50)
    figure = density_curves(DensityCurves(x, x, x, 0.4, 0.6, "#0072B2", (0.0, 1.0)), INK)
    assert figure.data[0].line.dash != figure.data[1].line.dash


def test_every_cell_of_two_setups_has_its_number_and_one_without_a_dash():
    figure = setup_heatmap([[1.0, None], [None, 0.25]], ["A", "A"], INK)
    assert [note.text for note in figure.layout.annotations] == ["1.00", "–", "–", "0.25"]
    assert list(figure.layout.xaxis.ticktext) == ["A", "A"]


def test_numbers_can_be_read_on_dark_and_on_light_cells():
    figure = setup_heatmap([[0.0, 1.0], [1.0, 0.0]], ["A", "B"], INK)
    colours = [note.font.color for note in figure.layout.annotations]
    assert colours == ["#ffffff", "#000000", "#000000", "#ffffff"]


def test_a_name_with_markup_is_no_markup():
    figure = setup_heatmap([[1.0]], ["<b>x</b>"], INK)
    assert figure.layout.xaxis.ticktext[0] == "&lt;b&gt;x&lt;/b&gt;"


def test_each_setup_is_a_mark_with_its_interval():
    marks = [
        QualityMark("A", "#0072B2", 2.0, 0.7, 0.6, 0.9),
        QualityMark("B", "#D55E00", 0.0, 0.5, None, None),
    ]
    figure = quality_chart(marks, "cost", "recall@1", INK)
    first, second = figure.data
    assert (first.x, first.y) == ((2.0,), (0.7,))
    assert np.allclose((first.error_y.array[0], first.error_y.arrayminus[0]), (0.2, 0.1))
    assert second.error_y.visible is False
    assert figure.layout.xaxis.range[1] > 2.0


def test_marks_that_cost_nothing_can_be_drawn():
    figure = quality_chart([QualityMark("B", "#D55E00", 0.0, 0.5, None, None)], "x", "y", INK)
    assert figure.layout.xaxis.range[1] > 0
