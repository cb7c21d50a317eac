"""The colours and shapes of every chart, safe for colour-blind eyes.

The first six setup colours are from Okabe and Ito, "Color Universal Design" (2008), the others
from Paul Tol, "Colour Schemes" (SRON/EPS/TN/09-002), muted qualitative scheme.

The group colours were searched for: each lies far (CIEDE2000, at least 16) from the first eight
setup colours, so that no group is taken for a Setup, and from the other groups' (19 for usual
sight, 11 as simulated for protanopia, deuteranopia and tritanopia, Machado et al. 2009), with a
contrast of at least 2 to 1 on white and on near black. Twelve can never all be told apart by
everyone, so whatever shows groups writes their numbers too.
"""

import numpy as np
from plotly.colors import hex_to_rgb

from collection.items import Modality

SETUP_COLOURS = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9",
    "#882255", "#999933", "#332288", "#44AA99", "#117733", "#AA4499",
)  # fmt: skip

GROUP_COLOURS = (
    "#9966DD", "#44CC00", "#883300", "#005555", "#DDAAAA", "#DD0088",
    "#778866", "#5500DD", "#AAAADD", "#996600", "#228899", "#555544",
)  # fmt: skip
NO_GROUP = "#8C8C8C"

SEQUENTIAL = "cividis"
DIVERGING = "RdBu_r"

MARK_SYMBOLS = {Modality.TEXT: "diamond", Modality.PICTURE: "circle"}
MARK_COLOURS = {Modality.TEXT: "#E69F00", Modality.PICTURE: "#56B4E9"}
SELECTED = "#D55E00"
SEPARATOR = "#D55E00"
"""Of the line between captions and pictures."""
INK = {"light": "#22272b", "dark": "#e9e7e3"}
"""The colour of words in charts, by theme; the same as in `.streamlit/config.toml`."""
GROUND = {"light": "#fcfbf9", "dark": "#16191c"}
"""The colour of the page, by theme; the same as in `.streamlit/config.toml`."""
MUTED = "rgba(128,128,128,0.55)"

FONT_SIZE = 14


def setup_colour(position: int) -> str:
    """Return the colour of the Setup at this position; after twelve they begin again."""
    return SETUP_COLOURS[position % len(SETUP_COLOURS)]


def group_colour(number: int) -> str:
    """Return the colour of the group with this number, `NO_GROUP` for -1; they repeat after 12."""
    return NO_GROUP if number < 0 else GROUP_COLOURS[number % len(GROUP_COLOURS)]


def ink_on(colour: str) -> str:
    """Return black or white, whichever has the higher contrast on this colour (WCAG 2.2)."""
    shares = np.asarray(hex_to_rgb(colour)) / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    luminance = float(linear @ [0.2126, 0.7152, 0.0722])
    return "#000000" if (luminance + 0.05) ** 2 > 1.05 * 0.05 else "#ffffff"
