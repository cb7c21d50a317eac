"""The export dialog: what it offers before and after embedding, and what its files hold."""

import io

import numpy as np
import pandas as pd
import pytest

from exchange.tables.export_size import export_size
from tests.pages.app_session import embedded, opened, pressed, session_of, words_on
from ui.export.contents import export_contents
from ui.export.dialog import size_in_words
from ui.export.formats import FORMATS

TABLES = ["CSV", "Parquet"]
OF_VECTORS = ["NumPy arrays", "Embedding Projector"]


def offered(app):
    """Return the labels of the buttons in the dialog."""
    assert not app.exception
    return [
        button.label
        for button in app.get("download_button")
        if button.label in {entry.title for entry in FORMATS}
    ]


def file_of(state, title, **which):
    """Return the file behind a button."""
    entry = next(entry for entry in FORMATS if entry.title == title)
    with entry.make(state, export_contents(state, **which)) as file:
        return io.BytesIO(file.read())


@pytest.fixture(scope="module")
def app():
    """The gallery with two Setups, and the dialog open."""
    return pressed(embedded(pressed(opened("collection"), "Gallery")), "Export")


def test_an_empty_collection_has_nothing_to_export():
    assert "Export" not in [button.label for button in opened("collection").button]


def test_items_and_labels_are_offered_before_anything_is_embedded():
    app = pressed(pressed(opened("collection"), "Cat and box"), "Export")
    assert [label for label in offered(app) if label in TABLES + OF_VECTORS] == TABLES
    assert "come once something is embedded" in words_on(app)
    frame = pd.read_csv(file_of(session_of(app), "CSV"))
    assert frame["kind"].tolist() == ["picture", "picture", "caption", "caption"]
    assert not any(column.startswith("embedding_") for column in frame)


def test_all_formats_are_offered_once_there_are_vectors(app):
    assert [label for label in offered(app) if label in TABLES + OF_VECTORS] == TABLES + OF_VECTORS
    assert "57 items with labels and pairs, and vectors of 2 Setups." in words_on(app)


def test_the_vectors_of_both_setups_are_in_the_file(app):
    state = session_of(app)
    frame = pd.read_parquet(file_of(state, "Parquet"))
    columns = [column for column in frame if column.startswith("embedding_")]
    assert len(columns) == 2
    for column, found in zip(columns, state.shown.values(), strict=True):
        assert np.stack(frame[column]).tobytes() == found.of(frame["id"]).tobytes()


@pytest.mark.parametrize("title", [*TABLES, *OF_VECTORS])
def test_a_file_is_about_as_large_as_the_dialog_says(app, title):
    state = session_of(app)
    entry = next(entry for entry in FORMATS if entry.title == title)
    ids = tuple(state.collection.items)
    said = entry.size(export_size(state.collection, ids, state.shown.values()))
    assert 0.6 < len(file_of(state, title).getvalue()) / said < 1.6


def test_the_selected_items_alone_can_be_exported(app):
    state = session_of(app)
    chosen = [state.collection.pictures[3].id, state.collection.texts[0].id]
    state.selected = frozenset(chosen)
    app.run()
    app.get("button_group")[-1].set_value("Selected items").run()
    assert "2 items with labels and pairs" in words_on(app)
    assert pd.read_csv(file_of(state, "CSV", selected_only=True))["id"].tolist() == chosen
    state.selected = frozenset()
    app.run()
    assert "57 items with labels and pairs" in words_on(app)


def test_sizes_are_said_in_whole_megabytes_where_they_are_large():
    assert size_in_words(5_000) == "Under 1\u00a0MB."
    assert size_in_words(2.5 * 2**20) == "About 2.5\u00a0MB."
    assert size_in_words(1234.4 * 2**20) == "About 1,234\u00a0MB."
