"""The dialog that sets up one row: its key, its model, and what is to be known about it."""

import streamlit as st

from providers.info import ProviderInfo
from providers.registry import info_of
from ui.elements.text import markdown_text
from ui.providers.key_panel import key_panel
from ui.providers.model_panel import model_panel
from ui.state.session import Session

_OPEN = "setup-dialog-row"


def open_setup_dialog(row: int) -> None:
    """Open the dialog of a row, in this run of the page and until it is closed."""
    st.session_state[_OPEN] = row


def close_setup_dialog() -> None:
    """Close the dialog, and with it let go of what was half typed."""
    st.session_state.pop(_OPEN, None)


def setup_dialog(state: Session) -> None:
    """Draw the dialog that is open, if one is.

    It is drawn by every run of the page, so that a run that reports its progress leaves it open.
    """
    row = st.session_state.get(_OPEN)
    if row is None:
        return
    if row not in state.compared.rows_of(state.compared.setup_of(row).provider):
        close_setup_dialog()
        return
    info = info_of(state.compared.setup_of(row))
    st.dialog(f"Set up {info.title}", width="medium", on_dismiss=close_setup_dialog)(_content)(
        state, info, row
    )


def _content(state: Session, info: ProviderInfo, row: int) -> None:
    if info.embedded:
        _about(state, info, row)
        return
    if info.notes:
        st.caption(f":material/info: {info.notes[0]}")
    key, model, about = st.tabs(["Key", "Model", "About"])
    with key:
        if key_panel(state, info, row):
            close_setup_dialog()
            st.rerun()
    with model:
        model_panel(state, info, row)
    with about:
        _about(state, info, row)


def _about(state: Session, info: ProviderInfo, row: int) -> None:
    setup = state.compared.setup_of(row)
    price = info.model(setup.model).price
    st.markdown(info.summary)
    st.markdown(f":material/thumb_up: **Good at:** {info.good_at}")
    st.markdown(f":material/thumb_down: **Bad at:** {info.bad_at}")
    for note in info.notes:
        st.markdown(f":material/info: {note}")
    lines = [f"Licence: {info.licence}. [About it]({info.home_page})."]
    if info.embedded:
        lines.append("Runs on this machine: no key, no network, no cost.")
    elif price is None:
        lines.append(f"Price: unknown. Look on [the provider's page]({info.home_page}).")
    else:
        lines.append(
            f"Price: {markdown_text(price.words)} ([source]({price.source}), as of {price.date})."
        )
    st.caption("  \n".join(lines))
