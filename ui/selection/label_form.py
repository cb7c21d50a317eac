"""What opens at “Label these”: the label's name and its value."""

import streamlit as st

from collection.columns import MAIN_LABEL
from ui.selection.actions import MAX_LABEL_CHARACTERS, label, remove_label, with_partners
from ui.state.session import Session, session

_OPEN, _NAME, _VALUE, _EMPTY = "label-open", "label-name", "label-value", "label-empty"


def label_form(state: Session, partners: bool) -> None:
    """Draw the button that opens the fields; `partners`: whether those of the items go along."""
    with st.popover("Label these", key=_OPEN, on_change="rerun"), st.form("label", border=False):
        names = list(dict.fromkeys((MAIN_LABEL, *state.collection.label_names)))
        st.selectbox(
            "Label",
            names,
            key=_NAME,
            accept_new_options=True,
            help="Choose one, or type a new one.",
        )
        st.text_input(
            "Value", key=_VALUE, max_chars=MAX_LABEL_CHARACTERS, placeholder="for example: check"
        )
        if st.session_state.pop(_EMPTY, False):
            st.warning("Write a value first.")
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button("Apply", type="primary", on_click=_apply, args=(partners,))
            if _have_labels(state, partners):
                st.form_submit_button("Remove label", on_click=_remove, args=(partners,))


def _have_labels(state: Session, partners: bool) -> bool:
    return not with_partners(state, partners).isdisjoint(state.collection.labels)


def _apply(partners: bool) -> None:
    value = " ".join(st.session_state[_VALUE].split())
    if not value:
        st.session_state[_EMPTY] = True
        return
    label(session(), _name(), value, partners=partners)
    _close()


def _remove(partners: bool) -> None:
    remove_label(session(), _name(), partners=partners)
    _close()


def _name() -> str:
    written = st.session_state[_NAME] or MAIN_LABEL
    return " ".join(written.split())[:MAX_LABEL_CHARACTERS] or MAIN_LABEL


def _close() -> None:
    st.session_state[_OPEN] = False
    st.session_state[_VALUE] = ""
