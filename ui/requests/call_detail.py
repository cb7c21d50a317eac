"""One call, to copy from: as curl, in Python, through `connect`, and what came back."""

import streamlit as st

from providers.snippets.pictures import pictures_zip
from providers.snippets.shown_call import ShownCall, shown_call
from providers.transport.call_log import UNDER_WAY, Call
from ui.elements.text import message_text
from ui.requests.commands import TITLES, commands, picture_names
from ui.state.session import Session


def call_detail(state: Session, call: Call) -> None:
    """Draw the call as text that can be pasted, each with a copy button, and the answer."""
    # In places of their own: else another call's tabs would stand beside the former's for a moment.
    warning, pictures = st.container(), st.container()
    if not call.ok:
        warning.warning(message_text(call.outcome), icon=":material/error:")
    names = picture_names(state.collection)
    shown = shown_call(call, names, state.keyring.lent_variables)
    with pictures:
        _pictures(call, shown)
    *tabs, answer = st.tabs([*TITLES, "Answer"])
    commands(tabs, shown, again=": it gives the same vectors again")
    with answer:
        st.caption("Vectors are shortened.")
        yet = " yet" if call.outcome == UNDER_WAY else ""
        st.code(call.answer or f"Nothing came back{yet}.", language="json")


def _pictures(call: Call, shown: ShownCall) -> None:
    """Offer the pictures exactly as they were sent, under the names used below."""
    if not shown.file_names:
        return
    st.download_button(
        f"Download the pictures of this call ({len(shown.file_names)})",
        data=lambda: pictures_zip(shown.pictures, shown.file_names),
        file_name=f"call-{call.number}-pictures.zip",
        mime="application/zip",
        icon=":material/download:",
        on_click="ignore",
    )
    st.caption(
        "The commands below read these files from the folder they are run in; any other JPEG of "
        "that name works, too."
    )
