"""The bar at the foot of the window: how many items are selected, and what to do with them."""

import html

import streamlit as st

from ui.elements.announcer import announce
from ui.elements.text import counted, markdown_text
from ui.export.dialog import open_export_dialog
from ui.selection.actions import (
    Done,
    forget_done,
    forget_what_is_gone,
    in_words,
    keep_only,
    latest_done,
    remove,
    undo,
    with_partners,
)
from ui.selection.label_form import label_form
from ui.state.session import Session, session

_PARTNERS = "selection-partners"

_PARTNERS_HELP = (
    "Keep, Label and Export take along the captions of selected pictures, and the pictures of "
    "selected captions. Remove takes along what would be left without a partner."
)


def selection_bar(state: Session) -> None:
    """Draw the bar where something is selected, or was just done with it. The page's last call."""
    forget_what_is_gone(state)
    done = latest_done(state)
    count = len(state.selected)
    said = f"{counted(count, 'item')} selected" if count else ""
    announce("selection", said if done is None else done.words)
    if not count and done is None:
        return
    with st.container(key="selection-bar", gap="xsmall"):
        if done is not None:
            _done(state, done)
        if count:
            _selected(state, count)


def _done(state: Session, done: Done) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="bar-done"):
        st.markdown(f":material/check: {markdown_text(done.words)}", width="content")
        if done.undoable and state.editing.undoes is not None:
            st.button(
                f"Undo {state.editing.undoes}",
                icon=":material/undo:",
                key="selection-undo",
                on_click=undo,
                args=(state,),
            )
        st.button(
            "Close",
            icon=":material/close:",
            key="selection-close",
            type="tertiary",
            on_click=forget_done,
        )


def _selected(state: Session, count: int) -> None:
    collection = state.collection
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="bar-row"):
        st.html(
            f'<div class="count"><b>{counted(count, "item")} selected</b>'
            f"<span>{html.escape(in_words(collection, state.selected))}</span></div>",
            width="content",
        )
        partners = bool(collection.pairs) and st.toggle(
            "With partners",
            value=True,
            key=_PARTNERS,
            persist_state="session",
            help=_PARTNERS_HELP,
            width="content",
        )
        st.button(
            "Keep only these",
            key="selection-keep",
            disabled=len(with_partners(state, partners)) == len(collection),
            on_click=_keep,
            args=(partners,),
        )
        st.button("Remove these", key="selection-remove", on_click=_remove, args=(partners,))
        label_form(state, partners)
        st.button("Export these", key="selection-export", on_click=_export, args=(partners,))
        st.button(
            "Clear selection",
            icon=":material/deselect:",
            key="selection-clear",
            type="tertiary",
            on_click=_clear,
        )


def _keep(partners: bool) -> None:
    keep_only(session(), partners=partners)


def _remove(partners: bool) -> None:
    remove(session(), partners=partners)


def _export(partners: bool) -> None:
    state = session()
    state.selected = with_partners(state, partners)
    open_export_dialog(selected_only=True)


def _clear() -> None:
    session().selected = frozenset()
    forget_done()
