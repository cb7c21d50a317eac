"""What the browser says of ticks is taken over for items that are here, and for nothing else."""

import pytest

from collection.collection import Collection
from collection.items import text_item
from ui.elements.tile_events import select, select_ticked
from ui.state.editing import CollectionEditing
from ui.state.session import Session

A, B, C = (text_item(words) for words in "abc")


@pytest.fixture
def state():
    held = Session(CollectionEditing(Collection().adding([A, B, C])))
    held.selected = frozenset({A.id})
    return held


def test_ticks_select_and_deselect_and_may_be_said_twice(state):
    for _ in range(2):
        select_ticked(state, {A.id: False, B.id: True})
        assert state.selected == {B.id}


@pytest.mark.parametrize(
    "nonsense", [None, 3, "x", [A.id], {"x": True}, {B.id: 1}, {B.id: "true"}, {A.id: None}]
)
def test_what_makes_no_sense_changes_nothing(state, nonsense):
    select_ticked(state, nonsense)
    assert state.selected == {A.id}


def test_a_list_is_selected_beside_what_is_selected(state):
    select(state, [B.id, "gone"])
    assert state.selected == {A.id, B.id}
