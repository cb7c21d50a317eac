"""The field that opens a session file."""

import io

import streamlit as st

from collection.limits import MAX_UPLOAD_BYTES
from collection.upload import Remark
from exchange.errors import SessionFileError
from exchange.session_file.reader import read_session
from ui.collection.room import SERVER_FULL, has_room
from ui.session_file.opening import known_pictures, open_in
from ui.state.session import Session, session

_OPEN, _JUST = "open-session", "session-just-opened"


def open_field(state: Session) -> bool:
    """Draw Open session behind a button; return whether a file was opened just now."""
    with st.popover("Open session", icon=":material/folder_open:", key=_OPEN, on_change="rerun"):
        key = f"session-file-{state.editing.uploads}"
        st.file_uploader(
            "A file from “Save session”",
            type="zip",
            key=key,
            max_upload_size=MAX_UPLOAD_BYTES // 2**20,
            help="It takes the place of what is here; Undo brings that back.",
            on_change=_take_upload,
            args=(key,),
        )
    return bool(st.session_state.pop(_JUST, False))


def _take_upload(key: str) -> None:
    upload, state = st.session_state[key], session()
    if upload is None:
        return
    st.session_state[_OPEN] = False
    state.editing.uploads += 1  # a new key empties the field
    st.session_state[_JUST] = open_upload(state, upload.name, upload)


def open_upload(state: Session, name: str, file: io.BytesIO) -> bool:
    """Open an uploaded session file; return whether it was one, and say so where it was not."""
    if not has_room(state):
        state.editing.remarks = (Remark(SERVER_FULL, serious=True),)
        return False
    try:
        opened = read_session(name, file, known_pictures(state.collection))
    except SessionFileError as error:
        state.editing.remarks = (Remark(str(error), serious=True),)
        return False
    open_in(state, opened)
    return True
