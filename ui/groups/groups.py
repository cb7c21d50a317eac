"""The groups of every Setup, as rows or on the map, and how far they agree."""

import streamlit as st

from space.projection import Settings
from ui.elements.chart_events import listen
from ui.elements.columns import side_by_side
from ui.groups.agreement import group_agreement
from ui.groups.controls import group_controls
from ui.groups.named_groups import named_groups
from ui.groups.panels import group_legend, group_panels
from ui.groups.table import group_table
from ui.map.controls import MapChoices
from ui.map.panels import map_panels
from ui.state.session import Session


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
