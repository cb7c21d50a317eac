"""Map: what does the shared space look like? Maps side by side, linked."""

from ui.elements.chart_events import listen
from ui.elements.columns import side_by_side
from ui.elements.tile_events import listen_to_tiles
from ui.map.controls import map_controls
from ui.map.panels import map_panels, select_clicked
from ui.map.selected_items import selected_items
from ui.run.empty_state import needs_results
from ui.shell import open_page, question

state = open_page("Map")
question(
    "What does the shared space look like?",
    "Items that lie close together are alike to the model. A line joins a caption with its own "
    "picture: the brighter the line, the closer the two really are.",
)
needs_results(state)
choices = map_controls()
panels = map_panels(state, choices, side_by_side(len(state.shown)))
listen("map-events", panels.items, panels.charts, select_clicked)
selected_items(state)
listen_to_tiles(state)
