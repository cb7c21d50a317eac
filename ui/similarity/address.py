"""What of the Similarity page stands in its address."""

from space.order import ORDERS
from space.similarity import SCALES
from ui.address.parameter import Choice, Number, Parameter, by_name, by_title
from ui.similarity.controls import ROWS
from ui.similarity.heatmap_view import VIEW_KEY, VIEWS

PARAMETERS: tuple[Parameter, ...] = (
    Choice("view", VIEW_KEY, by_name(VIEWS), "captions", steps=True),
    Choice("rows", "heatmap-rows", by_title(ROWS), next(iter(ROWS)), steps=True),
    Choice("order", "heatmap-order", by_name(ORDERS), "pair", steps=True),
    Choice("scale", "heatmap-scale", by_name(SCALES), "cosine", steps=True),
    *(
        Number(scale.parameter.name, f"heatmap-{scale.parameter.name}", scale.parameter)
        for scale in SCALES.values()
        if scale.parameter is not None
    ),
)
