"""The upload field: what is dropped, picked or pasted goes into the collection at once."""

import streamlit as st

from collection.intake import ACCEPTED_EXTENSIONS, take_in
from collection.upload import Upload
from ui.elements.text import counted
from ui.state.session import Session

# SVG is let through so that the collection can say what to do with it. HEIC is not named:
# phones then convert their pictures by themselves.
_TYPES = [*ACCEPTED_EXTENSIONS, "svg"]


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
    # No call of Streamlit's until all is taken in: leaving the page would cut it short there.
    with slot, st.spinner(f"Reading {counted(len(files), 'file')}"):
        result = take_in(state.collection, [Upload(f.name, f.getvalue()) for f in files])
        state.editing.accept(result)
    state.editing.uploads += 1  # a new key empties the field, so the original bytes are let go
    st.rerun()
