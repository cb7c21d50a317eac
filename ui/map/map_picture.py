"""The picture that a map is saved as."""

from collections.abc import Mapping

from charts.scatter_map import WEBGL_FROM, ScatterMap
from charts.standalone import standalone_map
from ui.elements.save_picture import ChartPicture, plain_name

MARKS_ARE_A_BITMAP = f"The SVG holds its marks as a bitmap, for there are {WEBGL_FROM:,} or more."
_WIDTH = 720
"""Pixels: little is left empty beside the square of the map."""


def map_picture(
    name: str, method: str, chart: ScatterMap, groups: Mapping[int, str]
) -> ChartPicture:
    """Return what is saved of the map of the Setup of this name.

    `method`: what made the map; `groups`: by the number of each group its name.
    """
    what = "map" if chart.groups is None else "map with groups"
    return ChartPicture(
        of=f"the {what} of {name}",
        file_name=plain_name(what, name),
        draw=lambda: standalone_map(chart, f"{name}: {method}", groups=groups),
        width=_WIDTH,
        bitmap=MARKS_ARE_A_BITMAP if len(chart.items) >= WEBGL_FROM else "",
    )
