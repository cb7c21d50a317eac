"""Scorecard: which provider is better on my data, and do two see the same world?"""

from ui.elements.tile_events import listen_to_tiles
from ui.run.empty_state import needs_results
from ui.scorecard.address import PARAMETERS
from ui.scorecard.scorecard import scorecard_page
from ui.selection.bar import selection_bar
from ui.shell import open_page, question

state = open_page("Scorecard", PARAMETERS)
question(
    "Which provider is better on my data?",
    "How well each Setup finds a caption's own picture, and a picture's own caption.",
)
needs_results(state)
scorecard_page(state)
listen_to_tiles(state)
selection_bar(state)
