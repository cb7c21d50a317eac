"""The Groups page: groups of each provider, how far they agree, and what does not fit."""

import csv
import html
import io
import random
import re

import pytest
from PIL import Image, ImageOps
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from charts.palette import group_colour
from collection.collection import Collection, Pair
from collection.items import text_item
from collection.picture import ingest_image
from collection.samples import load_sample
from tests.pages.app_session import embedded, gone_to, opened, pressed, session_of, words_on

GALLERY = load_sample("gallery")
GROUPS, MAP, ODD = "Groups", "Groups on the map", "Odd ones out"
METHODS = ("kmeans", "hierarchical", "hdbscan")
HOSTILE = ("<script>alert(1)</script>", "![x](http://example.invalid/x.png)", "=1+1", "@SUM(A1)")


def groups_of(collection):
    """Open Groups on this collection, embedded by the local providers."""
    app = opened()
    session_of(app).editing.collection = collection
    return embedded(gone_to(app, "groups"))


@pytest.fixture(scope="module")
def embedded_gallery():
    return groups_of(GALLERY)


@pytest.fixture
def gallery(embedded_gallery):
    """The gallery on the Groups page, with every choice as a newcomer finds it."""
    app = embedded_gallery
    editing = session_of(app).editing
    editing.collection, editing.undone = GALLERY, None
    app.segmented_control(key="groups-part").set_value(GROUPS).run()
    choose(app, "groups-of", "Both")
    return choose(app, "groups-method", "hierarchical")


def choose(app, key, value):
    app.segmented_control(key=key).set_value(value).run()
    assert not app.exception
    return app


def number_of_groups(app, count):
    app.selectbox(key="groups-count").set_value(count).run()
    assert not app.exception
    return app


def bodies(app):
    return [element.proto.body for element in app.main.get("html")]


def page_text(app):
    """All words of the page, its HTML without the tags."""
    return words_on(app) + html.unescape(re.sub(r"<[^>]*>", "", " ".join(bodies(app))))


def findings_of(app):
    """The findings in words, first to last."""
    shown = (html.unescape(re.sub(r"<[^>]*>", "", body)) for body in bodies(app) if "why" in body)
    return [words for words in shown if "Local" in words]


def agreement_on(app):
    """The row of the table that compares the two providers."""
    return app.table[0].value.iloc[0].tolist()


def plain(name, colour):
    return ingest_image(name, Image.new("RGB", (64, 48), colour))


def paired(captions, pictures):
    texts = [text_item(words) for words in captions]
    pairs = [Pair(text.id, item.id) for text, item in zip(texts, pictures, strict=True)]
    return Collection().adding([*pictures, *texts], pairs)


HOSTILE_ITEMS = paired(HOSTILE, [plain(words, (60 * n, 99, 0)) for n, words in enumerate(HOSTILE)])


def test_a_newcomer_is_told_what_to_do():
    assert "nothing to compare yet" in words_on(opened("groups"))


@pytest.mark.parametrize("method", METHODS)
def test_every_method_shows_the_groups_of_both_providers_with_their_names(gallery, method):
    choose(gallery, "groups-method", method)
    counts = [int(n) for n in re.findall(r"\*\*(\d+) groups\*\*", words_on(gallery))]
    titles = re.findall(r"</span> (.*?)</h4>", " ".join(bodies(gallery)))
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
    assert words_on(gallery).count("**5 groups**") == 2
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
    assert f"**{changing} items** change groups" in words_on(gallery)
    tiles = next(body for body in bodies(gallery) if "Group with" in body)
    assert tiles.count('<li class="tile') == min(changing, 12)


def test_the_table_can_be_taken_away_and_runs_nothing(monkeypatch):
    taken = []
    monkeypatch.setattr(
        "ui.groups.table.st.download_button", lambda *_, data, **__: taken.append(data())
    )
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
    assert len(charts) == 2
    assert all(group_colour(number) in chart for chart in charts for number in (0, 1))
    assert "Lines show the true cosine" not in words_on(gallery)
    assert agreement_on(gallery)[0] == "Local MiniLM and Local Static"


def test_a_swap_of_captions_is_the_first_suspect_of_both_and_needs_no_embedding(
    gallery, monkeypatch
):
    seeded = random.Random(3)
    monkeypatch.setattr("ui.odd_ones_out.swap_exercise.random.Random", lambda: seeded)
    state = session_of(choose(gallery, "groups-part", ODD))
    run = state.embedding.run
    pressed(gallery, "Plant a wrong caption")
    wrong = set(state.collection.pairs) - set(GALLERY.pairs)
    assert len(wrong) == 2
    assert state.complete
    assert state.embedding.run is run
    first, second = findings_of(gallery)[:2]
    captions = {state.collection.text(pair.text_id).text for pair in wrong}
    for finding in (first, second):
        assert "2 of 2 providers" in finding
        assert "changed places" in finding
        assert {words for words in captions if f"“{words}”" in finding} == captions
    pressed(gallery, "Put it right")
    assert state.collection.pairs == GALLERY.pairs
    assert state.complete
    assert state.embedding.run is run


def test_swapping_twice_leaves_one_mistake_and_one_press_puts_it_right(gallery):
    state = session_of(choose(gallery, "groups-part", ODD))
    pressed(pressed(gallery, "Plant a wrong caption"), "Plant a wrong caption")
    assert len(set(state.collection.pairs) - set(GALLERY.pairs)) == 2
    pressed(gallery, "Put it right")
    assert state.collection.pairs == GALLERY.pairs


def test_a_suspect_is_shown_with_both_pictures_and_why(gallery):
    choose(gallery, "groups-part", ODD)
    astronaut = next(body for body in bodies(gallery) if "An astronaut" in body)
    assert astronaut.count('<li class="tile picture"') == 2
    below = set(re.findall(r"<div>([^<]*)</div>", astronaut))
    assert {"its own picture", "fits better (Local Static)"} <= below
    words = html.unescape(re.sub(r"<[^>]*>", "", astronaut))
    assert re.search(r"cosine -?0\.\d\d with its own picture \(rank \d+ of 26\)", words)
    assert "deviations more" in words


def test_more_near_duplicates_appear_when_the_threshold_is_lowered(gallery):
    choose(gallery, "groups-part", ODD)
    assert "No two items of one kind have a cosine of 0.90 or more" in words_on(gallery)
    gallery.slider(key="duplicates-from").set_value(0.5).run()
    assert "are nearly the same" in page_text(gallery)
    gallery.slider(key="duplicates-from").set_value(0.9).run()


def views_of(name):
    """Five pictures of one thing, that differ a little."""
    jpeg = next(picture.jpeg for picture in GALLERY.pictures if picture.name == f"{name}.jpg")
    image = Image.open(io.BytesIO(jpeg)).convert("RGB")
    cuts = [image.crop((0, 0, image.width - 8 * n, image.height - 12 * n)) for n in range(1, 4)]
    views = [image, ImageOps.mirror(image), *cuts]
    return [ingest_image(f"{name} {number}", view) for number, view in enumerate(views)]


def test_under_class_labels_the_wrongly_labelled_picture_is_named():
    pictures = [*views_of("tiger"), *views_of("bus")]
    labels = ["a tiger"] * 5 + ["a bus"] * 4 + ["a tiger"]
    app = choose(groups_of(paired(labels, pictures)), "groups-part", ODD)
    named = [words for words in findings_of(app) if "another caption" in words]
    assert len(named) == 1
    assert "2 of 2 providers: bus 4 fits another caption better than its own." in named[0]
    assert "with “a bus”" in named[0]


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
    choose(app, "groups-part", ODD)
    button = next(b for b in app.button if b.label == "Plant a wrong caption")
    assert button.disabled is (len(collection.pairs) < 2)
    nothing_to_check = "No caption is paired with a picture" in words_on(app)
    assert nothing_to_check is not bool(collection.pairs)
    assert sentence in words + page_text(app)


def test_a_kind_that_is_not_there_is_said_to_be_missing():
    app = choose(groups_of(Collection().adding(GALLERY.texts)), "groups-of", "Pictures")
    assert "nothing of this kind to group" in words_on(app)


def test_one_caption_under_all_pictures_cannot_change_places():
    pictures = [plain(f"{n}", (250, 40 * n, 0)) for n in range(3)]
    app = choose(groups_of(paired(["a square"] * 3, pictures)), "groups-part", ODD)
    pressed(app, "Plant a wrong caption")
    assert "No two captions can change places" in words_on(app)


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
    choose(app, "groups-part", ODD)
    assert findings_of(app)
    name = state.compared.name_of(setup)
    assert all(f"{name}: cannot tell, for it has no vector here." in f for f in findings_of(app))


def test_hostile_words_are_shown_as_they_are_in_every_part():
    app = groups_of(HOSTILE_ITEMS)
    app.segmented_control(key="groups-method").set_value("kmeans").run()
    for part in (GROUPS, MAP, ODD):
        choose(app, "groups-part", part)
        markup = " ".join(bodies(app))
        assert "<script" not in markup
        sources = re.findall(r'src="([^"]*)"', markup)
        assert all(source.startswith("data:image/webp;base64,") for source in sources)
        assert "](http" not in words_on(app)
        assert all("<script" not in chart.proto.spec for chart in app.get("plotly_chart"))
    assert "<script>alert(1)</script>" in page_text(app)
