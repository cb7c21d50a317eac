"""The session file that the server's owner names, with which every visitor begins."""

import logging
import os
from functools import cache
from pathlib import Path

import streamlit as st

from collection.collection import Collection
from collection.upload import Remark
from exchange.errors import SessionFileError
from exchange.session_file.contents import OpenedSession
from exchange.session_file.reader import read_session
from ui.session_file.opening import known_pictures, open_in
from ui.state.session import Session

SESSION_VARIABLE = "SHARED_SPACE_SESSION"
"""Environment variable: the path of a session file."""

_BEGUN = "begun-with-a-session"


def begin_with_the_session(state: Session) -> None:
    """Open the file in a new session, once; what is the matter with it is said on the page."""
    path = os.environ.get(SESSION_VARIABLE, "").strip()
    if not path or _BEGUN in st.session_state:
        return
    st.session_state[_BEGUN] = True
    found = _read(path)
    if isinstance(found, OpenedSession):
        open_in(state, found, undoable=False)
    else:
        state.editing.remarks = (Remark(found, serious=True),)


@cache
def _read(path: str) -> OpenedSession | str:
    """Return what the file holds, the same objects for all visitors, or why it cannot be opened."""
    try:
        with Path(path).expanduser().open("rb") as file:
            return read_session(Path(path).name, file, known_pictures(Collection()))
    except SessionFileError as error:
        trouble = str(error)
    except OSError as error:
        trouble = (
            f"{Path(path).name}, named in {SESSION_VARIABLE}, cannot be read "
            f"({error.strerror}). Check its path."
        )
    logging.getLogger(__name__).warning("%s", trouble)
    return trouble
