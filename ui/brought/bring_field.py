"""The field that brings in vectors which were computed elsewhere."""

import streamlit as st

from collection.limits import MAX_UPLOAD_BYTES
from collection.upload import Upload
from exchange.brought.reader import VECTOR_EXTENSIONS
from providers.brought import MAX_NAME_CHARACTERS
from ui.brought.bring_in import bring_in
from ui.state.session import Session, session

_OPEN, _NAME = "bring-vectors", "bring-vectors-name"
_FORMATS = (
    "NPZ: an array of numbers with a row for each item, and an array `file_names`, `captions` or "
    "`ids`. Parquet: a column of lists of numbers, and a column `file_name`, `caption` or `id`. "
    "CSV: the same, with lists such as [0.1, 0.2], or a number a column (dim_0, dim_1, …)."
)


def bring_field(state: Session) -> None:
    """Draw Bring vectors behind a button; what was brought takes part at once."""
    with st.popover(
        "Bring vectors",
        icon=":material/input:",
        key=_OPEN,
        on_change="rerun",
        disabled=not len(state.collection),
        help=None if len(state.collection) else "Bring the pictures and captions first.",
    ):
        st.markdown(
            "Vectors that you computed elsewhere, with the file name, the caption or the id of "
            "the item beside each. They stand beside the others as one more Setup."
        )
        st.text_input("Name", key=_NAME, placeholder="as the file", max_chars=MAX_NAME_CHARACTERS)
        key = f"vectors-file-{state.editing.uploads}"
        st.file_uploader(
            "An NPZ, Parquet or CSV file",
            type=list(VECTOR_EXTENSIONS),
            key=key,
            max_upload_size=MAX_UPLOAD_BYTES // 2**20,
            help=_FORMATS,
            on_change=_take_upload,
            args=(key,),
        )


def _take_upload(key: str) -> None:
    upload, state = st.session_state[key], session()
    if upload is None:
        return
    st.session_state[_OPEN] = False
    state.editing.uploads += 1  # a new key empties the field
    name = st.session_state.get(_NAME) or ""
    if bring_in(state, Upload(upload.name, upload.getvalue()), name):
        st.session_state[_NAME] = ""
