"""The collection that a session begins with, named by whoever starts the app on their machine."""

import os
from pathlib import Path

import streamlit as st

from collection.errors import CollectionError
from collection.files_on_disk import files_at
from collection.intake import take_in
from collection.upload import Remark
from ui.state.key_lending import opens_own_files
from ui.state.session import Session

COLLECTION_VARIABLE = "SHARED_SPACE_COLLECTION"
"""Environment variable: the path of a folder, an archive or a table on this machine."""


def open_at_start(state: Session) -> None:
    """Take in what the environment names, once in a session; nothing for visitors from elsewhere.

    What cannot be opened is said on Collection.
    """
    named = os.environ.get(COLLECTION_VARIABLE, "").strip()
    if state.begun or not named:
        return
    if not opens_own_files(COLLECTION_VARIABLE):
        state.begun = True
        return
    path = Path(named).expanduser()
    # No call of Streamlit's until all is taken in: leaving the page would cut it short there.
    with st.spinner(f"Opening {path.name}"):
        try:
            files = files_at(path)
            state.editing.accept_upload(take_in(state.collection, files), files, state.collection)
        except CollectionError as error:
            words = f"{COLLECTION_VARIABLE}: {error}"
            state.editing.remarks = (Remark(words, serious=True),)
        state.begun = True
