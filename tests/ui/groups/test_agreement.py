"""On how many items the Setups agree, in one sentence."""

import numpy as np
import pytest

from collection.collection import Collection
from collection.embeddings import Embeddings, Setup
from collection.items import Modality, text_item
from tests.ui.synthetic_session import session_with
from ui.groups.agreement import agreement_in_words
from ui.groups.controls import GroupChoices
from ui.groups.named_groups import named_groups

CATS = [text_item(f"a cat {words}") for words in ("asleep", "on a mat", "with a hat")]
BOATS = [text_item(f"a boat {words}") for words in ("at sea", "on a lake", "in a storm")]
TEXTS = Collection().adding([*CATS, *BOATS])
TWO = GroupChoices((Modality.TEXT,), "hierarchical", 2, None)
THIRD = Setup("local-minilm", "another", 4)


@pytest.fixture
def said(monkeypatch):
    """The Markdown that is written."""
    words = []
    monkeypatch.setattr("ui.groups.agreement.st.markdown", lambda body, **_: words.append(body))
    return words


def corners(*groups):
    return {item: corner for corner, items in enumerate(groups) for item in items}


def with_third(state, space):
    """The session with another Setup that puts its items near these corners."""
    near = np.random.default_rng(1).normal(scale=0.05, size=(len(space), 4))
    rows = np.eye(4)[list(space.values())] + near
    vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    state.compared.choose(state.compared.add("local-minilm"), THIRD)
    state.embedding.results[THIRD] = Embeddings(THIRD, tuple(i.id for i in space), vectors)
    return state


ALIKE = corners(CATS, BOATS)
ONE_APART = corners(CATS + BOATS[2:], BOATS[:2])
TWO_APART = corners(CATS[:2] + BOATS[2:], BOATS[:2] + CATS[2:])


def test_of_two_it_is_said_on_how_many_items_they_agree(said):
    state = session_with(TEXTS, ALIKE, ONE_APART)
    agreement_in_words(state, named_groups(state, TWO))
    assert said[0] == "**Local MiniLM and Local Static agree on 5 of 6 items.**"


def test_items_without_a_vector_with_both_are_left_out(said):
    state = session_with(TEXTS, ALIKE, corners(CATS, BOATS[:2]))
    agreement_in_words(state, named_groups(state, TWO))
    assert "agree on 5 of 5 items" in said[0]


def test_of_three_the_closest_and_the_farthest_two_are_named_as_well(said):
    state = with_third(session_with(TEXTS, ALIKE, TWO_APART), ONE_APART)
    agreement_in_words(state, named_groups(state, TWO))
    assert said[0].startswith("**All 3 models agree on 4 of 6 items.** Closest: ")
    closest, farthest = said[0].split("Closest: ")[1].split("Farthest: ")
    assert "5 of 6" in closest
    assert "4 of 6" in farthest
    assert "another" not in farthest


def test_one_alone_is_compared_with_nothing(said):
    state = session_with(TEXTS, ALIKE)
    agreement_in_words(state, named_groups(state, TWO))
    assert not said
