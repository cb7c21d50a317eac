"""What can be done with the selected items: keep, remove, label, each a step for Undo."""

from collections.abc import Set as AbstractSet
from functools import partial
from typing import NamedTuple

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from collection.collection import Collection
from collection.items import PictureItem
from collection.partners import left_without_partner, partners_of
from ui.elements.text import counted, in_a_row
from ui.state.session import Session

MAX_LABEL_CHARACTERS = 100

_DONE = "selection-done"


class Done(NamedTuple):
    """What was done last with the selected items, in words, where, and the collection it gave.

    undoable: whether it changed anything.
    """

    words: str
    page: str
    digest: str
    undoable: bool


def forget_what_is_gone(state: Session) -> None:
    """Let the selection hold only items of today's collection."""
    state.selected = frozenset(i for i in state.selected if i in state.collection)


def with_partners(state: Session, partners: bool) -> frozenset[str]:
    """Return the ids of the selected items, and of their partners if those go along."""
    chosen = state.selected & state.collection.items.keys()
    return chosen | partners_of(state.collection, chosen) if partners else chosen


def to_remove(state: Session, partners: bool) -> frozenset[str]:
    """Return the ids of the selected items, and of those that would be left without a partner."""
    chosen = state.selected & state.collection.items.keys()
    return chosen | left_without_partner(state.collection, chosen) if partners else chosen


def keep_only(state: Session, *, partners: bool) -> None:
    """Let everything go but the selected items, with their partners or without."""
    ids = with_partners(state, partners)
    words = f"Kept only {in_words(state.collection, ids)}."
    kept_ones = state.collection.removing(state.collection.items.keys() - ids)
    _replace(state, kept_ones, f"keeping only {counted(len(ids), 'item')}", words)
    state.selected = frozenset()


def remove(state: Session, *, partners: bool) -> None:
    """Let the selected items go, and if wanted those that would be left without a partner."""
    ids = to_remove(state, partners)
    words = f"Removed {in_words(state.collection, ids)}."
    rest = state.collection.removing(ids)
    _replace(state, rest, f"removing {counted(len(ids), 'item')}", words)
    state.selected = frozenset()


def label(state: Session, name: str, value: str, *, partners: bool) -> None:
    """Give the selected items a label, with their partners or without; they stay selected."""
    ids = with_partners(state, partners)
    words = f"Labelled {in_words(state.collection, ids)}: {name} is “{value}”."
    labels = {item_id: {name: value} for item_id in state.collection.items if item_id in ids}
    labelled = state.collection.adding((), (), labels)
    _replace(state, labelled, f"labelling {counted(len(ids), 'item')}", words)


def remove_label(state: Session, name: str, *, partners: bool) -> None:
    """Take the label of this name from the selected items, with their partners or without."""
    ids = with_partners(state, partners)
    ids = frozenset(i for i in ids if name in state.collection.labels.get(i, {}))
    words = f"Took {name} from {in_words(state.collection, ids)}."
    if not ids:
        words = f"None of these has the label {name}."
    done = f"taking a label from {counted(len(ids), 'item')}"
    _replace(state, state.collection.without_label(ids, name), done, words)


def in_words(collection: Collection, item_ids: AbstractSet[str]) -> str:
    """Return how many pictures and captions these items are: “2 pictures and 1 caption”."""
    pictures = sum(isinstance(collection.items[item_id], PictureItem) for item_id in item_ids)
    numbers = ((pictures, "picture"), (len(item_ids) - pictures, "caption"))
    return in_a_row([counted(count, noun) for count, noun in numbers if count]) or "nothing"


def undo(state: Session) -> None:
    """Take the latest step back, and what was selected before it comes back too."""
    state.editing.undo()
    st.session_state.pop(_DONE, None)


def latest_done(state: Session) -> Done | None:
    """Return what was done last, on this page and as long as nothing else is done; else None."""
    done: Done | None = st.session_state.get(_DONE)
    if done is None or (done.page, done.digest) != (_page(), state.collection.digest):
        forget_done()
        return None
    return done


def forget_done() -> None:
    """Say no more of what was done."""
    st.session_state.pop(_DONE, None)


def _replace(state: Session, collection: Collection, done: str, words: str) -> None:
    before, undoable = state.selected, collection.digest != state.collection.digest
    state.editing.replace(collection, done, partial(_select_again, state, before))
    st.session_state[_DONE] = Done(words, _page(), collection.digest, undoable)


def _page() -> str:
    context = get_script_run_ctx(suppress_warning=True)
    return context.page_script_hash if context is not None else ""


def _select_again(state: Session, selected: frozenset[str]) -> None:
    state.selected = selected
