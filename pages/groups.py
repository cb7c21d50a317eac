"""Groups: what belongs together, and what does not fit?"""

import streamlit as st

from space.projection import Settings
from ui.elements.chart_events import listen
from ui.elements.choice import one_of
from ui.elements.columns import side_by_side
from ui.elements.tile_events import listen_to_tiles
from ui.groups.agreement import group_agreement
from ui.groups.controls import group_controls
from ui.groups.named_groups import named_groups
from ui.groups.panels import group_legend, group_panels
from ui.groups.table import group_table
from ui.map.controls import MapChoices
from ui.map.panels import map_panels
from ui.odd_ones_out.captions import swapped_captions, unusual_pairs
from ui.odd_ones_out.items import far_items, near_duplicates
from ui.odd_ones_out.swap_exercise import planting
from ui.run.empty_state import needs_results
from ui.shell import open_page, question
from ui.state.session import Session

GROUPS, MAP, ODD = "Groups", "Groups on the map", "Odd ones out"


def groups(state: Session, *, on_map: bool) -> None:
    """Draw the groups of every Setup, as rows or on the map, and how far they agree."""
    choices = group_controls(state.collection)
    found = named_groups(state, choices)
    if not any(groups.items for groups in found):
        st.info("There is nothing of this kind to group. Choose another kind above.")
        return
    columns = side_by_side(len(found))
    if on_map:
        of_setup = {groups.embeddings.setup: groups.group_of for groups in found}
        drawn = map_panels(
            state, MapChoices("umap", Settings(), choices.centred), columns, of_setup
        )
        listen("group-map-events", drawn.items, drawn.charts)
        group_legend(found, columns)
    else:
        group_panels(state, found, columns)
    group_agreement(state, found)
    group_table(state, found)


def odd_ones_out(state: Session) -> None:
    """Draw what does not fit: captions, pairs, items, and what is there twice."""
    planting(state)
    swapped_captions(state)
    unusual_pairs(state)
    far_items(state)
    near_duplicates(state)


state = open_page("Groups")
question(
    "What belongs together, and what does not fit?",
    "Each model sorts the same items by how close they lie. What it finds odd may be a wrong "
    "caption, a foreign picture, or the model's own mistake: look and decide.",
)
needs_results(state)
part = one_of("Look at", (GROUPS, MAP, ODD), "groups-part")
if part == ODD:
    odd_ones_out(state)
else:
    groups(state, on_map=part == MAP)
listen_to_tiles(state)
