"""Filling a collection: what is folded away, what came in, and what is taken back or replaced."""

import io

import pytest
from PIL import Image

from collection.samples import load_sample
from tests.pages.app_session import embedded, gone_to, opened, pressed, session_of, words_on
from ui.collection import room

GALLERY = load_sample("gallery")
QUESTION = "This replaces your 1 picture and 2 captions (Undo brings them back)."


def png(colour):
    file = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(file, "PNG")
    return file.getvalue()


def labels(app):
    return [button.label for button in app.button]


def fold(app):
    return next(e for e in app.expander if e.label == "Add or replace")


def uploaded(app, *names_and_bytes):
    for name, data in names_and_bytes:
        app.file_uploader[0].upload(name, data, "image/png" if name.endswith("png") else "text/csv")
    app.run()
    assert not app.exception
    return app


@pytest.fixture
def own():
    """The app with a picture and two captions of one's own."""
    table = b"file_name,text\nred.png,a red square\nred.png,a red thing"
    return uploaded(opened("collection"), ("red.png", png("red")), ("captions.csv", table))


def test_what_fills_the_collection_is_open_while_it_is_empty_and_folded_afterwards():
    app = opened("collection")
    assert fold(app).proto.expanded
    assert "Clear" not in labels(app)
    pressed(app, "Gallery")
    assert not fold(app).proto.expanded
    assert "Clear" in labels(app)
    pressed(app, "Clear")
    assert fold(app).proto.expanded


def test_an_upload_leaves_a_receipt_until_the_next_step(own):
    assert "1 picture and 2 captions came in." in words_on(own)
    table = b"file_name,text\nblue.png,a red square"
    uploaded(own, ("blue.png", png("blue")), ("captions.csv", table))
    words = words_on(own)
    assert "1 picture came in; 1 caption belongs to several pictures." in words
    pressed(own, "Clear")
    assert "came in" not in words_on(own)


def test_pasted_captions_leave_a_receipt_and_can_be_taken_back(own):
    own.text_area[0].input("one more\nand another")
    pressed(own, "Add captions")
    assert "2 captions came in." in words_on(own)
    pressed(own, "Undo adding 2 captions")
    assert len(session_of(own).collection.texts) == 2
    assert "came in" not in words_on(own)


def test_undo_says_what_it_takes_back_and_then_offers_the_step_before(own):
    pressed(own, "Clear")
    assert "Undo clearing" in labels(own)
    pressed(own, "Undo clearing")
    assert len(session_of(own).collection) == 3
    pressed(own, "Undo adding 1 picture")
    assert not len(session_of(own).collection)
    assert not any(label.startswith("Undo") for label in labels(own))


def test_a_planted_caption_can_be_taken_back_on_the_collection_page():
    app = embedded(pressed(opened("collection"), "Gallery"))
    state = session_of(app)
    one, other = state.collection.pairs[0], state.collection.pairs[5]
    state.editing.replace(state.collection.swapping(one, other), "planting a wrong caption")
    pressed(app.run(), "Undo planting a wrong caption")
    assert state.collection.digest == GALLERY.digest


def test_a_sample_replaces_a_sample_at_once():
    app = pressed(pressed(opened("collection"), "Cat and box"), "Gallery")
    assert session_of(app).collection.digest == GALLERY.digest


def test_a_sample_asks_before_it_replaces_what_is_ones_own_and_undo_brings_it_back(own):
    before = session_of(own).collection
    pressed(own, "Gallery")
    assert QUESTION in words_on(own)
    assert session_of(own).collection is before
    pressed(own, "Replace them")
    assert session_of(own).collection.digest == GALLERY.digest
    assert "This replaces" not in words_on(own)
    pressed(own, "Undo loading Gallery")
    assert session_of(own).collection is before
    assert "This replaces" not in words_on(own)


def test_keep_mine_keeps_it_and_the_question_goes(own):
    before = session_of(own).collection
    pressed(pressed(own, "Gallery"), "Keep mine")
    assert session_of(own).collection is before
    assert "This replaces" not in words_on(own.run())


def test_the_question_outlasts_a_rerun_and_not_a_visit_elsewhere(own):
    pressed(own, "Gallery").run()
    assert QUESTION in words_on(own)
    gone_to(gone_to(own, "map"), "collection")
    assert "This replaces" not in words_on(own)


def test_what_is_too_large_for_undo_is_said_to_go_for_good(own):
    session_of(own).editing.undo_stack.max_bytes = 1_000
    words = words_on(pressed(own, "Gallery"))
    assert "This replaces your 1 picture and 2 captions for good" in words


def test_show_me_asks_too_and_go_on_leaves_everything_as_it_is(own):
    before = session_of(own).collection
    own.switch_page("app.py").run()
    assert "Go on with your 1 picture" in labels(own)
    pressed(own, "Show me")
    assert QUESTION in words_on(own)
    assert session_of(own).collection is before
    assert session_of(own).embedding.run is None
    pressed(own, "Replace them")
    assert session_of(own).collection.digest == GALLERY.digest
    assert session_of(own).embedding.run is not None


def test_going_on_leads_to_the_collection_until_there_are_vectors_and_then_to_similarity(own):
    own.switch_page("app.py").run()
    assert "What am I comparing?" in words_on(pressed(own, "Go on with your 1 picture"))
    gone_to(own, "collection")
    embedded(own).switch_page("app.py").run()
    assert "Which caption fits which picture?" in words_on(
        pressed(own, "Go on with your 1 picture")
    )


def test_start_has_one_primary_button_whatever_is_there(own):
    def primary(app):
        return [b.label for b in app.main.button if b.proto.type == "primary"]

    assert primary(opened()) == ["Show me"]
    own.switch_page("app.py").run()
    assert primary(own) == ["Go on with your 1 picture"]


def test_removal_is_offered_only_for_rows_that_are_ticked(own):
    assert not any(label.startswith("Remove") for label in labels(own))
    key = f"captions-{session_of(own).editing.edits}-0"
    own.session_state[key] = {"edited_rows": {1: {"remove": True}}}
    pressed(own.run(), "Remove 1 ticked row")
    assert len(session_of(own).collection.texts) == 1
    assert "Undo removing 1 row" in labels(own)


def test_on_a_full_server_what_only_undo_would_bring_back_goes_before_an_upload_is_refused(
    own, monkeypatch
):
    pressed(own, "Clear")
    state = session_of(own)

    class FullUntilUndoIsEmpty:
        @property
        def room(self):
            return 0 if state.editing.undo_stack.steps else 1

    monkeypatch.setattr(room, "server_sessions", FullUntilUndoIsEmpty)
    uploaded(own, ("blue.png", png("blue")))
    assert len(state.collection.pictures) == 1
    assert [step.done for step in state.editing.undo_stack.steps] == ["adding 1 picture"]
