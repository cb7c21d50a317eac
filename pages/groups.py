"""Groups: what belongs together, and do the models agree?"""

from ui.elements.tile_events import listen_to_tiles
from ui.groups.address import PARAMETERS
from ui.groups.groups import groups
from ui.run.empty_state import needs_results
from ui.selection.bar import selection_bar
from ui.shell import open_page, question

state = open_page("Groups", PARAMETERS)
question(
    "What belongs together?",
    "Each model sorts the same items by how close they lie. Open a group to see all of it.",
)
needs_results(state)
members = groups(state)
listen_to_tiles(state, members)
selection_bar(state)
