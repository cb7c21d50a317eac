"""What of the Groups page stands in its address."""

from space.clustering import METHODS
from ui.address.parameter import Choice, Parameter, by_name, by_title
from ui.groups.controls import AUTOMATIC, GROUPED, MAP, MOST_GROUPS, ROWS

_COUNTS = {str(number): number for number in range(2, MOST_GROUPS + 1)}

PARAMETERS: tuple[Parameter, ...] = (
    Choice("look", "groups-part", {"rows": ROWS, "map": MAP}, ROWS, steps=True),
    Choice("of", "groups-of", by_title(GROUPED), next(iter(GROUPED)), steps=True),
    Choice("method", "groups-method", by_name(METHODS), "hierarchical", steps=True),
    Choice("count", "groups-count", _COUNTS, AUTOMATIC),
    Choice("smallest", "groups-smallest", _COUNTS, AUTOMATIC),
)
