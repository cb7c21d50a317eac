"""Labels on the map and in Search, and what hosted providers are asked for the labels' words."""

import json
from dataclasses import replace
from functools import cache

import pytest

from collection.samples import load_sample
from providers.registry import PROVIDERS
from tests.pages.app_session import TIMEOUT, gone_to, pressed, session_of, words_on
from tests.pages.groups_page import bodies, page_text
from tests.pages.search_page import field, lists_of_hits, search_of, searched
from tests.pages.test_hosted_search import nomic, search_beside_static, texts_sent  # noqa: F401
from tests.pages.test_scorecard_by_label import AT, LABELLED
from ui.elements.label_choice import numbered_labels
from ui.state.embedding import SPENDING_CAP


@cache
def _app():
    return search_of(LABELLED)


@pytest.fixture
def app():
    return gone_to(_app(), "search")


def ids_with(label):
    return {i for i, of in LABELLED.labels.items() if of["label"] == label}


def test_search_can_be_among_the_items_of_a_label_only(app):
    searched(app, "a photo")
    assert not all(set(hits) <= ids_with("animal") for hits in lists_of_hits(app))
    app.multiselect(key="search-only-label").set_value(["animal"]).run()
    assert not app.exception
    assert all(set(hits) <= ids_with("animal") for hits in lists_of_hits(app))
    assert "rank 1 of 5" in page_text(app)
    assert "Only items with the chosen labels" in words_on(app)
    app.multiselect(key="search-only-label").set_value([]).run()
    assert "rank 1 of 26" in page_text(app)


def test_a_label_of_another_collection_is_no_longer_chosen(app):
    app.multiselect(key="search-only-label").set_value(["animal"]).run()
    session_of(app).editing.collection = replace(
        LABELLED, labels={i: {"label": "other"} for i in LABELLED.labels}
    )
    app.run()
    assert not app.exception
    assert app.multiselect(key="search-only-label").value == []
    session_of(app).editing.collection = LABELLED
    app.run()


def test_the_map_is_coloured_by_labels_with_their_numbers_and_a_legend(app):
    gone_to(app, "map")
    assert "Grey: without a label" not in " ".join(bodies(app))
    field(app, "Colours").set_value("label").run()
    assert not app.exception
    legend = next(one for one in bodies(app) if 'class="legend labels"' in one)
    assert "animal" in legend
    assert "man_made &lt;b&gt;thing" in legend
    chart = json.loads(app.main.get("plotly_chart")[0].proto.spec)
    assert {note["text"] for note in chart["layout"]["annotations"]} == {"1", "2"}
    field(app, "Colours").set_value("").run()
    assert not app.exception


def test_items_of_a_label_share_a_number_and_captions_have_that_of_their_pictures():
    labels, number_of = numbered_labels(LABELLED, "label")
    assert labels == ("animal", "man_made <b>thing")
    assert {i for i, number in number_of.items() if number == 0 and i in LABELLED.labels} == (
        ids_with("animal")
    )
    for pair in LABELLED.pairs:
        assert number_of[pair.text_id] == number_of[pair.picture_id]


def test_without_labels_nothing_is_offered():
    plain = search_of(load_sample("cat-and-box"))
    assert not plain.multiselect
    assert "Colours" not in [box.label for box in gone_to(plain, "map").selectbox]


def test_a_hosted_setup_is_asked_for_the_prompts_on_a_press_only(nomic):  # noqa: F811
    app = search_beside_static(nomic)
    sample = session_of(app).collection
    session_of(app).editing.collection = replace(
        sample, labels={p.id: {"label": p.name[:3]} for p in sample.pictures}
    )
    app.session_state[f"scorecard-section-{AT}"] = True
    gone_to(app, "scorecard")
    session_of(app).search.prompts.wait(TIMEOUT)
    app.run()
    assert texts_sent(nomic) == []
    assert "for 2 prompts: 1 call" in words_on(app)
    assert f"at most US\\${SPENDING_CAP:.2f}" in words_on(app)
    pressed(app, f"Ask {PROVIDERS['nomic'].info.title}")
    session_of(app).search.prompts.wait(TIMEOUT)
    app.run()
    assert texts_sent(nomic) == [("search_query", ["a photo of a car", "a photo of a cat"])]
    assert "for 2 prompts" not in words_on(app)
