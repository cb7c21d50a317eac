"""Odd ones out: what does not fit?"""

from ui.elements.tile_events import listen_to_tiles
from ui.odd_ones_out.address import PARAMETERS
from ui.odd_ones_out.sections import odd_ones_out
from ui.run.empty_state import needs_results
from ui.selection.bar import selection_bar
from ui.shell import open_page, question

state = open_page("Odd ones out", PARAMETERS)
question(
    "What does not fit?",
    "A wrong caption, a foreign picture, or the model's own mistake: look and decide.",
)
needs_results(state)
odd_ones_out(state)
listen_to_tiles(state)
selection_bar(state)
