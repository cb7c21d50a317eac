"""The button that saves the session as a file, made when it is pressed."""

from datetime import datetime
from functools import partial

import streamlit as st

from collection.limits import MAX_UPLOAD_BYTES
from exchange.session_file.contents import size_of
from ui.session_file.saving import contents_of, session_file
from ui.state.session import Session

_MB = 2**20


def save_button(state: Session, key: str) -> None:
    """Draw Save session; where the file cannot be uploaded again, say how else to open it."""
    # It knows every page, and some of them take a second to import: not before there is something.
    from ui.session_file.views import chosen_views

    state.views = chosen_views()
    st.download_button(
        "Save session",
        data=partial(session_file, state, state.views),
        file_name=f"shared-space-{datetime.now().astimezone():%Y-%m-%d}.zip",
        mime="application/zip",
        key=key,
        on_click="ignore",
        icon=":material/save:",
        help="One file with the pictures, captions, vectors and maps, and no key. “Open session” "
        "brings all of it back, also on another machine, without keys and network.",
    )
    too_large = size_in_words(state)
    if too_large:
        st.caption(too_large)


def size_in_words(state: Session) -> str:
    """Return what to know before saving a file that is too large to upload again; "" if it is not.

    The pictures and vectors decide it, so nothing is written to find out.
    """
    size = size_of(contents_of(state, {}))
    if size <= MAX_UPLOAD_BYTES:
        return ""
    return (
        f"About {size / _MB:,.0f} MB, and an upload may have {MAX_UPLOAD_BYTES // _MB}: open this "
        "file with `make run SESSION=file.zip`."
    )
