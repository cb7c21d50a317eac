"""What a session keeps and gives up, without a page."""

import pytest

from collection.collection import Collection
from collection.samples import load_sample
from providers.registry import PROVIDERS
from ui.session import Session


@pytest.fixture
def state():
    state = Session(chosen={id_: p.info.setup() for id_, p in PROVIDERS.items()})
    state.show_sample("cat-and-box", "Cat and box")
    return state


def embedded_by_hand(state):
    """Embed without Streamlit's cache of the session's run."""
    from providers.run import run_of

    items = tuple(state.collection.items.values())
    state.run = run_of(items, state.chosen.values(), None, state.results).start()
    assert state.run.wait(60)
    state.collect()


def test_results_stay_when_the_collection_is_cleared_and_brought_back(state):
    embedded_by_hand(state)
    state.replace_collection(Collection(), "clearing")
    assert not state.shown
    state.undo()
    assert [len(view) for view in state.shown.values()] == [4, 4]
    assert state.complete


def test_a_larger_collection_counts_what_is_not_embedded_yet(state):
    embedded_by_hand(state)
    state.show_sample("gallery", "Gallery")
    setup = next(iter(state.chosen.values()))
    assert state.not_embedded(setup) == len(load_sample("gallery")) - 2  # the cat and its caption
    assert not state.complete


def test_undo_of_loading_a_sample_brings_back_what_was_there(state):
    before = state.collection
    state.show_sample("gallery", "Gallery")
    state.undo()
    assert state.collection is before


def test_an_unticked_provider_is_not_shown_and_comes_back_with_its_results(state):
    embedded_by_hand(state)
    state.choose("local-minilm", False)
    assert [s.provider for s in state.shown] == ["local-static"]
    state.choose("local-minilm", True)
    assert [s.provider for s in state.shown] == ["local-minilm", "local-static"]


def test_the_same_view_is_not_made_twice(state):
    embedded_by_hand(state)
    assert state.shown is state.shown
