"""Save picture: nothing is drawn until it is asked for, and then a chart that stands alone."""

import json

import pytest

from charts.standalone import PAPER
from tests.pages.app_session import embedded, gone_to, opened, pressed

KEY = "save-picture-heatmap-0"


@pytest.fixture
def gallery():
    """The page Similarity of two pictures with their captions."""
    return gone_to(embedded(pressed(opened("collection"), "Cat and box")), "similarity")


def charts(app):
    return app.main.get("plotly_chart")


def asked(app, as_format):
    app.session_state[f"{KEY}-menu"] = True
    app.run()
    assert len(charts(app)) == 2
    app.button(key=f"{KEY}-{as_format}").click().run()
    assert not app.exception
    return app


def test_nothing_more_is_drawn_before_it_is_asked_for(gallery):
    assert len(charts(gallery)) == 2
    assert not [b for b in gallery.main.button if b.label in ("PNG", "SVG")]


@pytest.mark.parametrize("as_format", ["PNG", "SVG"])
def test_what_is_saved_stands_alone_in_the_format_that_was_asked_for(gallery, as_format):
    asked(gallery, as_format)
    [saved] = [c.proto for c in charts(gallery) if "title" in json.loads(c.proto.spec)["layout"]]
    layout = json.loads(saved.spec)["layout"]
    assert layout["title"]["text"] == "Local MiniLM: Which caption fits which picture?"
    assert layout["yaxis"]["ticktext"] == ["A cute cat", "A cardboard box"]
    assert layout["paper_bgcolor"] == PAPER
    options = json.loads(saved.config)["toImageButtonOptions"]
    assert options["format"] == as_format.lower()
    assert options["filename"].startswith("similarity-local-minilm-20")


def test_what_was_asked_for_is_forgotten_once_the_page_is_left(gallery):
    asked(gallery, "PNG")
    assert len(charts(gallery)) == 3
    gone_to(gone_to(gallery, "map"), "similarity")
    assert len(charts(gallery)) == 2
    gallery.session_state[f"{KEY}-menu"] = True
    assert len(charts(gallery.run())) == 2
