import numpy as np
import pytest

from charts.score_histogram import TITLED_FROM, ScoreHistogram, score_histogram

SCORES = np.random.default_rng(0).normal(0.2, 0.03, 300).astype(np.float32)


def drawn(scores=SCORES, hits=(0.25, 0.31, 0.28), limit=0.27, ends=(0.05, 0.4), **kwargs):
    chart = ScoreHistogram(
        scores=np.asarray(scores, np.float32),
        hits=np.asarray(hits, np.float32),
        limit=limit,
        colour="#0072B2",
        range=ends,
    )
    return score_histogram(chart, "#123456", **kwargs)


def trace(figure, name):
    return next(t for t in figure.data if t.name == name)


def test_the_bars_count_every_score():
    assert trace(drawn(), "scores").y.sum() == len(SCORES)


def test_each_hit_has_a_mark_at_its_score_above_all_bars():
    figure = drawn()
    hits = trace(figure, "hits")
    np.testing.assert_allclose(sorted(hits.x), [0.25, 0.28, 0.31], rtol=1e-6)
    assert min(hits.y) > max(trace(figure, "scores").y)
    assert max(hits.y) < figure.layout.yaxis.range[1]


def test_the_best_hit_is_larger_than_the_others():
    marks = trace(drawn(), "hits")
    assert np.argmax(marks.marker.size) == np.argmax(marks.x)
    assert len(set(marks.marker.size)) == 2


def test_hits_have_the_colour_of_the_setup_and_bars_have_not():
    figure = drawn()
    assert trace(figure, "hits").marker.color == "#0072B2"
    assert trace(figure, "scores").marker.color != "#0072B2"


def test_the_limit_is_a_dashed_line_named_in_words():
    (line,) = drawn().layout.shapes
    assert (line.x0, line.x1, line.line.dash) == (0.27, 0.27, "dash")
    assert drawn().layout.annotations[0].text == "stands out"


@pytest.mark.parametrize(("limit", "anchor"), [(0.06, "left"), (0.39, "right")])
def test_the_words_stand_on_the_side_of_the_limit_that_has_room(limit, anchor):
    assert drawn(limit=limit).layout.annotations[0].xanchor == anchor


@pytest.mark.parametrize(("limit", "at"), [(0.9, 0.4), (-0.2, 0.05)])
def test_a_limit_beyond_the_axis_is_pointed_to_from_its_end(limit, at):
    layout = drawn(limit=limit).layout
    assert not layout.shapes
    assert layout.annotations[0].x == at
    assert layout.annotations[0].text != "stands out"


def test_without_a_limit_nothing_is_said_to_stand_out():
    layout = drawn(limit=None).layout
    assert not layout.shapes
    assert not layout.annotations


@pytest.mark.parametrize("scores", [[], [0.3], [0.3, 0.3]])
def test_it_can_be_drawn_of_very_few_scores(scores):
    figure = drawn(scores, hits=scores[:1])
    assert trace(figure, "scores").y.sum() == len(scores)
    assert len(trace(figure, "hits").marker.size) == len(scores[:1])


def test_an_axis_without_length_is_widened():
    low, high = drawn([0.3], hits=[0.3], ends=(0.3, 0.3)).layout.xaxis.range
    assert low < 0.3 < high


def test_ticks_on_a_short_axis_do_not_repeat():
    assert drawn(ends=(0.2, 0.25)).layout.xaxis.tickformat == ".3f"
    assert drawn().layout.xaxis.tickformat == ".2f"


def test_the_upright_axis_is_named_only_where_there_is_room():
    assert drawn().layout.yaxis.title.text == "items"
    assert not drawn(height=TITLED_FROM - 1).layout.yaxis.title.text


def test_words_have_the_colour_of_the_ink():
    layout = drawn().layout
    assert {layout.font.color, layout.annotations[0].font.color} == {"#123456"}
