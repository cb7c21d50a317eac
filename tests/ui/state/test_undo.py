"""How many steps can be taken back, and what they may hold."""

import pytest

from collection.collection import Collection
from collection.items import PictureItem, text_item
from ui.state.editing import CollectionEditing
from ui.state.undo import MAX_STEPS, UndoStack, bytes_of


def picture(name, size=100):
    return PictureItem(name, f"{name}.jpg", b"x" * size, b"", 4, 3)


def holding(*pictures):
    return Collection().adding(pictures)


@pytest.fixture
def editing():
    """A collection whose session may hold 1,000 bytes of pictures."""
    return CollectionEditing(holding(picture("a")), UndoStack(max_bytes=1_000))


def add_captions(editing, count):
    for number in range(count):
        added = editing.collection.adding([text_item(f"caption {number}")])
        editing.replace(added, f"adding {number}")


def test_steps_are_taken_back_one_by_one_each_under_its_name(editing):
    first = editing.collection
    add_captions(editing, 2)
    assert editing.undoes == "adding 1"
    editing.undo()
    assert editing.undoes == "adding 0"
    assert len(editing.collection.texts) == 1
    editing.undo()
    assert editing.undoes is None
    assert editing.collection is first
    editing.undo()
    assert editing.collection is first


def test_of_more_than_five_steps_the_oldest_go(editing):
    add_captions(editing, MAX_STEPS + 2)
    for _ in range(MAX_STEPS):
        editing.undo()
    assert editing.undoes is None
    assert len(editing.collection.texts) == 2


def test_what_changes_nothing_is_no_step(editing):
    editing.replace(editing.collection.adding([picture("a")]), "adding it again")
    assert editing.undoes is None


def test_shared_pictures_count_once(editing):
    add_captions(editing, 3)
    assert bytes_of(editing.held_pictures) == 100
    editing.replace(Collection(), "clearing")
    assert bytes_of(editing.held_pictures) == 100


def test_the_oldest_step_goes_first_when_the_pictures_are_too_large_together(editing):
    editing.replace(holding(picture("b", 500)), "bringing b")
    editing.replace(holding(picture("c", 300)), "bringing c")
    assert [step.done for step in editing.undo_stack.steps] == ["bringing b", "bringing c"]
    editing.replace(holding(picture("d", 200)), "bringing d")
    assert [step.done for step in editing.undo_stack.steps] == ["bringing c", "bringing d"]
    assert bytes_of(editing.held_pictures) == 1_000


def test_a_step_that_cannot_be_held_is_known_beforehand(editing):
    assert editing.could_undo(holding(picture("b", 900)))
    too_large = holding(picture("b", 901))
    assert not editing.could_undo(too_large)
    editing.replace(too_large, "bringing b")
    assert editing.undoes is None


def test_undo_takes_the_words_about_what_came_in_away(editing):
    editing.replace(Collection(), "clearing")
    editing.receipt = "1 picture came in."
    editing.undo()
    assert editing.receipt == ""
