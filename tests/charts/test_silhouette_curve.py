import pytest

from charts.silhouette_curve import MOST_TICKS, silhouette_curve

TRIED = {4: 0.2, 2: 0.1, 3: 0.3}


def drawn(tried=TRIED, chosen=3):
    return silhouette_curve(tried, chosen, "#000000", "#0072B2")


def trace(figure, name):
    return next((t for t in figure.data if t.name == name), None)


def test_the_curve_runs_from_the_fewest_groups_to_the_most():
    curve = trace(drawn(), "tried")
    assert list(zip(curve.x, curve.y, strict=True)) == [(2, 0.1), (3, 0.3), (4, 0.2)]


def test_the_chosen_number_is_larger_and_named():
    figure = drawn()
    chosen = trace(figure, "chosen")
    assert (chosen.x, chosen.y) == ((3,), (0.3,))
    assert chosen.marker.size > trace(figure, "tried").marker.size
    assert [words.text for words in figure.layout.annotations] == ["3 groups"]


@pytest.mark.parametrize(("chosen", "anchor"), [(2, "left"), (6, "center"), (12, "right")])
def test_the_name_stays_inside_the_picture(chosen, anchor):
    figure = drawn(dict.fromkeys(range(2, 13), 0.1), chosen)
    assert figure.layout.annotations[0].xanchor == anchor


def test_a_number_that_was_not_tried_has_no_mark():
    figure = drawn(chosen=9)
    assert trace(figure, "chosen") is None
    assert not figure.layout.annotations


@pytest.mark.parametrize("most", [2, 5, 12, 40])
def test_ticks_are_whole_numbers_that_were_tried_and_few(most):
    ticks = drawn(dict.fromkeys(range(2, most + 1), 0.1), 2).layout.xaxis.tickvals
    assert set(ticks) <= set(range(2, most + 1))
    assert 1 <= len(ticks) <= MOST_TICKS


def test_values_that_hardly_differ_do_not_fill_the_height():
    low, high = drawn({2: 0.1, 3: 0.101}).layout.yaxis.range
    assert low < 0.1 < 0.101 < high
    assert high - low > 10 * 0.001


def test_nothing_tried_is_an_empty_chart():
    assert len(trace(drawn({}), "tried").x) == 0
