from dataclasses import replace

import plotly.graph_objects as go

from charts.heatmap import LABELLED_ROWS
from charts.standalone import PAPER, standalone_chart, standalone_heatmap, standalone_map, titled
from collection.items import text_item
from tests.charts.test_heatmap import figure, heatmap
from tests.charts.test_scatter_map import GALLERY, scatter


def test_a_heatmap_that_stands_alone_names_its_rows_and_whose_it_is():
    rows = [text_item("a <b>cat</b>"), text_item("a dog")]
    drawn = standalone_heatmap(heatmap(2, 3, rows=rows), "MiniLM & friends")
    assert drawn.layout.yaxis.ticktext == ("a &lt;b&gt;cat&lt;/b&gt;", "a dog")
    assert drawn.layout.title.text == "MiniLM &amp; friends"
    assert drawn.layout.paper_bgcolor == PAPER


def test_rows_too_many_to_be_read_are_not_named():
    n = LABELLED_ROWS + 1
    assert standalone_heatmap(heatmap(n, 2), "Many").layout.yaxis.ticktext is None


def test_a_title_takes_nothing_from_the_chart_itself():
    plain, named = figure(4, 4), titled(figure(4, 4), "Four by four")
    inner = [f.layout.height - f.layout.margin.t - f.layout.margin.b for f in (plain, named)]
    assert inner[0] == inner[1]


def test_a_chart_that_stands_alone_leaves_the_one_on_the_page_as_it_is():
    shown = figure(4, 4)
    before = shown.to_json()
    alone = standalone_chart(shown, "Four by four", legend=True)
    assert shown.to_json() == before
    assert alone.layout.title.text == "Four by four"
    assert alone.layout.showlegend


def test_the_names_of_many_traces_have_room_beside_the_chart():
    lines = go.Figure([go.Scatter(name=f"model {n}", x=[0], y=[n]) for n in range(18)])
    lines.update_layout(height=320, margin={"t": 32, "b": 56})
    alone = standalone_chart(lines, "Eighteen lines", legend=True).layout
    assert alone.height - alone.margin.t - alone.margin.b >= 18 * 19


def test_a_map_that_stands_alone_says_what_its_marks_and_numbers_mean():
    chart = replace(scatter(2, GALLERY.pictures[:1]), groups=[0, 1, 0])
    drawn = standalone_map(chart, "Map", groups={0: "cats & dogs", 1: "cups", 2: "not on it"})
    named = [trace.name for trace in drawn.data if trace.showlegend is None]
    assert named == ["caption", "1 cats &amp; dogs", "2 cups"]
    assert drawn.layout.showlegend
