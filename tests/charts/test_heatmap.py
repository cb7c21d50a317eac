import itertools
from dataclasses import replace

import numpy as np
import pytest

from charts.heatmap import (
    LABELLED_ROWS,
    Heatmap,
    heatmap_height,
    row_middles,
    similarity_heatmap,
)
from collection.items import text_item
from collection.samples import load_sample

GALLERY = load_sample("gallery")


def heatmap(n, m, best=True, rows=None):
    values = np.random.default_rng(1).normal(size=(n, m)).astype(np.float32)
    pictures = [GALLERY.pictures[i % len(GALLERY.pictures)] for i in range(m)]
    return Heatmap(
        values=values,
        cosines=values,
        row_ranks=np.ones((n, m), int),
        column_ranks=np.ones((n, m), int),
        rows=rows or [text_item(f"caption {i}") for i in range(n)],
        columns=pictures,
        pairs=np.asarray([(i, i) for i in range(min(n, m))]),
        best=values.argmax(axis=1) if best else None,
        scale_title="Cosine similarity",
        colour_range=None,
    )


def figure(*args, **kwargs):
    return similarity_heatmap(heatmap(*args, **kwargs), "#000000")


@pytest.mark.parametrize(("n", "m"), [(1, 1), (2, 2), (24, 24), (60, 30), (200, 200)])
def test_it_can_be_drawn_from_one_cell_to_two_hundred_squared(n, m):
    drawn = figure(n, m)
    assert drawn.data[0].z.shape == (n, m)
    assert 150 < drawn.layout.height < 1200


def test_each_picture_stands_above_its_own_column():
    images = figure(3, 5).layout.images
    assert [image.x for image in images] == [0, 1, 2, 3, 4]
    assert all(image.source.startswith("data:image/webp") for image in images)
    assert all(image.y > 1 for image in images)


def test_a_column_s_thumbnails_never_overlap_their_neighbours():
    images = figure(24, 24).layout.images
    by_level = {}
    for image in images:
        by_level.setdefault(round(image.y, 6), []).append(image)
    for level in by_level.values():
        for left, right in itertools.pairwise(level):
            assert left.x + left.sizex / 2 <= right.x - right.sizex / 2


def test_every_pair_is_outlined_at_its_cell():
    outline = next(trace for trace in figure(3, 3).data[1:] if trace.mode == "lines")
    assert outline.x[:5] == (-0.5, 0.5, 0.5, -0.5, -0.5)
    assert list(outline.x).count(None) == 3


def test_the_best_match_of_each_row_is_dotted_and_one_out_of_sight_is_not():
    shown = heatmap(3, 4)
    shown.best[1] = -1
    drawn = similarity_heatmap(shown, "#000000")
    dots = next(trace for trace in drawn.data[1:] if trace.mode == "markers")
    assert np.round(dots.y).tolist() == [0, 2]
    assert dots.x.tolist() == [shown.best[0], shown.best[2]]


@pytest.mark.parametrize("n", [1, 3, 31, LABELLED_ROWS])
def test_the_middles_of_the_rows_are_where_the_chart_has_them(n):
    drawn = figure(n, 3)
    columns = heatmap(n, 3).columns
    bottom, top = drawn.layout.yaxis.range
    margin = drawn.layout.margin
    a_row = (drawn.layout.height - margin.t - margin.b) / (bottom - top)
    expected = [margin.t + (row - top) * a_row for row in range(n)]
    assert row_middles(n, columns) == pytest.approx(expected)
    assert drawn.layout.height == heatmap_height(n, columns)


def test_the_chosen_cell_frames_its_row_and_its_column():
    plain, marked = heatmap(3, 4), replace(heatmap(3, 4), marked=(2, 1))
    before, after = (similarity_heatmap(one, "#000000").layout.shapes for one in (plain, marked))
    added = after[len(before) :]
    assert {(s.x0, s.x1, s.y0, s.y1) for s in added} == {
        (-0.5, 3.5, 1.5, 2.5),
        (0.5, 1.5, -0.5, 2.5),
    }


def test_only_a_small_heatmap_carries_its_numbers():
    assert figure(2, 2).data[0].texttemplate
    assert figure(20, 20).data[0].texttemplate is None
