"""The charts of the scorecard's further sections: confusions, probes, sizes of a vector."""

import numpy as np

from charts.confusion_heatmap import NUMBERED_UP_TO, confusion_heatmap
from charts.probe_chart import ProbeMarks, probe_chart
from charts.size_chart import SizeMarks, size_chart
from space.shortening import Precision

INK = "#22272b"


def confusions(count):
    confusion = np.eye(count, dtype=np.int64)
    return confusion_heatmap(confusion, confusion.astype(float), ["<b>x</b>"] * count, INK)


def test_each_confusion_has_its_number_and_empty_cells_have_none():
    confusion = np.asarray([[2, 1], [0, 3]])
    shares = confusion / confusion.sum(axis=1, keepdims=True)
    figure = confusion_heatmap(confusion, shares, ["a", "b"], INK)
    assert [note.text for note in figure.layout.annotations] == ["2", "1", "3"]
    assert [note.font.color for note in figure.layout.annotations] == [
        *("#000000", "#ffffff", "#000000")
    ]


def test_a_label_with_markup_is_no_markup_in_the_confusion_matrix():
    assert confusions(2).layout.xaxis.ticktext[0] == "&lt;b&gt;x&lt;/b&gt;"


def test_where_labels_are_many_neither_numbers_nor_names_are_drawn_and_it_is_not_too_high():
    figure = confusions(NUMBERED_UP_TO + 200)
    assert not figure.layout.annotations
    assert figure.layout.xaxis.showticklabels is False
    assert figure.layout.height < 720


def test_each_setup_has_a_mark_a_kind_with_its_interval_and_chance_has_a_line():
    marks = [
        ProbeMarks("A", "#0072B2", [0.5, 0.75], [0.25, 0.5], [0.75, 1.0]),
        ProbeMarks("B", "#D55E00", [0.5, 1.0], [0.5, 1.0], [0.5, 1.0]),
    ]
    figure = probe_chart(["count", "colour"], marks, 0.5, INK)
    assert [list(trace.x) for trace in figure.data] == [[0.5, 0.75], [0.5, 1.0]]
    assert list(figure.data[0].error_x.array) == [0.25, 0.25]
    assert list(figure.data[0].error_x.arrayminus) == [0.25, 0.25]
    assert not set(figure.data[0].y) & set(figure.data[1].y)
    assert figure.layout.shapes[0].x0 == 0.5
    assert list(figure.layout.yaxis.ticktext) == ["count", "colour"]


def test_one_setup_alone_stands_in_the_middle_of_its_row():
    figure = probe_chart(["count"], [ProbeMarks("A", "#0072B2", [0.5], [0.5], [0.5])], 0.5, INK)
    assert list(figure.data[0].y) == [0]


def test_precisions_differ_by_shape_and_only_lengths_are_joined():
    precisions = [Precision.FLOAT32, Precision.FLOAT32, Precision.INT8, Precision.BINARY]
    marks = SizeMarks("A", "#0072B2", precisions, [1024, 512, 256, 32], [0.9, 0.8, 0.9, None])
    figure = size_chart([marks], "recall@1", INK)
    assert [len(trace.x) for trace in figure.data] == [2, 1, 1]
    assert len({trace.marker.symbol for trace in figure.data}) == 3
    assert list(figure.layout.xaxis.ticktext) == ["32", "256", "512", "1,024"]
