"""The upload field: what is dropped, picked or pasted goes into the collection at once."""

import streamlit as st

from collection.intake import ACCEPTED_EXTENSIONS, take_in
from collection.upload import Remark, Upload
from ui.elements.text import counted
from ui.server.sessions import server_sessions
from ui.state.session import Session

# SVG is let through so that the collection can say what to do with it. HEIC is not named:
# phones then convert their pictures by themselves.
_TYPES = [*ACCEPTED_EXTENSIONS, "svg"]


_SERVER_FULL = (
    "Nothing was taken in: this server holds as many pictures as it can take for everybody "
    "together. Take some out, or try again when others have left."
)


def uploader(state: Session) -> None:
    """Draw the upload field, and take in what was dropped there."""
    files = st.file_uploader(
        "Pictures, a table of captions, or a ZIP of both",
        type=_TYPES,
        accept_multiple_files=True,
        key=f"upload-{state.editing.uploads}",
        help="JPEG, PNG, WebP, GIF, BMP and AVIF up to 20 MB each. You can also paste a picture "
        "here. A table is a CSV with the columns file_name and text. A ZIP holds pictures and "
        "a metadata.csv or metadata.jsonl. Convert HEIC pictures to JPEG first.",
    )
    slot = st.container()
    if not files:
        return
    if not server_sessions().room:
        state.editing.remarks = (Remark(_SERVER_FULL, serious=True),)
        state.editing.uploads += 1
        st.rerun()
    # No call of Streamlit's until all is taken in: leaving the page would cut it short there.
    with slot, st.spinner(f"Reading {counted(len(files), 'file')}"):
        result = take_in(state.collection, [Upload(f.name, f.getvalue()) for f in files])
        state.editing.accept(result)
    state.editing.uploads += 1  # a new key empties the field, so the original bytes are let go
    st.rerun()
