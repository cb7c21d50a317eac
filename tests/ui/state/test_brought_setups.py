"""Vectors computed elsewhere among the compared Setups, in a session, and in addresses."""

import numpy as np
import pytest

from collection.collection import Collection
from collection.embeddings import Embeddings, Role
from collection.items import text_item
from providers.brought import brought_setup
from providers.inputs import input_of
from providers.registry import PROVIDERS
from tests.ui.synthetic_session import FIRST, SECOND, session_with
from ui.address.setups import SetupsShown
from ui.brought.bring_in import MAX_BROUGHT, bring_in, take_out
from ui.state.compared_setups import ComparedSetups
from ui.state.query_vectors import Failed, Known

VECTORS = np.eye(2, dtype=np.float32)
ONE, OTHER = (brought_setup(name, ("a", "b"), VECTORS) for name in ("one", "other"))
CAT, DOG, NEW = (text_item(words) for words in ("a cat", "a dog", "a bird"))


def session_with_brought():
    state = session_with(Collection().adding([CAT, DOG]), {CAT: 0, DOG: 1}, {CAT: 0, DOG: 1})
    state.compared.bring(ONE)
    state.embedding.results[ONE] = Embeddings(ONE, (CAT.id,), VECTORS[:1])
    return state


def test_brought_setups_stand_at_the_end_with_colours_of_their_own():
    compared = ComparedSetups()
    added = compared.add("jina")
    rows = [compared.bring(ONE), compared.bring(OTHER)]
    assert compared.setups[-2:] == (ONE, OTHER)
    assert compared.rows[-2:] == rows
    assert {compared.colour_index(s) for s in (ONE, OTHER)} == set(rows)
    assert min(rows) > added >= len(PROVIDERS)
    assert [compared.name_of(s) for s in (ONE, OTHER)] == ["Brought: one", "Brought: other"]


def test_the_same_name_takes_the_row_of_the_former():
    compared = ComparedSetups()
    row = compared.bring(ONE)
    newer = brought_setup("one", ("a", "b"), -VECTORS)
    assert compared.bring(newer) == row
    assert ONE not in compared.setups
    assert newer in compared.setups


def test_a_setup_that_is_gone_still_has_a_colour():
    assert ComparedSetups().colour_index(ONE) == len(PROVIDERS)


def test_a_run_never_asks_for_brought_vectors_and_what_they_lack_is_without_a_vector():
    state = session_with_brought()
    assert state.brought == (ONE,)
    assert ONE in state.chosen
    assert ONE not in state.askable
    assert state.to_embed(ONE) == frozenset()
    assert (state.not_embedded(ONE), state.failed(ONE)) == (0, 1)
    assert state.lacking(ONE) is None
    assert state.call_context(ONE) is None
    assert state.complete


def test_an_item_of_the_collection_is_a_query_and_new_words_are_none():
    state = session_with_brought()
    vectors = state.search.vectors
    known = state.query_state(vectors, ONE, input_of(CAT, Role.QUERY))
    assert isinstance(known, Known)
    np.testing.assert_array_equal(known.vector, VECTORS[0])
    for item in (DOG, NEW):
        assert isinstance(state.query_state(vectors, ONE, input_of(item)), Failed)


@pytest.mark.parametrize("words", [["jina"], [""], []])
def test_an_address_says_nothing_of_brought_vectors_and_leaves_them_as_they_are(words):
    state = session_with_brought()
    shown = SetupsShown()
    assert not any("brought" in word for word in shown.words(state))
    shown.take(state, words)
    assert state.brought == (ONE,)
    assert shown.words(state) == words
    state.compared.tick(state.compared.brought_rows[0], False)
    shown.take(state, ["nomic"])
    assert state.brought == ()


def test_a_row_that_was_taken_out_leaves_no_vectors_behind():
    state = session_with_brought()
    take_out(state, state.compared.brought_rows[0])
    assert set(state.embedding.results) == {FIRST, SECOND}
    state.editing.undo()
    assert state.brought == (ONE,)
    assert ONE in state.embedding.results


def test_one_more_than_a_session_may_have_is_refused(monkeypatch):
    monkeypatch.setattr("ui.brought.bring_in.has_room", lambda _: True)
    state = session_with_brought()
    for number in range(MAX_BROUGHT - 1):
        state.compared.bring(brought_setup(f"no {number}", ("a", "b"), VECTORS))
    before = state.compared.setups
    from tests.exchange.brought.vector_files import Upload, npz

    file = Upload("more.npz", npz(v=VECTORS, captions=np.array([CAT.text, DOG.text])))
    assert not bring_in(state, file)
    assert "at most 12 Setups of brought vectors" in state.editing.remarks[0].text
    assert state.compared.setups == before
    assert bring_in(state, file, "no 3")
    assert len(state.compared.brought_rows) == MAX_BROUGHT
