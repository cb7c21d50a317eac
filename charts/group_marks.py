"""What says which group a mark of the map belongs to: a frame and a number in its colour."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from charts.palette import group_colour, ink_on
from space.label_room import middle_rows, with_room

BADGE_SIZE = 12
"""Font size of a number on the map: smaller than other words, for it lies on a small picture."""

_ROOM = 0.05  # of the map's width; a number is about 20 pixels wide


def group_label(number: int) -> str:
    """Return the number that people see: groups are counted from 0, shown from 1 on."""
    return str(number + 1)


def frames(
    centres: npt.NDArray[np.floating], size: float, colours: Sequence[str]
) -> list[dict[str, Any]]:
    """Return a Plotly shape around each picture; `centres`: (k, 2), `size`: side in data units."""
    half = size / 2
    return [
        {
            "type": "rect",
            "xref": "x",
            "yref": "y",
            "x0": x - half,
            "x1": x + half,
            "y0": y - half,
            "y1": y + half,
            "line": {"width": 3, "color": colour},
            "layer": "above",
        }
        for (x, y), colour in zip(centres.tolist(), colours, strict=True)
    ]


def number_rows(
    xy: npt.NDArray[np.floating], groups: Sequence[int], width: float, *, few: bool
) -> list[int]:
    """Return the rows that carry their group's number: one amid each group, others with room.

    `xy`: (n, 2) in data units, `width` that of the map; `few`: whether there are so few items that
    others than those amid their group may carry it, too.
    """
    labels = np.asarray(groups, np.int64)
    middles = middle_rows(xy, labels)
    if not few:
        return sorted(middles.tolist())
    grouped = np.flatnonzero(labels >= 0)
    first = np.searchsorted(grouped, middles)
    return [int(grouped[at]) for at in with_room(xy[grouped], _ROOM * width, first)]


def number_badges(
    places: npt.NDArray[np.floating], groups: Sequence[int], beside: int = 0
) -> list[dict[str, Any]]:
    """Return a Plotly annotation with the group's number at each place; none for group -1.

    `places`: (k, 2) in data units; `beside`: how many pixels to the right of it.
    """
    return [
        {
            "xref": "x",
            "yref": "y",
            "x": x,
            "y": y,
            "xshift": beside,
            "text": group_label(group),
            "showarrow": False,
            "bgcolor": group_colour(group),
            "borderpad": 0,
            "font": {"size": BADGE_SIZE, "color": ink_on(group_colour(group))},
        }
        for (x, y), group in zip(places.tolist(), groups, strict=True)
        if group >= 0
    ]
