"""Saving a session on the pages, and opening one: all is there again, and Undo takes it back."""

import io

import numpy as np
import pytest

from collection.embeddings import Role
from collection.items import text_item
from exchange.session_file.contents import SavedExercise
from exchange.session_file.writer import write_session
from providers.registry import PROVIDERS
from space.projection import Projection
from tests.exchange.session_file.session_files import packed, parts_of, small_session, unit_rows
from tests.pages.app_session import embedded, gone_to, opened, pressed, session_of, words_on
from ui.map.background_maps import FinishedMap
from ui.session_file import save_button
from ui.session_file.at_start import SESSION_VARIABLE
from ui.session_file.saving import contents_of, session_file
from ui.state.query import Query

NOMIC = PROVIDERS["nomic"].info
FIELD = "A file from “Save session”"


def bytes_of_file(state, views=None):
    with session_file(state, views or {}) as file:
        return file.read()


def with_file(app, data, name="session.zip", label=FIELD):
    """Upload a file into the field of this label, and draw the page again."""
    next(f for f in app.file_uploader if f.label.startswith(label)).upload(
        name, data, "application/zip"
    )
    app.run()
    assert not app.exception
    return app


@pytest.fixture(scope="module")
def saved():
    """A file of a session with the gallery, embedded, and one with a hosted provider's vectors."""
    app = embedded(pressed(opened("collection"), "Gallery"))
    state = session_of(app)
    setup = NOMIC.setup()
    state.compared.tick(state.compared.row_of("nomic"), True)
    items = tuple(state.collection.items)
    first = next(iter(state.embedding.results.values()))
    state.embedding.results[setup] = type(first)(
        setup, items, unit_rows(len(items), setup.dimension), usage={"tokens": 300.0}, seconds=2.0
    )
    state.search.query = Query("fruit")
    vector = unit_rows(1, setup.dimension, 5)[0]
    state.search.vectors.add(setup, text_item("fruit").id, Role.QUERY, vector)
    state.embedding.cap = 0.25
    return state, bytes_of_file(state, {"map-method": "pca", "heatmap-scale": "rank"})


def test_an_empty_collection_has_nothing_to_save_and_can_open_a_session():
    app = opened("collection")
    assert not app.get("download_button")
    assert FIELD in [field.label for field in app.file_uploader]
    pressed(app, "Gallery")
    labels = [button.label for button in app.get("download_button")]
    assert labels.count("Save session") == 2  # on the page and in the sidebar's foot
    gone_to(app, "similarity")
    assert "Save session" in [button.label for button in app.sidebar.get("download_button")]


def test_a_session_opens_with_its_vectors_without_keys_and_says_where_they_are_from(saved):
    before, data = saved
    app = with_file(opened("collection"), data)
    state = session_of(app)
    assert state.collection.digest == before.collection.digest
    assert state.chosen == before.chosen
    for setup, embeddings in before.shown.items():
        np.testing.assert_array_equal(state.shown[setup].vectors, embeddings.vectors)
    assert "26 pictures, 31 captions and the vectors of 3 Setups" in words_on(app)
    assert words_on(app).count("from a file") == 3
    assert state.complete
    assert state.embedding.run is None
    assert not any(button.label == "Embed" for button in app.button)


def test_what_was_chosen_on_the_pages_is_chosen_again(saved):
    app = with_file(opened("collection"), saved[1])
    gone_to(app, "map")
    assert app.session_state["map-method"] == "pca"
    gone_to(app, "similarity")
    assert app.session_state["heatmap-scale"] == "rank"


def test_choices_that_the_pages_do_not_offer_are_left_as_they_are(saved):
    state, _ = saved
    views = {"map-method": "evil", "map-n_neighbors": 10**6, "map-centred": "yes", "session": "x"}
    app = with_file(opened("collection"), bytes_of_file(state, views))
    for key in ("map-method", "map-n_neighbors", "map-centred"):
        assert key not in app.session_state
    gone_to(app, "map")
    assert app.session_state["map-method"] == "umap"


def test_one_undo_brings_back_all_that_was_there(saved):
    app = embedded(pressed(opened("collection"), "Cat and box"))
    state = session_of(app)
    before, shown, rows = state.collection, dict(state.shown), state.compared
    with_file(app, saved[1])
    assert state.collection is not before
    pressed(app, "Undo opening")
    assert state.collection is before
    assert dict(state.shown).keys() == shown.keys()
    assert all(
        (state.shown[setup].vectors == found.vectors).all() for setup, found in shown.items()
    )
    assert state.compared is rows
    assert state.embedding.cap == 0.5
    assert state.search.query == Query()
    assert "from a file" not in words_on(app)


def test_a_file_may_lower_the_spending_cap_and_never_raises_it(saved):
    app = with_file(opened("collection"), saved[1])
    assert session_of(app).embedding.cap == 0.25
    assert "The spending cap is US\\$0\\.25 now" in words_on(app)
    state, _ = saved
    state.embedding.cap, cap = 900.0, state.embedding.cap
    data = bytes_of_file(state)
    state.embedding.cap = cap
    app = with_file(opened("collection"), data)
    assert session_of(app).embedding.cap == 0.5
    assert "stays at US\\$0\\.50; the file says US\\$900\\.00" in words_on(app)


def test_a_typed_key_is_in_no_byte_of_the_file_even_where_it_was_pasted_as_a_caption():
    app = pressed(opened("collection"), "Cat and box")
    state, key = session_of(app), "nk-canary-0123456789"
    entry = next(entry for entry in NOMIC.key_fields if entry.secret)
    app.text_area[0].input(f"my key is {key}")
    pressed(app, "Add captions")
    assert key.encode() in b"".join(parts_of(bytes_of_file(state)).values())
    state.keyring.give("nomic", entry, key)
    state.search.query = Query(f"where is {key}")
    parts = parts_of(bytes_of_file(state))
    assert key.encode() not in b"".join(parts.values())
    assert b"my key is ***" in parts["captions.jsonl"]


def test_a_map_that_was_seen_is_shown_from_the_file_and_not_made_again(saved):
    views = {"map-method": "pca"}
    app = gone_to(with_file(opened("collection"), bytes_of_file(saved[0], views)), "map")
    state = session_of(app)
    assert len(state.maps) == 3
    one, finished = next(iter(state.maps.items()))
    moved = FinishedMap(Projection(finished.projection.xy + 7, "pca"), 0.5)
    state.maps[one] = moved
    again = with_file(opened("collection"), bytes_of_file(state, views))
    held = session_of(again).maps[one]
    np.testing.assert_array_equal(held.projection.xy, moved.projection.xy)
    gone_to(again, "map")
    assert session_of(again).maps[one] is held
    assert "trustworthiness **0.50**" in words_on(again)


def test_what_is_left_out_of_a_damaged_file_is_named_on_the_page(saved):
    parts = parts_of(saved[1])
    damaged = packed(parts | {"pictures/0003.jpg": b"<svg>", "vectors/00.npy": None})
    app = with_file(opened("collection"), damaged)
    assert "pictures that cannot be read" in words_on(app)
    assert "vectors of local" in words_on(app)
    assert len(session_of(app).collection.pictures) == 25


def test_a_file_that_is_no_session_changes_nothing_and_is_named():
    app = pressed(opened("collection"), "Cat and box")
    before = session_of(app).collection
    with_file(app, b"no ZIP", "holiday.zip")
    assert session_of(app).collection is before
    assert "holiday\\.zip is damaged or no session file" in words_on(app)


def test_a_session_dropped_where_pictures_go_is_opened_as_one(saved):
    app = with_file(opened("collection"), saved[1], label="Pictures, captions")
    assert len(session_of(app).embedding.results) == 3


def test_on_start_a_session_leads_to_its_results(saved):
    app = with_file(opened(), saved[1])
    assert "Which caption fits which picture?" in words_on(app)


def test_a_server_that_is_given_a_session_begins_with_it_for_everybody(
    saved, tmp_path, monkeypatch
):
    path = tmp_path / "class.zip"
    path.write_bytes(saved[1])
    monkeypatch.setenv(SESSION_VARIABLE, str(path))
    one, other = session_of(opened("similarity")), session_of(opened())
    assert one is not other
    assert one.collection is other.collection  # held once, however many there are
    assert one.complete
    assert one.editing.undoes is None
    app = opened("collection")
    pressed(app, "Clear")
    assert not len(session_of(app).collection)  # and not opened again at the next rerun


@pytest.mark.parametrize(
    ("data", "trouble"), [(None, "cannot be read"), (b"no ZIP", "damaged or no session file")]
)
def test_a_session_that_cannot_be_opened_at_the_start_is_said_on_the_start_page(
    data, trouble, tmp_path, monkeypatch
):
    path = tmp_path / f"{trouble[:3]}.zip"
    if data is not None:
        path.write_bytes(data)
    monkeypatch.setenv(SESSION_VARIABLE, str(path))
    assert trouble in words_on(opened())


def test_a_file_too_large_to_upload_is_said_before_it_is_saved(monkeypatch):
    app = pressed(opened("collection"), "Gallery")
    assert "make run" not in words_on(app)
    monkeypatch.setattr(save_button, "MAX_UPLOAD_BYTES", 100_000)
    assert "open this file with `make run SESSION=file.zip`" in words_on(app.run())


def test_an_exercise_goes_on_where_it_was(tmp_path):
    file = io.BytesIO()
    write_session(small_session(), file)
    app = with_file(opened("collection"), file.getvalue())
    state = session_of(app)
    assert state.exercise.is_on(state.collection)
    assert state.exercise.revealed
    assert contents_of(state, {}).exercise == SavedExercise(
        state.exercise.swapped, state.exercise.candidates, True
    )
