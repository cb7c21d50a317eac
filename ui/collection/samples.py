"""The samples to start from."""

import streamlit as st

from collection.samples import SAMPLES
from ui.collection.replacing import sample_to_load
from ui.state.session import Session


def samples(state: Session) -> None:
    """Draw a button for each sample, and the question before one replaces what is one's own."""
    with st.container(horizontal=True):
        pressed = [
            key
            for key, sample in SAMPLES.items()
            if st.button(sample.title, icon=":material/photo_library:", help=sample.about)
        ]
    key = sample_to_load(state, next(iter(pressed), None), "collection")
    if key is not None:
        state.editing.show_sample(key, SAMPLES[key].title)
        st.rerun()
