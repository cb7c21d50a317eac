"""What of the Scorecard page stands in its address."""

from space.scorecard import Direction
from ui.address.parameter import Choice, Parameter, by_title, switch
from ui.scorecard.headline import DIRECTION_KEY

PARAMETERS: tuple[Parameter, ...] = (
    Choice("direction", DIRECTION_KEY, by_title(Direction), Direction.BOTH, steps=True),
    switch("all", "scorecard-all"),
)
