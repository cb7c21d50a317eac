"""The axes of charts that plot one measure against another."""

from typing import Any

from charts.palette import FONT_SIZE, MUTED


def measured_axis(ink: str) -> dict[str, Any]:
    """Return what such an axis has beside its title and range; `ink`: the colour of its words."""
    return {
        "fixedrange": True,
        "zeroline": False,
        "tickfont": {"size": FONT_SIZE, "color": ink},
        "showline": True,
        "linecolor": MUTED,
        "gridcolor": "rgba(128,128,128,0.2)",
    }
