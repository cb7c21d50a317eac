"""The upload field: what is dropped, picked or pasted goes into the collection at once."""

import streamlit as st

from collection.file_name import display_name
from collection.intake import take_in
from collection.limits import MAX_PICTURE_BYTES, MAX_UPLOAD_BYTES
from collection.picture_format import PICTURE_FORMATS
from collection.upload import Remark, Upload
from exchange.brought.held_vectors import HeldVectors, held_vectors
from exchange.session_file.reader import is_session_file
from ui.brought.bring_in import bring_in_beside
from ui.collection.room import SERVER_FULL, has_room
from ui.elements.text import counted
from ui.session_file.open_field import open_upload
from ui.state.session import Session

_PICTURE_MB, _UPLOAD_MB = MAX_PICTURE_BYTES // 2**20, MAX_UPLOAD_BYTES // 2**20


def uploader(state: Session) -> None:
    """Draw the upload field, and take in what was dropped there.

    A session file is opened, and vectors without pictures and captions stand beside what is there.
    """
    uploads = state.editing.uploads
    files = st.file_uploader(
        f"Pictures, captions, or a ZIP of both: up to {_PICTURE_MB} MB a picture, "
        f"{_UPLOAD_MB} MB a ZIP",
        accept_multiple_files=True,
        key=f"upload-{uploads}",
        help=f"Pictures are {PICTURE_FORMATS}; you can also paste one here. Captions are a table "
        "with a column of file names and one of captions (CSV, Excel, JSON, Parquet), or a text "
        "file beside each picture. Known data sets such as Flickr8k and COCO are read as they are.",
    )
    folder = st.file_uploader(
        "Or a whole folder, with the folders in it",
        accept_multiple_files="directory",
        key=f"folder-{uploads}",
    )
    files = [*files, *folder]
    slot = st.container()
    if not files:
        return
    if not has_room(state):
        state.editing.remarks = (Remark(SERVER_FULL, serious=True),)
        state.editing.uploads += 1
        st.rerun()
    if saved := next((file for file in files if is_session_file(file)), None):
        open_upload(state, saved.name, saved)
        state.editing.uploads += 1
        st.rerun()
    # No call of Streamlit's until all is taken in: leaving the page would cut it short there.
    with slot, st.spinner(f"Reading {counted(len(files), 'file')}"):
        _take(state, [Upload(f.name, f.getvalue()) for f in files])
    state.editing.uploads += 1  # a new key empties the field, so the original bytes are let go
    st.rerun()


def _take(state: Session, uploads: list[Upload]) -> None:
    """Take in what these files bring: pictures and words, then vectors that stand alone."""
    editing, held = state.editing, [held_vectors(upload) for upload in uploads]
    alone = [u for u, has in zip(uploads, held, strict=True) if has is HeldVectors.ALONE]
    others = [u for u, has in zip(uploads, held, strict=True) if has is not HeldVectors.ALONE]
    if others:
        editing.accept_upload(take_in(state.collection, others), others, state.collection)
    else:
        editing.say_nothing()
    for upload, has in zip(uploads, held, strict=True):
        if has is HeldVectors.BESIDE_WORDS:
            words = "has vectors, too. Bring vectors shows them as one more Setup."
            editing.remarks += (Remark(f"{display_name(upload.name)} {words}", serious=False),)
    bring_in_beside(state, alone)
