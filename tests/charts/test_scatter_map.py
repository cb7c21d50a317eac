from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest
from plotly.colors import hex_to_rgb

from charts.palette import GROUP_COLOURS, NO_GROUP, SELECTED, SETUP_COLOURS, group_colour
from charts.scatter_map import (
    NUMBERED_TEXTS,
    PICTURE_MARKS,
    WEBGL_FROM,
    ScatterMap,
    map_figure,
)
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


def test_the_closer_a_pair_is_the_thicker_is_its_line_in_one_colour():
    figure = drawn(3, GALLERY.pictures[:3], pairs=[(0, 3), (1, 4), (2, 5)])
    lines = [t for t in figure.data if t.name == "pairs"]
    first_x = trace(figure, "text").x
    widths = {round(float(line.x[0]), 4): line.line.width for line in lines}
    in_order = [widths[round(float(x), 4)] for x in first_x]
    assert in_order == sorted(in_order)
    assert len(set(in_order)) == 3
    assert len({line.line.color for line in lines}) == 1


def test_pairs_that_are_not_joined_have_no_line():
    chart = scatter(2, GALLERY.pictures[:2], pairs=[(0, 2), (1, 3)])
    figure = map_figure(replace(chart, joined=np.asarray([False, True])), "#000000")
    (line,) = [t for t in figure.data if t.name == "pairs"]
    assert line.x[0] == pytest.approx(chart.xy[1, 0])


def test_while_something_is_selected_all_else_fades_but_what_belongs_to_it():
    chart = scatter(2, GALLERY.pictures[:2], pairs=[(0, 2), (1, 3)], selected=[0])
    figure = map_figure(replace(chart, emphasised=frozenset({0, 2})), "#000000")
    own, other = (i.opacity for i in figure.layout.images)
    assert (own, other < 0.5) == (1.0, True)
    lines = {float(t.x[0]): t.opacity for t in figure.data if t.name == "pairs"}
    assert lines[float(chart.xy[1, 0])] < 0.2 < lines[float(chart.xy[0, 0])]
    assert list(trace(figure, "text").selectedpoints) == [0]


def test_a_map_keeps_its_zoom_as_long_as_it_is_the_same_view():
    chart = scatter(3)
    views = [map_figure(replace(chart, view=view), "#000000").layout.uirevision for view in "aab"]
    assert views[0] == views[1] != views[2]


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


def test_of_many_captions_the_selected_ones_are_written_and_others_where_there_is_room():
    crowd = np.zeros((12, 2), np.float32)
    crowd[-1] = 5.0
    chart = replace(scatter(12), xy=crowd)
    alone = trace(map_figure(chart, "#000000"), "labels")
    assert "caption 11" in " ".join(alone.text)
    assert len(alone.text) < 12
    chosen = map_figure(replace(chart, selected=frozenset({4})), "#000000")
    assert "caption 4" in " ".join(trace(chosen, "labels").text)


def test_a_place_that_several_items_share_says_how_many_they_are():
    chart = replace(scatter(9), shared={2: 7, 4: 350})
    words = trace(map_figure(chart, "#000000"), "shared")
    assert [text.strip() for text in words.text] == ["×7", "×350"]
    assert np.allclose(words.x, chart.xy[[2, 4], 0])
    assert "shared" not in {t.name for t in drawn(9).data}


def test_a_single_item_has_a_map():
    assert drawn(1).layout.xaxis.range[0] < drawn(1).layout.xaxis.range[1]


def grouped(texts, pictures, groups, selected=()):
    return map_figure(
        replace(scatter(texts, pictures, selected=selected), groups=groups), "#000000"
    )


def test_without_groups_nothing_is_framed_or_numbered():
    layout = drawn(2, GALLERY.pictures[:2], selected=[2]).layout
    assert not layout.shapes
    assert not layout.annotations


def test_marks_take_the_colour_of_their_group_and_keep_their_shape():
    figure = grouped(2, GALLERY.pictures[:2], [0, -1, 3, 0])
    text, picture = trace(figure, "text").marker, trace(figure, "picture").marker
    assert list(text.color) == [group_colour(0), NO_GROUP]
    assert list(picture.color) == [group_colour(3), group_colour(0)]
    assert text.symbol != picture.symbol


def test_a_picture_has_a_frame_in_its_group_s_colour_exactly_around_it():
    figure = grouped(1, GALLERY.pictures[:3], [0, 1, -1, 2])
    frames, images = figure.layout.shapes, figure.layout.images
    assert [f.line.color for f in frames] == [group_colour(1), NO_GROUP, group_colour(2)]
    for frame, image in zip(frames, images, strict=True):
        np.testing.assert_allclose([frame.x1 - frame.x0, frame.y1 - frame.y0], image.sizex)
        np.testing.assert_allclose((frame.x0 + frame.x1) / 2, image.x)
        np.testing.assert_allclose((frame.y0 + frame.y1) / 2, image.y)


def test_each_grouped_mark_carries_the_number_of_its_group_counted_from_one():
    figure = grouped(2, GALLERY.pictures[:2], [0, -1, 4, 0])
    badges = figure.layout.annotations
    assert sorted((b.text, b.bgcolor) for b in badges) == sorted(
        [("1", group_colour(0)), ("5", group_colour(4)), ("1", group_colour(0))]
    )


def test_the_number_of_a_picture_s_group_is_at_the_corner_of_its_frame():
    figure = grouped(0, GALLERY.pictures[:2], [0, 1])
    for badge, frame in zip(figure.layout.annotations, figure.layout.shapes, strict=True):
        np.testing.assert_allclose((badge.x, badge.y), (frame.x0, frame.y1))


def test_a_selected_picture_with_a_frame_is_ringed_outside_it():
    figure = grouped(1, GALLERY.pictures[:2], [0, 1, 1], selected=[0, 2])
    frame, ring = figure.layout.shapes[1:]
    assert ring.line.color == SELECTED != frame.line.color
    assert ring.x0 < frame.x0 < frame.x1 < ring.x1
    assert ring.y0 < frame.y0 < frame.y1 < ring.y1
    assert len(trace(figure, "selected").x) == 1  # the text


def test_selected_dots_with_groups_are_ringed():
    count = PICTURE_MARKS + 1
    pictures = [GALLERY.pictures[i % len(GALLERY.pictures)] for i in range(count)]
    figure = grouped(1, pictures, [0] * (count + 1), selected=[0, 5])
    assert len(trace(figure, "selected").x) == 2
    assert not figure.layout.shapes


def test_of_too_many_marks_one_of_each_group_is_numbered_and_all_are_coloured():
    count = NUMBERED_TEXTS + 1
    figure = grouped(count, (), [row % 3 for row in range(count)])
    assert sorted(badge.text for badge in figure.layout.annotations) == ["1", "2", "3"]
    colours = trace(figure, "text").marker.color
    assert [colours[row] for row in range(3)] == [group_colour(row) for row in range(3)]


def test_numbers_that_would_lie_on_each_other_are_left_out_but_no_group_is_without_one():
    crowded = replace(
        scatter(6), xy=np.array([[0, 0], [0.01, 0], [0, 0.01], [0, 0], [9, 9], [9, 0]])
    )
    figure = map_figure(replace(crowded, groups=[0, 0, 0, 1, 0, -1]), "#000000")
    assert sorted(badge.text for badge in figure.layout.annotations) == ["1", "1", "2"]


def test_a_number_that_would_lie_on_another_group_s_picture_is_left_out():
    # Far enough from every other number, the second caption's would stand on the picture.
    places = np.array([[0, 0], [-0.14, -0.06], [1, 1], [1, 0]])
    chart = replace(scatter(1, [GALLERY.pictures[0]]), xy=places[[2, 0]], groups=[0, 1])
    crowded = replace(
        chart,
        xy=places[[2, 1, 3, 0]],
        items=[*map(text_item, "abc"), GALLERY.pictures[0]],
        numbers=range(4),
        groups=[0, 0, 0, 1],
    )
    badges = map_figure(crowded, "#000000").layout.annotations
    assert sorted(badge.text for badge in badges) == ["1", "1", "2"]


def test_no_group_colour_is_near_that_of_a_setup():
    def far(one, other):  # a plain distance; the palette itself was chosen by CIEDE2000
        return np.abs(np.subtract(hex_to_rgb(one), hex_to_rgb(other))).max()

    assert min(far(g, s) for g in GROUP_COLOURS for s in SETUP_COLOURS[:8]) >= 30


def test_no_group_colour_is_that_of_the_selection_or_of_no_group():
    assert len(set(GROUP_COLOURS)) == len(GROUP_COLOURS) >= 12
    assert not {SELECTED, NO_GROUP} & set(GROUP_COLOURS)


def test_group_colours_begin_again_after_the_last():
    assert group_colour(len(GROUP_COLOURS)) == group_colour(0) != group_colour(1)


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    shares = np.asarray(hex_to_rgb(colour)) / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize("colour", [*GROUP_COLOURS, NO_GROUP])
@pytest.mark.parametrize("background", ["#ffffff", "#14161a"])
def test_group_colours_show_on_light_and_on_dark(colour, background):
    assert contrast(colour, background) >= 2


@pytest.mark.parametrize("number", range(len(GROUP_COLOURS)))
def test_a_group_s_number_can_be_read_on_its_colour(number):
    (badge,) = grouped(1, (), [number]).layout.annotations
    assert contrast(badge.font.color, badge.bgcolor) >= 4.5
