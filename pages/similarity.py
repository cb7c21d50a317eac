"""Similarity: which caption fits which picture? Heatmaps side by side."""

import streamlit as st

from ui.elements.correction import say_correction
from ui.run.empty_state import needs_results
from ui.selection.bar import selection_bar
from ui.shell import open_page, question
from ui.similarity.address import PARAMETERS
from ui.similarity.cell_strip import cell_strip
from ui.similarity.chosen_cell import choose_cell, chosen_cell
from ui.similarity.controls import similarity_controls
from ui.similarity.heatmap_panel import heatmap_tables, listen_to_panels
from ui.similarity.heatmap_view import TERMS, VIEW_KEY, VIEWS
from ui.similarity.heatmaps import heatmaps
from ui.similarity.misses import missed_captions
from ui.similarity.verdicts import verdicts

state = open_page("Similarity", PARAMETERS)
shown = VIEWS[st.session_state.get(VIEW_KEY, "captions")]
question(shown.question, shown.sentence, TERMS)
needs_results(state)
view = similarity_controls(state)
strip = st.container()
if not view.rows or not view.columns:
    st.info("This view needs captions and pictures. Add some, or look at All × all.")
    st.page_link("pages/collection.py", label="Add some", icon=":material/photo_library:")
    selection_bar(state)
    st.stop()
if not view.view.same:
    verdicts(state)
    missed = missed_captions(state)
    if missed is not None:
        choose_cell(*missed)
if not view.shown_rows:
    st.info("There is no such row: every Setup finds the same captions' pictures.")
    selection_bar(state)
    st.stop()
cell = chosen_cell(view)
panels = heatmaps(state, view, cell)
listen_to_panels(view, panels, choose_cell)
if cell is not None:
    with strip:
        cell_strip(state, view, panels, cell)
st.caption(view.scale_in_words)
say_correction(across=not view.view.same)
heatmap_tables(state, view, panels)
selection_bar(state)
