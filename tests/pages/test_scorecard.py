"""Scorecard: the figures of the gallery, checked against plain NumPy, and the sections."""

import html
import re
from dataclasses import replace

import numpy as np
import pytest

from collection.embeddings import Embeddings
from tests.pages.app_session import embedded, gone_to, opened, pressed, session_of, words_on
from tests.pages.groups_page import (
    bodies,
    choose,
    groups_of,
    groups_of_gallery,
    page_text,
    paired,
    plain,
)
from ui.scorecard.scorecard import SECTIONS

BOTH, CAPTIONS, PICTURES = "mean of both", "captions → pictures", "pictures → captions"


@pytest.fixture
def gallery():
    app = gone_to(groups_of_gallery(), "scorecard")
    for number in range(len(SECTIONS)):
        app.session_state[f"scorecard-section-{number}"] = False
    app.toggle(key="scorecard-all").set_value(False)
    return choose(app, "scorecard-direction", BOTH)


def opened_section(app, number):
    app.session_state[f"scorecard-section-{number}"] = True
    app.run()
    assert not app.exception
    return app


def table_of(app):
    """The headline table: of each row its name and the cells' figures, without the intervals."""
    body = next(one for one in bodies(app) if "aria-label='Figures'" in one)
    found = {}
    for row in re.findall(r"<tr[^>]*><th scope='row'.*?</tr>", body):
        name, *cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)
        found[html.unescape(name)] = [re.sub(r"<small.*", "", cell) for cell in cells]
    return {name: [re.sub(r"<[^>]*>", "", cell) for cell in cells] for name, cells in found.items()}


def ranks_of(embeddings: Embeddings, collection, query_ids, document_ids, partners):
    """The rank of the best right document of each query, by sorting."""
    documents = embeddings.of(document_ids)
    ranks = []
    for query in query_ids:
        right = {document_ids.index(one) for one in partners.get(query, ())}
        if right:
            order = np.argsort(-(documents @ embeddings.of([query])[0])).tolist()
            ranks.append(1 + min(order.index(row) for row in right))
    return np.asarray(ranks)


def both_ranks(app, embeddings):
    collection = session_of(app).collection
    texts = [text.id for text in collection.texts]
    pictures = [picture.id for picture in collection.pictures]
    return (
        ranks_of(embeddings, collection, texts, pictures, collection.pictures_of),
        ranks_of(embeddings, collection, pictures, texts, collection.captions_of),
    )


def expected(ranks):
    return [np.mean(ranks <= 1), np.mean(ranks <= 5), np.mean(1 / ranks), np.median(ranks)]


@pytest.mark.parametrize(
    ("direction", "sides"), [(BOTH, (0, 1)), (CAPTIONS, (0,)), (PICTURES, (1,))]
)
def test_the_figures_on_the_page_are_those_of_plain_numpy(gallery, direction, sides):
    table = table_of(choose(gallery, "scorecard-direction", direction))
    state = session_of(gallery)
    assert list(table) == [*(state.compared.name_of(s) for s in state.shown), "chance"]
    for setup, embeddings in state.shown.items():
        ranks = both_ranks(gallery, embeddings)
        figures = np.mean([expected(ranks[side]) for side in sides], axis=0)
        words = [f"{value:.2f}" for value in figures[:3]] + [f"{round(figures[3], 1):g}"]
        assert table[state.compared.name_of(setup)][:4] == words


def test_the_sentence_stands_first_and_says_how_many_pairs_are_needed(gallery):
    words = words_on(gallery)
    assert "These 31 pairs are too few to tell **Local MiniLM** and **Local Static** apart" in words
    assert re.search(r"about \d+ would be needed", words)


def test_chance_is_a_row_of_its_own(gallery):
    chance = table_of(choose(gallery, "scorecard-direction", CAPTIONS))["chance"]
    assert chance[:2] == [f"{1 / 26:.2f}", f"{5 / 26:.2f}"]
    assert chance[4] == "0.50"


def test_every_figure_has_its_definition_with_formula_and_source(gallery):
    body = next(one for one in bodies(gallery) if "aria-label='Figures'" in one)
    assert body.count("<details class='what'>") == 5
    assert body.count("<p>= ") == 5


def test_all_measures_are_shown_when_asked_for(gallery):
    assert len(table_of(gallery)["chance"]) == 5
    gallery.toggle(key="scorecard-all").set_value(True).run()
    table = table_of(gallery)
    assert len(table["chance"]) == 9
    assert table["chance"][-2:] == ["–", "–"]
    assert table["Local MiniLM"][-2] == "1.00"


def test_the_table_can_be_pasted_into_a_report(gallery):
    lines = gallery.code[0].value.splitlines()
    assert lines[0].startswith("| Setup | recall@1 | recall@5 |")
    assert len({line.count("|") for line in lines}) == 1
    assert len(lines) == 5
    assert re.search(r"\*\*0\.\d\d\*\* \(0\.\d\d–\d\.\d\d\)", lines[2])


def test_a_section_is_worked_out_only_when_it_is_open(gallery, monkeypatch):
    drawn = []
    for title, section in SECTIONS.items():
        monkeypatch.setitem(
            SECTIONS, title, lambda *args, of=section, name=title: (drawn.append(name), of(*args))
        )
    gallery.run()
    assert drawn == []
    opened_section(gallery, 1)
    assert drawn == [list(SECTIONS)[1]]


def test_item_by_item_begins_where_the_setups_differ_most(gallery):
    words = page_text(opened_section(gallery, 0))
    assert "31 captions, those first where the Setups differ most" in words
    first = next(one for one in bodies(gallery) if "class='by-item'" in one)
    assert first.count("<li>") == 5
    ranks = [int(rank) for rank in re.findall(r"<b>(\d+)</b>", first)]
    gaps = [abs(1 / one - 1 / other) for one, other in zip(ranks[::2], ranks[1::2], strict=True)]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[0] > 0.5


def test_the_items_can_be_those_that_one_setup_wins(gallery):
    opened_section(gallery, 0)
    gallery.selectbox(key="scorecard-winner").set_value(0).run()
    assert not gallery.exception
    first = next(one for one in bodies(gallery) if "class='by-item'" in one)
    ranks = [int(rank) for rank in re.findall(r"<b>(\d+)</b>", first)]
    assert set(ranks[::2]) == {1}
    assert min(ranks[1::2]) > 1
    gallery.selectbox(key="scorecard-winner").set_value("Any").run()


def test_pictures_are_listed_when_pictures_look_for_captions(gallery):
    choose(opened_section(gallery, 0), "scorecard-direction", PICTURES)
    assert "26 pictures, those first" in page_text(gallery)


def test_precision_and_recall_follow_the_threshold(gallery):
    opened_section(gallery, 1)
    embeddings = next(iter(session_of(gallery).shown.values()))
    collection = session_of(gallery).collection
    texts, pictures = ([i.id for i in of] for of in (collection.texts, collection.pictures))
    cosines = embeddings.of(texts) @ embeddings.of(pictures).T
    true = np.zeros(cosines.shape, bool)
    for pair in collection.pairs:
        true[texts.index(pair.text_id), pictures.index(pair.picture_id)] = True
    slider = next(s for s in gallery.slider if s.label == "Threshold")
    for threshold in (0.1, 0.3):
        slider = next(s for s in gallery.slider if s.key == slider.key)
        slider.set_value(threshold).run()
        called = cosines >= threshold
        words = f"precision **{true[called].mean():.2f}**, recall **{called[true].mean():.2f}**"
        assert f"From {threshold:.2f} on: {words}" in words_on(gallery)


def test_two_setups_are_compared_with_chance_beside_them(gallery):
    opened_section(gallery, 2)
    words = page_text(gallery)
    assert re.search(r"nearest neighbours they share \*\*\d+ %\*\*; unrelated spaces", words)
    assert "Most disputed items" in words
    before = next(one for one in bodies(gallery) if "Every two Setups" in one)
    choose(gallery, "scorecard-items-of", "Captions")
    assert next(one for one in bodies(gallery) if "Every two Setups" in one) != before


def test_what_came_from_the_cache_has_no_speed_and_embedded_providers_cost_nothing(gallery):
    body = next(one for one in bodies(opened_section(gallery, 3)) if "Cost and speed" in one)
    rows = re.findall(r"<tr><th scope='row'.*?</tr>", body)
    assert len(rows) == 2
    run = session_of(gallery).embedding.run
    for row, progress in zip(rows, run.progress, strict=True):
        cells = re.findall(r"<td>(.*?)</td>", row)
        assert (cells[4] == "from the cache") == (progress.embedded == 0)
        assert cells[5] == "0"
    assert "<td>1,536</td>" in rows[0]


def test_pairs_that_one_setup_lacks_are_left_out_for_all_and_it_says_why(gallery):
    embedding = session_of(gallery).embedding
    known = dict(embedding.results)
    setup, whole = next(iter(known.items()))
    gone = session_of(gallery).collection.texts[0].id
    embedding.results[setup] = whole.restricted_to(i for i in whole.ids if i != gone)
    try:
        gallery.run()
        words = words_on(gallery)
        assert "30 pairs, the same for every Setup" in words
        assert "1 pair left out: Local MiniLM lacks 1 item" in words
    finally:
        embedding.results.update(known)
        gallery.run()


def test_one_setup_alone_still_has_its_figures():
    app = opened("providers")
    app.checkbox[1].uncheck().run()
    gone_to(app, "collection")
    app = gone_to(embedded(pressed(app, "Gallery")), "scorecard")
    assert "Choose a second Setup" in words_on(app)
    assert len(table_of(app)) == 2
    for number in range(len(SECTIONS)):
        opened_section(app, number)


def test_without_pairs_it_says_what_to_do():
    app = gone_to(groups_of(replace(paired(["a"], [plain("a.png", "red")]), pairs=())), "scorecard")
    assert "No caption is paired with a picture" in words_on(app)


@pytest.mark.parametrize("count", [1, 2])
def test_one_or_two_pairs_are_no_trouble(count):
    names = [("a red thing", "red"), ("a blue thing", "blue")][:count]
    of = paired([words for words, _ in names], [plain(f"{c}.png", c) for _, c in names])
    app = gone_to(groups_of(of), "scorecard")
    app.toggle(key="scorecard-all").set_value(True).run()
    assert not app.exception
    for number in range(len(SECTIONS)):
        opened_section(app, number)
    assert "nan" not in page_text(app).lower().split()


def test_a_hostile_caption_is_shown_as_it_is():
    hostile = "<img src=x onerror=alert(1)>"
    app = gone_to(
        groups_of(paired([hostile, "a"], [plain("a", "red"), plain("b", "blue")])), "scorecard"
    )
    for number in range(len(SECTIONS)):
        opened_section(app, number)
    assert hostile not in " ".join(bodies(app))
    assert html.escape(hostile, quote=False) in " ".join(bodies(app))


def test_a_second_view_works_out_nothing_anew(gallery, monkeypatch):
    def refuse(*_):
        raise AssertionError("worked out anew")

    before = table_of(gallery)
    monkeypatch.setattr("ui.scorecard.cached.scorecard", refuse)
    assert table_of(gone_to(gone_to(gallery, "search"), "scorecard")) == before
