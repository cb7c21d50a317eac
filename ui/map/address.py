"""What of the Map page stands in its address."""

from space.projection import METHODS
from ui.address.parameter import Choice, Number, Parameter, by_name, switch

_SETTINGS = {s.name: s for method in METHODS.values() for s in method.settings}

PARAMETERS: tuple[Parameter, ...] = (
    Choice("projection", "map-method", by_name(METHODS), "umap", steps=True),
    switch("centred", "map-centred"),
    *(Number(name, f"map-{name}", setting) for name, setting in _SETTINGS.items()),
)
