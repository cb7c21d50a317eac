"""Search: find pictures by words, words by pictures, more like this."""

import streamlit as st

from ui.elements.announcer import announce
from ui.elements.columns import side_by_side
from ui.elements.tile_events import listen_to_tiles
from ui.run.empty_state import needs_results
from ui.search.address import PARAMETERS
from ui.search.asked_query import ask_providers
from ui.search.controls import blank_page, search_controls
from ui.search.corrected_query import say_correction_of_query
from ui.search.options import hits_are_hidden, offer_the_hits
from ui.search.results import search_in_words, search_results, search_warnings
from ui.search.together import all_together
from ui.selection.bar import selection_bar
from ui.selection.select_button import select_button
from ui.shell import open_page, question

state = open_page("Search", PARAMETERS)
question(
    "What does each model find?",
    None,
    "Type what you would like to see. Every model ranks the same items by how close they lie to "
    "your words. Point at a picture to find it in the other columns.",
)
needs_results(state)
choices = search_controls(state)
if state.search.query.blank:
    blank_page()
    selection_bar(state)
    st.stop()
asked = ask_providers(state, choices.target)
search_warnings(state, asked)
if hits_are_hidden(state):
    offer_the_hits()
    selection_bar(state)
    st.stop()
if choices.only is not None:
    st.caption("Only items with the chosen labels are searched; see Options.")
columns = side_by_side(len(state.shown) + choices.together)
found = search_results(state, choices, asked, columns[: len(state.shown)])
if choices.together:
    with columns[-1]:
        found += all_together(state, choices, asked)
if found:
    say_correction_of_query(state, choices.target)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(
            "Captions and pictures are ranked apart, and each model on its own: cosines of two "
            "kinds, or of two models, are not on one scale.",
            width="content",
        )
        select_button("Select these hits", found, "hits")
listen_to_tiles(state)
announce("search", search_in_words(state, asked))
selection_bar(state)
