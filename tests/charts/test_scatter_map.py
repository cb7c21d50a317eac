import numpy as np
import plotly.graph_objects as go
import pytest

from charts.scatter_map import LINES_UP_TO, WEBGL_FROM, ScatterMap, map_figure
from collection.items import text_item
from collection.samples import load_sample

GALLERY = load_sample("gallery")


def scatter(texts, pictures=(), pairs=(), selected=()):
    items = [*[text_item(f"caption {i}") for i in range(texts)], *pictures]
    pairs = np.asarray(pairs, np.int64).reshape(-1, 2)
    return ScatterMap(
        xy=np.random.default_rng(0).normal(size=(len(items), 2)).astype(np.float32),
        items=items,
        numbers=list(range(100, 100 + len(items))),
        pairs=pairs,
        pair_cosines=np.linspace(0, 1, len(pairs)),
        selected=frozenset(selected),
        cosine_range=(0.0, 1.0),
    )


def drawn(*args, **kwargs):
    return map_figure(scatter(*args, **kwargs), "#000000")


def trace(figure, name):
    return next(t for t in figure.data if t.name == name)


def test_texts_and_pictures_differ_in_shape_and_in_colour():
    figure = drawn(3, GALLERY.pictures[:3])
    text, picture = trace(figure, "text").marker, trace(figure, "picture").marker
    assert text.symbol != picture.symbol
    assert text.color != picture.color


def test_each_mark_carries_the_number_that_listeners_know_it_by():
    figure = drawn(2, GALLERY.pictures[:2])
    assert list(trace(figure, "text").customdata) == [100, 101]
    assert list(trace(figure, "picture").customdata) == [102, 103]


def test_few_pictures_are_shown_as_themselves_where_they_lie():
    chart = scatter(1, GALLERY.pictures[:5])
    images = map_figure(chart, "#000000").layout.images
    assert [(i.x, i.y) for i in images] == [tuple(xy) for xy in chart.xy[1:].tolist()]


def test_each_pair_is_joined_by_one_line_from_end_to_end():
    chart = scatter(3, GALLERY.pictures[:3], pairs=[(0, 3), (1, 4)])
    lines = [t for t in map_figure(chart, "#000000").data if t.name == "pairs"]
    ends = {tuple(np.round(line.x[:2], 5)) for line in lines}
    wanted = {tuple(np.round(chart.xy[[a, b], 0], 5)) for a, b in chart.pairs}
    assert ends == wanted


def test_pairs_of_different_cosine_have_different_colours():
    figure = drawn(2, GALLERY.pictures[:2], pairs=[(0, 2), (1, 3)])
    assert len({t.line.color for t in figure.data if t.name == "pairs"}) == 2


def test_among_very_many_pairs_only_those_of_selected_items_are_joined():
    count = LINES_UP_TO + 1
    pairs = [(i, i + count) for i in range(count)]
    assert not [t for t in drawn(2 * count, pairs=pairs).data if t.name == "pairs"]
    figure = drawn(2 * count, pairs=pairs, selected=[5])
    assert sum(len(t.x) // 3 for t in figure.data if t.name == "pairs") == 1


def test_selected_marks_are_ringed():
    chart = scatter(4, selected=[1, 3])
    ring = trace(map_figure(chart, "#000000"), "selected")
    assert ring.marker.symbol.endswith("open")
    assert np.allclose(ring.x, chart.xy[[1, 3], 0])


@pytest.mark.parametrize(("count", "kind"), [(50, go.Scatter), (WEBGL_FROM, go.Scattergl)])
def test_many_marks_are_drawn_by_webgl(count, kind):
    assert isinstance(trace(drawn(count), "text"), kind)


def test_few_captions_are_written_beside_their_marks_and_escaped():
    chart = ScatterMap(
        np.zeros((1, 2)),
        [text_item("<i>x</i>")],
        [0],
        np.zeros((0, 2), int),
        np.zeros(0),
        frozenset(),
        (0.0, 1.0),
    )
    assert "<i>" not in trace(map_figure(chart, "#000000"), "labels").text[0]


def test_a_single_item_has_a_map():
    assert drawn(1).layout.xaxis.range[0] < drawn(1).layout.xaxis.range[1]
