"""The colours and shapes of every chart, safe for colour-blind eyes.

The first six setup colours are from Okabe and Ito, "Color Universal Design" (2008), the others
from Paul Tol, "Colour Schemes" (SRON/EPS/TN/09-002), muted qualitative scheme.
"""

from collection.items import Modality

SETUP_COLOURS = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9",
    "#882255", "#999933", "#332288", "#44AA99", "#117733", "#AA4499",
)  # fmt: skip

SEQUENTIAL = "cividis"
DIVERGING = "RdBu_r"

MARK_SYMBOLS = {Modality.TEXT: "diamond", Modality.PICTURE: "circle"}
MARK_COLOURS = {Modality.TEXT: "#E69F00", Modality.PICTURE: "#56B4E9"}
SELECTED = "#D55E00"

FONT_SIZE = 14


def setup_colour(position: int) -> str:
    """Return the colour of the Setup at this position; after twelve they begin again."""
    return SETUP_COLOURS[position % len(SETUP_COLOURS)]
