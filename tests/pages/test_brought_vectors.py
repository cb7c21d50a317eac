"""Vectors from elsewhere on the pages: beside the others everywhere, but for new words."""

from io import BytesIO

import numpy as np
import pytest

from collection.items import normalised_text
from exchange.session_file.reader import read_session
from providers.brought import UNPLACED
from tests.exchange.brought.vector_files import csv_file, npz
from tests.exchange.session_file.session_files import unit_rows
from tests.pages.app_session import embedded, gone_to, opened, pressed, session_of, words_on
from ui.session_file.opening import known_pictures
from ui.session_file.saving import session_file
from ui.state.query import Query

FIELD = "An NPZ, Parquet or CSV file"
NAME = "Brought: mine"
PAGES = (
    *("collection", "providers", "similarity", "map", "groups", "odd_ones_out", "scorecard"),
    "requests",
)


def vectors_of(collection, left_out=0, seed=0):
    """A file with vectors of a collection's items, without the last ones."""
    items = list(collection.items.values())[: len(collection) - left_out]
    return npz(vectors=unit_rows(len(items), 16, seed), names=np.array([i.label for i in items]))


def with_vectors(app, data, name="mine.npz", label=FIELD):
    """Upload a file with vectors, and draw the page again."""
    next(f for f in app.file_uploader if f.label.startswith(label)).upload(name, data, "x/y")
    app.run()
    assert not app.exception
    return app


@pytest.fixture(scope="module")
def gallery():
    """The page Collection with the gallery, embedded by the two providers of this machine."""
    return embedded(pressed(opened("collection"), "Gallery"))


@pytest.fixture
def page(gallery):
    """The same without any brought vectors."""
    yield gone_to(gallery, "collection")
    state = session_of(gallery)
    for row in state.compared.brought_rows:
        state.embedding.results.pop(state.compared.setup_of(row), None)
        state.compared.remove(row)
    state.search.query = Query()


def brought_of(app):
    """Return the names of the brought Setups that take part."""
    state = session_of(app)
    return [state.compared.name_of(setup) for setup in state.brought]


def test_an_empty_collection_has_nothing_that_vectors_could_belong_to():
    (button,) = (
        b for b in opened("collection").get("popover") if b.proto.popover.label == "Bring vectors"
    )
    assert button.proto.popover.disabled


def test_brought_vectors_take_part_at_once_and_stand_on_every_page(page):
    with_vectors(page, vectors_of(session_of(page).collection, left_out=3))
    total = len(session_of(page).collection)
    assert brought_of(page) == [NAME]
    said = words_on(page)
    assert f"vectors of {total - 3:,} of {total:,} items, 16 dimensions" in said
    assert "Embed" not in [button.label for button in page.button]
    for name in PAGES:
        gone_to(page, name)
        assert "3 without a vector" in words_on(page)
    assert session_of(page).complete


def test_search_by_new_words_says_once_why_brought_vectors_have_no_answer(page):
    with_vectors(page, vectors_of(session_of(page).collection))
    session_of(page).search.query = Query("a loud noise")
    gone_to(page, "search")
    said = words_on(page)
    assert said.count(UNPLACED) == 1
    assert said.count("No answer to new words.") == 1


def test_more_like_an_item_and_the_words_of_a_caption_are_found_among_brought_vectors(page):
    with_vectors(page, vectors_of(session_of(page).collection))
    state = session_of(page)
    caption = state.collection.texts[0]
    for query in (Query(like=caption.id), Query(words=f" {caption.text} ")):
        state.search.query = query
        gone_to(page, "search")
        said = words_on(page)
        assert UNPLACED not in said
        assert "No answer" not in said


def test_prompts_of_labels_say_once_that_brought_vectors_have_no_model(page):
    state = session_of(page)
    before = state.collection
    names = [picture.id for picture in before.pictures]
    labels = {item_id: {"label": ("odd", "even")[n % 2]} for n, item_id in enumerate(names)}
    state.editing.collection = before.adding((), (), labels)
    with_vectors(page, vectors_of(before))
    gone_to(page, "scorecard")
    for section in range(8):
        page.session_state[f"scorecard-section-{section}"] = True
    page.run(timeout=60)
    assert not page.exception
    assert words_on(page).count("the prompts cannot be placed among them") == 1
    state.editing.collection = before


def test_the_same_name_takes_the_place_of_the_former_and_undo_brings_it_back(page):
    collection = session_of(page).collection
    with_vectors(page, vectors_of(collection))
    first = session_of(page).brought
    with_vectors(page, vectors_of(collection, seed=1))
    assert brought_of(page) == [NAME]
    assert session_of(page).brought != first
    pressed(page, "Undo bringing vectors")
    assert session_of(page).brought == first
    pressed(page, "Undo bringing vectors")
    assert session_of(page).brought == ()
    assert all(setup.provider != "brought" for setup in session_of(page).embedding.results)


def test_a_row_of_brought_vectors_can_be_removed_and_undo_brings_it_back(page):
    with_vectors(page, vectors_of(session_of(page).collection))
    setups = session_of(page).brought
    gone_to(page, "providers")
    pressed(page, "Remove")
    assert session_of(page).brought == ()
    pressed(gone_to(page, "collection"), "Undo removing vectors")
    assert session_of(page).brought == setups
    assert setups[0] in session_of(page).shown


def test_a_file_that_cannot_be_read_changes_nothing_and_says_why(page):
    state = session_of(page)
    before = state.compared.setups, dict(state.embedding.results), state.editing.undoes
    with_vectors(page, npz(vectors=unit_rows(2, 4)))
    assert "does not say of what its vectors are" in words_on(page)
    assert (state.compared.setups, dict(state.embedding.results), state.editing.undoes) == before


def test_vectors_of_pictures_alone_are_not_said_to_find_no_suspect_caption(page):
    state = session_of(page)
    others = list(state.compared.ticked)
    for row in others:
        state.compared.tick(row, False)
    names = np.array([picture.name for picture in state.collection.pictures])
    with_vectors(page, npz(vectors=unit_rows(len(names), 16), names=names))
    gone_to(page, "odd_ones_out")
    for section in ("Suspect captions", "Weak pairs"):
        page.segmented_control(key="odd-section").set_value(section).run()
        assert "No Setup has vectors of a caption and of its picture" in words_on(page)
    for row in others:
        state.compared.tick(row, True)
    page.segmented_control(key="odd-section").set_value("Suspect captions").run()
    assert "No Setup has vectors" not in words_on(page)


def test_an_export_of_selected_items_counts_the_setups_that_have_vectors_of_them(page):
    state = session_of(page)
    names = np.array([picture.name for picture in state.collection.pictures])
    with_vectors(page, npz(vectors=unit_rows(len(names), 16), names=names))
    others = list(state.compared.ticked - set(state.compared.brought_rows))
    state.selected = frozenset({state.collection.texts[0].id})
    pressed(page.run(), "Export these")
    assert f"items with labels and pairs, and vectors of {len(others) + 1} Setups" in words_on(page)
    state.selected = frozenset({state.collection.texts[0].id})
    page.run()
    assert f"1 item with labels and pairs, and vectors of {len(others)} Setups" in words_on(page)
    for row in others:
        state.compared.tick(row, False)
    page.run()
    assert "come once one of them is embedded" in words_on(page)
    for row in others:
        state.compared.tick(row, True)
    state.selected = frozenset()
    close_export_dialog_of(page)


def close_export_dialog_of(app):
    del app.session_state["export-dialog"]
    app.run()


def test_a_file_of_vectors_in_the_main_field_goes_the_same_way(page):
    picture = session_of(page).collection.pictures[0]
    data = csv_file(["file_name", "v"], [picture.name, "[3,4]"])
    with_vectors(page, data, "table.csv", label="Pictures, captions")
    assert brought_of(page) == ["Brought: table"]
    assert "rows were scaled to length 1" in words_on(page)


def test_vectors_beside_captions_in_the_main_field_are_named_with_the_way_to_bring_them(page):
    picture = session_of(page).collection.pictures[0]
    data = csv_file(["file_name", "caption", "v"], [picture.name, "A tame one", "[3,4]"])
    with_vectors(page, data, "table.csv", label="Pictures, captions")
    assert "has vectors, too" in words_on(page)
    assert brought_of(page) == []
    pressed(page, "Undo adding 1 caption")


def test_a_session_file_brings_brought_vectors_back(page):
    with_vectors(page, vectors_of(session_of(page).collection, left_out=1))
    state = session_of(page)
    (setup,) = state.brought
    with session_file(state, {}) as file:
        data = file.read()
    contents = read_session("s.zip", BytesIO(data), known_pictures(state.collection)).contents
    assert [row for row in contents.rows if row.setup == setup and row.added and row.ticked]
    np.testing.assert_array_equal(
        contents.results[setup].vectors, state.embedding.results[setup].vectors
    )
    assert normalised_text(setup.model) == setup.model
    with_vectors(page, data, "session.zip", label="A file from “Save session”")
    assert session_of(page).brought == (setup,)
    assert session_of(page).failed(setup) == 1
