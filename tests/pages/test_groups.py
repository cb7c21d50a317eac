"""The Groups page: groups of each model, and how far they agree."""

import csv
import html
import io
import re

import pytest
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from charts.palette import group_colour
from collection.collection import Collection
from collection.items import text_item
from tests.pages.app_session import gone_to, opened, pressed, session_of, words_on
from tests.pages.groups_page import (
    FAR,
    GALLERY,
    GROUPS,
    MAP,
    SAME,
    SUSPECTS,
    WEAK,
    bodies,
    choose,
    findings_of,
    groups_of,
    groups_of_gallery,
    page_text,
    paired,
    plain,
)

METHODS = ("kmeans", "hierarchical", "hdbscan")
HOSTILE = ("<script>alert(1)</script>", "![x](http://example.invalid/x.png)", "=1+1", "@SUM(A1)")


@pytest.fixture
def gallery():
    return groups_of_gallery()


def number_of_groups(app, count):
    app.selectbox(key="groups-count").set_value(count).run()
    assert not app.exception
    return app


def tiles_of_changing(app):
    """How many items that change groups are shown."""
    (body,) = (body for body in bodies(app) if "each with its group by" in body)
    return body.count('<li class="tile')


def agreement_on(app):
    """The row of the table that compares the two providers."""
    return app.table[0].value.iloc[0].tolist()


HOSTILE_ITEMS = paired(HOSTILE, [plain(words, (60 * n, 99, 0)) for n, words in enumerate(HOSTILE)])


def test_a_newcomer_is_told_what_to_do():
    assert "nothing to compare yet" in words_on(opened("groups"))


@pytest.mark.parametrize("method", METHODS)
def test_every_method_shows_the_groups_of_both_providers_with_their_names(gallery, method):
    choose(gallery, "groups-method", method)
    counts = [int(n) for n in re.findall(r'"words">(\d+) groups', " ".join(bodies(gallery)))]
    titles = re.findall(r'"name">(“.*?)</span>', " ".join(bodies(gallery)))
    assert len(counts) == 2
    assert len(titles) == sum(counts)
    captions = {f"“{text.text}”" for text in GALLERY.texts}
    assert set(map(html.unescape, titles)) <= captions


@pytest.mark.parametrize("method", ["kmeans", "hierarchical"])
def test_the_silhouettes_that_chose_the_number_are_drawn_and_a_number_asked_for_has_none(
    gallery, method
):
    choose(gallery, "groups-method", method)
    assert len(gallery.get("plotly_chart")) == 2
    number_of_groups(gallery, 5)
    assert page_text(gallery).count("5 groups") == 2
    assert not gallery.get("plotly_chart")
    number_of_groups(gallery, "Automatic")


@pytest.mark.parametrize(("kind", "count"), [("Both", 57), ("Pictures", 26), ("Captions", 31)])
def test_each_kind_is_grouped_whole_and_only_both_are_centred_which_is_said(gallery, kind, count):
    choose(gallery, "groups-of", kind)
    assert len(gallery.dataframe[0].value) == count
    assert ("own mean is taken away" in words_on(gallery)) is (kind == "Both")


@pytest.mark.parametrize("method", ["kmeans", "hierarchical"])
def test_agreement_is_that_of_scikit_learn_and_the_items_that_change_groups_are_shown(
    gallery, method
):
    choose(gallery, "groups-method", method)
    table = gallery.dataframe[0].value
    first, second = (table[f"{name}: group"] for name in ("Local MiniLM", "Local Static"))
    changing = int((first != second).sum())
    assert agreement_on(gallery) == [
        "Local MiniLM and Local Static",
        f"{adjusted_rand_score(first, second):.2f}",
        f"{adjusted_mutual_info_score(first, second):.2f}",
        f"{changing} of 57",
    ]
    assert f"agree on {57 - changing} of 57 items." in words_on(gallery)
    assert tiles_of_changing(gallery) == min(changing, 5)
    while any(button.label.startswith("Show ") for button in gallery.button):
        pressed(gallery, next(b.label for b in gallery.button if b.label.startswith("Show ")))
    assert tiles_of_changing(gallery) == changing


def test_the_table_can_be_taken_away_and_runs_nothing(monkeypatch):
    taken = []

    def download_button(label, data, *, file_name="", **_):
        if file_name == "groups.csv":
            taken.append(data())

    monkeypatch.setattr("ui.groups.table.st.download_button", download_button)
    app = groups_of(HOSTILE_ITEMS)
    shown = app.dataframe[0].value.drop(columns="picture")
    columns, *rows = csv.reader(io.StringIO(taken[-1].decode("utf-8-sig")))
    assert columns == list(shown.columns)
    assert len(rows) == 8
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert {"'=1+1", "'@SUM(A1)"} <= set(cells)


def test_on_the_map_groups_are_numbers_and_colours_and_pairs_are_hidden(gallery):
    choose(gallery, "groups-part", MAP)
    charts = [chart.proto.spec for chart in gallery.get("plotly_chart")]
    charts = [chart for chart in charts if "customdata" in chart]  # the maps
    assert len(charts) == 2
    assert all(group_colour(number) in chart for chart in charts for number in (0, 1))
    assert "Lines show the true cosine" not in words_on(gallery)
    assert agreement_on(gallery)[0] == "Local MiniLM and Local Static"


SMALL = {
    "one caption": (Collection().adding([text_item("one")]), "Too few items to group"),
    "one picture": (Collection().adding([plain("a", "red")]), "Too few items to group"),
    "two captions": (
        Collection().adding([text_item("one"), text_item("two")]),
        "Too few items to group",
    ),
    "three items, one pair": (
        paired(["a red square"], [plain("a", "red")]).adding([text_item("two")]),
        "Too few items to group",
    ),
    "alike": (
        paired(["a red square"] * 6, [plain(f"{n}", (250, n, 0)) for n in range(6)]),
        "Only 7 items, so 7 groups at the most.",
    ),
    "captions only": (
        Collection().adding(GALLERY.texts),
        "The caption that comes nearest to that is",
    ),
    "pictures only": (Collection().adding(GALLERY.pictures), "no caption to name it by"),
    "a caption no model knows": (GALLERY.adding([text_item("你好")]), "1 item without a vector"),
}


@pytest.mark.parametrize("case", SMALL)
def test_a_small_or_lopsided_collection_gets_a_plain_sentence_and_all_the_rest(case):
    collection, sentence = SMALL[case]
    app = number_of_groups(groups_of(collection), 30)
    words = page_text(app)
    for method in METHODS:
        choose(app, "groups-method", method)
        assert len(app.dataframe[0].value) >= len(collection) - 1
    choose(app, "groups-part", MAP)
    assert len(app.get("plotly_chart")) == 2
    gone_to(app, "odd_ones_out")
    button = next(b for b in app.button if b.label == "Plant a wrong caption")
    assert button.disabled is (len(collection.pairs) < 2)
    nothing_to_check = "No caption is paired with a picture" in words_on(app)
    assert nothing_to_check is not bool(collection.pairs)
    choose(app, "odd-section", FAR)
    assert sentence in words + page_text(app)


def test_a_kind_that_is_not_there_is_said_to_be_missing():
    app = choose(groups_of(Collection().adding(GALLERY.texts)), "groups-of", "Pictures")
    assert "nothing of this kind to group" in words_on(app)


@pytest.mark.parametrize("without", [0, 1])
def test_a_provider_without_a_vector_for_any_picture_costs_the_other_nothing(without):
    app = groups_of(GALLERY)
    state = session_of(app)
    setup = state.chosen[without]
    state.embedding.results[setup] = state.embedding.results[setup].restricted_to(
        t.id for t in GALLERY.texts
    )
    for method in METHODS:
        choose(app, "groups-method", method)
    choose(app, "groups-of", "Pictures")
    assert "There are no items to group." in words_on(app)
    assert agreement_on(app)[1:] == ["–", "–", "no item has a vector with both"]
    assert len(app.dataframe[0].value) == 26
    choose(app, "groups-part", MAP)
    choose(gone_to(app, "odd_ones_out"), "odd-section", SUSPECTS)
    assert findings_of(app)
    name = state.compared.name_of(setup)
    assert all(f"{name}: cannot tell, for it has no vector here." in f for f in findings_of(app))


def test_hostile_words_are_shown_as_they_are_in_every_part():
    app = groups_of(HOSTILE_ITEMS)
    app.segmented_control(key="groups-method").set_value("kmeans").run()
    seen = ""
    for part in (GROUPS, MAP, SUSPECTS, WEAK, FAR, SAME):
        if part == SUSPECTS:
            gone_to(app, "odd_ones_out")
        choose(app, "groups-part" if part in (GROUPS, MAP) else "odd-section", part)
        markup = " ".join(bodies(app))
        assert "<script" not in markup
        sources = re.findall(r'src="([^"]*)"', markup)
        assert all(source.startswith("data:image/webp;base64,") for source in sources)
        assert "](http" not in words_on(app)
        seen += page_text(app)
        assert all("<script" not in chart.proto.spec for chart in app.get("plotly_chart"))
    assert "<script>alert(1)</script>" in seen
