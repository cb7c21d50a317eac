"""Search: find pictures by words, words by pictures, more like this."""

import streamlit as st

from ui.elements.columns import side_by_side
from ui.elements.tile_events import listen_to_tiles
from ui.run.empty_state import needs_results
from ui.search.asked_query import ask_providers
from ui.search.controls import search_controls
from ui.search.results import search_results, search_warnings
from ui.shell import open_page, question

state = open_page("Search")
question(
    "What does each model find?",
    "Type what you would like to see. Every model ranks the same items by how close they lie to "
    "your words. Point at a picture to find it in the other columns.",
)
needs_results(state)
choices = search_controls(state)
if state.search.query.blank:
    st.info("Type some words above, try an example, or drop a picture.", icon=":material/search:")
    st.stop()
asked = ask_providers(state, choices.target)
search_warnings(state, asked)
if search_results(state, choices, asked, side_by_side(len(state.shown))):
    st.caption(
        "Texts and pictures are ranked apart, and each provider on its own: cosines of two kinds, "
        "or of two providers, are not on one scale. The grey bars are all items, the marks the "
        "hits."
    )
listen_to_tiles(state)
