"""What a session keeps and gives up, without a page."""

import pytest

from collection.collection import Collection, Pair
from collection.intake import take_in
from collection.items import text_item
from collection.samples import load_sample
from collection.upload import Upload
from providers.embedding.run import Run, run_of
from ui.collection.caption_table import apply_caption_edits
from ui.state.session import Session


@pytest.fixture
def state():
    state = Session()
    state.editing.show_sample("cat-and-box", "Cat and box")
    return state


def embedded_by_hand(state):
    """Embed without Streamlit's cache of the session's run."""
    items = tuple(state.collection.items.values())
    state.embedding.run = run_of(items, state.chosen, None, state.embedding.results).start()
    assert state.embedding.run.wait(60)
    state.embedding.collect()


def test_results_stay_when_the_collection_is_cleared_and_brought_back(state):
    embedded_by_hand(state)
    state.editing.replace(Collection(), "clearing")
    assert not state.shown
    state.editing.undo()
    assert [len(view) for view in state.shown.values()] == [4, 4]
    assert state.complete


def test_a_larger_collection_counts_what_is_not_embedded_yet(state):
    embedded_by_hand(state)
    state.editing.show_sample("gallery", "Gallery")
    setup = next(iter(state.chosen))
    assert state.not_embedded(setup) == len(load_sample("gallery")) - 2  # the cat and its caption
    assert not state.complete


def test_undo_of_loading_a_sample_brings_back_what_was_there(state):
    before = state.collection
    state.editing.show_sample("gallery", "Gallery")
    state.editing.undo()
    assert state.collection is before


def test_an_unticked_provider_is_not_shown_and_comes_back_with_its_results(state):
    embedded_by_hand(state)
    state.compared.tick(0, False)
    assert [s.provider for s in state.shown] == ["local-static"]
    state.compared.tick(0, True)
    assert [s.provider for s in state.shown] == ["local-minilm", "local-static"]


def test_the_same_view_is_not_made_twice(state):
    embedded_by_hand(state)
    assert state.shown is state.shown


def test_undo_survives_an_upload_that_brings_nothing(state):
    state.editing.replace(Collection(), "clearing")
    state.editing.accept(take_in(state.collection, [Upload("bad.png", b"no picture")]))
    assert state.editing.remarks
    state.editing.undo()
    assert len(state.collection) == 4


def test_undo_after_clear_and_sample_brings_back_one_after_the_other(state):
    before = state.collection
    state.editing.replace(Collection(), "clearing")
    state.editing.show_sample("gallery", "Gallery")
    state.editing.undo()
    assert not len(state.collection)
    state.editing.undo()
    assert state.collection is before


def test_undo_takes_back_an_edit_before_what_was_done_earlier(state):
    state.editing.show_sample("gallery", "Gallery")
    apply_caption_edits(state, 0, {0: {"caption": "A new caption"}})
    assert state.editing.undoes == "editing a caption"
    state.editing.undo()
    assert state.collection is load_sample("gallery")
    assert state.editing.table_rows()[0].text.text == "A cute cat"
    assert state.editing.undoes == "loading Gallery"


def test_a_caption_that_becomes_a_known_one_and_is_corrected_takes_no_pair_along(state):
    state.editing.collection = state.collection.adding([text_item("alone")])
    state.editing.edits += 1
    row = next(i for i, r in enumerate(state.editing.table_rows()) if r.picture is None)
    apply_caption_edits(state, 0, {row: {"caption": "A cute cat"}})
    rows = state.editing.table_rows()
    assert [row.text.text for row in rows] == ["A cute cat", "A cardboard box"]
    assert len(state.collection.pairs) == 2


def test_two_captions_of_a_picture_made_the_same_are_one_row(state):
    cat = state.collection.pictures[0]
    other = text_item("A ginger cat")
    state.editing.collection = state.collection.adding([other], [Pair(other.id, cat.id)])
    state.editing.edits += 1
    apply_caption_edits(state, 0, {1: {"caption": "A cute cat"}})
    assert len(state.editing.table_rows()) == 2
    apply_caption_edits(state, 0, {0: {"caption": "A dog"}})
    assert [row.text.text for row in state.editing.table_rows()] == ["A dog", "A cardboard box"]
    assert list(state.editing.table_rows()) == list(state.collection.rows)


def test_showing_the_gallery_stops_what_runs_and_needs_no_tick(state):
    state.compared.ticked = set()
    before = state.embedding.run = Run([])
    state.start_run = lambda: None  # Streamlit's cache of the run needs a page
    state.show_gallery()
    assert not before.active
    assert [setup.provider for setup in state.chosen] == ["local-minilm", "local-static"]


def test_an_item_that_failed_is_not_called_not_embedded_yet(state):
    state.editing.collection = Collection().adding([text_item("你好"), text_item("a cat")])
    embedded_by_hand(state)
    setup = next(iter(state.chosen))
    assert (state.not_embedded(setup), state.failed(setup)) == (0, 1)
    assert state.complete
