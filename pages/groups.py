"""Groups: what belongs together, and what does not fit?"""

from ui.elements.choice import choose_one
from ui.elements.tile_events import listen_to_tiles
from ui.groups.groups import groups
from ui.odd_ones_out.sections import odd_ones_out
from ui.run.empty_state import needs_results
from ui.shell import open_page, question

GROUPS, MAP, ODD = "Groups", "Groups on the map", "Odd ones out"

state = open_page("Groups")
question(
    "What belongs together, and what does not fit?",
    "Each model sorts the same items by how close they lie. What it finds odd may be a wrong "
    "caption, a foreign picture, or the model's own mistake: look and decide.",
)
needs_results(state)
part = choose_one("Look at", (GROUPS, MAP, ODD), "groups-part")
if part == ODD:
    odd_ones_out(state)
else:
    groups(state, on_map=part == MAP)
listen_to_tiles(state)
