"""Map: what does the shared space look like? Maps side by side, linked."""

import streamlit as st

from ui.elements.chart_events import listen
from ui.elements.columns import side_by_side
from ui.elements.label_choice import numbered_labels
from ui.elements.tile_events import listen_to_tiles
from ui.map.address import PARAMETERS
from ui.map.controls import map_controls
from ui.map.label_colours import label_legend
from ui.map.panels import MapGroups, map_panels, select_clicked
from ui.map.selected_items import selected_items
from ui.run.empty_state import needs_results
from ui.selection.bar import selection_bar
from ui.shell import open_page, question

state = open_page("Map", PARAMETERS)
question(
    "What does the shared space look like?",
    "What lies close together is alike to the model. Click a mark, or draw a loop around several, "
    "to see what is nearest to them.",
    "A line joins a caption with its own picture: the thicker it is, the closer the two really "
    "are. Trustworthiness: how far neighbours on the map are neighbours in the space of the "
    "vectors, too; 1 is all. Modality gap: how far the middle of the captions lies from that of "
    "the pictures; 0 is none, 2 the most.",
)
needs_results(state)
choices = map_controls(state.collection)
above = st.container()
columns = side_by_side(len(state.shown))
if choices.label is None:
    panels = map_panels(state, choices, columns)
else:
    labels, label_of = numbered_labels(state.collection, choices.label)
    with above:
        label_legend(labels, some_without=len(label_of) < len(state.collection))
    groups = MapGroups(label_of, dict(enumerate(labels)))
    panels = map_panels(state, choices, columns, dict.fromkeys(state.shown, groups))
listen("map-events", panels.items, panels.charts, select_clicked)
selected_items(state)
listen_to_tiles(state)
selection_bar(state)
