"""A session file put in place of what a session holds, as one step that Undo takes back."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from collection.collection import Collection
from collection.items import PictureItem
from collection.samples import SAMPLES, load_sample
from collection.upload import Remark
from exchange.session_file.contents import OpenedSession, SessionContents, SetupRow
from providers.brought import is_brought
from ui.collection.replacing import counts_of
from ui.elements.text import counted, in_a_row
from ui.state.compared_setups import ComparedSetups
from ui.state.embedding import SessionEmbedding
from ui.state.query import Query
from ui.state.search import SearchState
from ui.state.session import Session
from ui.state.swap_exercise import SwapExercise

if TYPE_CHECKING:
    from ui.map.background_maps import FinishedMap, ShownMap


def known_pictures(collection: Collection) -> Mapping[str, PictureItem]:
    """Return the pictures of the samples and of a collection, by their ids."""
    samples = (load_sample(key) for key in SAMPLES)
    return {picture.id: picture for each in (*samples, collection) for picture in each.pictures}


def open_in(state: Session, opened: OpenedSession, *, undoable: bool = True) -> None:
    """Show what a file holds in place of what is there.

    Keys, the calls so far and the rows of providers that the file says nothing of stay.
    """
    # What computes maps and groups takes a second to import: not before somebody needs it.
    from ui.session_file.views import choose_views

    state.embedding.stop()
    state.embedding.collect()
    state.search.vectors.stop()
    contents, take_back = opened.contents, _taking_back(state)
    editing = state.editing
    if undoable:
        said = receipt(contents)
        editing.open_other(contents.collection, "opening", take_back, said)
    else:
        editing.collection, editing.receipt = contents.collection, receipt(contents)
        editing.edits += 1
    cap, before = state.embedding.cap, state.embedding
    state.compared = _compared(contents.rows)
    state.embedding = SessionEmbedding(
        results=dict(contents.results),
        calls=before.calls,
        checks=before.checks,
        cap=_cap(contents, cap),
        concurrency=before.concurrency,
        set_aside={s: frozenset(found.failures) for s, found in contents.results.items()},
        from_file=frozenset(contents.results),
    )
    _take_search(state, contents)
    state.exercise = SwapExercise(
        contents.exercise.swapped,
        contents.exercise.candidates,
        contents.exercise.revealed,
        count=state.exercise.count,
    )
    state.selected = contents.selected
    state.maps = _maps(contents)
    choose_views(contents.views)
    st.session_state.pop("spending-cap", None)  # the field shows what holds now
    editing.remarks = (*opened.remarks, *_cap_remark(contents, cap))


def receipt(contents: SessionContents) -> str:
    """Return one line about what was opened."""
    what = counts_of(contents.collection) or ["no items"]
    if contents.results:
        what.append(f"the vectors of {counted(len(contents.results), 'Setup')}")
    return f"The session is open: {in_a_row(what)}."


def _taking_back(state: Session) -> Callable[[], None]:
    before = replace(state)

    def take_back() -> None:
        state.embedding.stop()
        state.compared, state.embedding = before.compared, before.embedding
        state.search, state.exercise = before.search, before.exercise
        state.selected, state.maps = before.selected, before.maps
        st.session_state.pop("spending-cap", None)

    return take_back


def _compared(rows: tuple[SetupRow, ...]) -> ComparedSetups:
    compared = ComparedSetups(ticked=set())
    for row in rows:
        if is_brought(row.setup):
            number = compared.bring(row.setup)
        else:
            first = not row.added
            number = compared.row_of(row.setup.provider) if first else compared.free_row
            compared.choose(number, row.setup)
        compared.tick(number, row.ticked)
    return compared if rows else ComparedSetups()


def _cap(contents: SessionContents, cap: float) -> float:
    """Return what a run may cost: a file may lower it, and never spend more of somebody's money."""
    return cap if contents.cap is None else min(cap, contents.cap)


def _cap_remark(contents: SessionContents, cap: float) -> tuple[Remark, ...]:
    if contents.cap is None or math.isclose(contents.cap, cap):
        return ()
    if contents.cap < cap:
        words = f"The spending cap is US${contents.cap:.2f} now, as the file says."
    else:
        words = f"The spending cap stays at US${cap:.2f}; the file says US${contents.cap:.2f}."
    return (Remark(words, serious=False),)


def _take_search(state: Session, contents: SessionContents) -> None:
    saved = contents.query
    query = Query(saved.words, saved.picture, saved.like, saved.weight, saved.beside)
    state.search = SearchState(query=query, uploads=state.search.uploads + 1)
    for setup, vectors in contents.query_vectors.items():
        for one in vectors:
            state.search.vectors.add(setup, one.item_id, one.role, one.vector)


def _maps(contents: SessionContents) -> "dict[ShownMap, FinishedMap]":
    """Return the maps by what decides them, under the vectors as they are here."""
    from space.projection import METHODS, Projection, Settings
    from ui.map.background_maps import FinishedMap, ShownMap

    found = {}
    for saved in contents.maps:
        if saved.method not in METHODS:
            continue
        view = contents.results[saved.setup].restricted_to(contents.collection.items)
        same_order = view.ids == contents.results[saved.setup].ids
        try:
            settings = Settings(**saved.settings)  # type: ignore[arg-type]
        except TypeError:  # names that this version does not know
            continue
        if same_order:
            key = ShownMap(view.digest, saved.centred, saved.method, settings)
            found[key] = FinishedMap(
                Projection(saved.xy, saved.method, dict(saved.parameters), saved.seed),
                saved.trustworthiness,
            )
    return found
