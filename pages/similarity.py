"""Similarity: which caption fits which picture? Heatmaps side by side."""

import streamlit as st

from ui.elements.columns import side_by_side
from ui.elements.setup_header import setup_header
from ui.run.empty_state import needs_results
from ui.shell import open_page, question
from ui.similarity.cell_detail import cell_detail
from ui.similarity.controls import similarity_controls
from ui.similarity.heatmap_panel import heatmap_panel, listen_to_panels
from ui.similarity.heatmap_view import VIEW_KEY, VIEWS
from ui.similarity.verdicts import verdicts

state = open_page("Similarity")
question(
    "Which caption fits which picture?",
    VIEWS[st.session_state.get(VIEW_KEY, "captions")].sentence,
)
needs_results(state)
view = similarity_controls(state)
if not view.shown_rows or not view.shown_columns:
    st.info("This view needs captions and pictures. Add some, or look at All × all.")
    st.page_link("pages/collection.py", label="Add some", icon=":material/photo_library:")
    st.stop()
if not view.view.same:
    verdicts(state)
panels = []
for column, embeddings in zip(side_by_side(len(state.shown)), state.shown.values(), strict=True):
    with column:
        setup_header(state, embeddings)
        key = f"heatmap-{state.compared.colour_index(embeddings.setup)}"
        panels.append(heatmap_panel(state, view, embeddings, key))
clicked = listen_to_panels(view, panels)
st.caption(view.scale_in_words)
cell_detail(state, view, panels, clicked)
