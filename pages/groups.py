"""Groups: what belongs together, and what does not fit?"""

import streamlit as st

from ui.guards import needs_results
from ui.odd_captions import swapped_captions, unusual_pairs
from ui.odd_items import far_items, near_duplicates
from ui.planting import planting
from ui.shell import open_page, question
from ui.tile_events import listen_to_tiles

GROUPS, ODD = "Groups", "Odd ones out"

state = open_page("Groups")
question(
    "What belongs together, and what does not fit?",
    "Each model sorts the same items into groups by how close they lie. What it finds odd may be "
    "a wrong caption, a foreign picture, or the model's own mistake: look and decide.",
)
needs_results(state)
part = st.segmented_control(
    "Look at",
    (GROUPS, ODD),
    default=GROUPS,
    required=True,
    key="groups-part",
    persist_state="session",
)
if part == ODD:
    planting(state)
    swapped_captions(state)
    unusual_pairs(state)
    far_items(state)
    near_duplicates(state)
listen_to_tiles(state)
