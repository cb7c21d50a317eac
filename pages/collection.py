"""Collection: what am I comparing? Samples, upload, captions, pairs."""

import streamlit as st

from ui.collection.adding import adding
from ui.collection.caption_table import caption_table
from ui.collection.label_captions import label_captions
from ui.collection.pairing import another_caption, pairing
from ui.collection.remarks import news
from ui.elements.more_like_this import like_field
from ui.run.panel import run_panel
from ui.selection.bar import selection_bar
from ui.shell import open_page, question

state = open_page("Collection")
question(
    "What am I comparing?",
    "Bring pictures and captions. A caption beside a picture says: these two belong together.",
)
adding(state)
news(state)
if len(state.collection):
    run_panel(state)
    pairing(state)
    label_captions(state)
    caption_table(state)
    another_caption(state)
    like_field(state)
else:
    st.info(
        "Nothing here yet. Press **Gallery** for a sample, or drop some pictures above.",
        icon=":material/photo_library:",
    )
selection_bar(state)
