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
    places: npt.NDArray[np.floating],
    xy: npt.NDArray[np.floating],
    groups: Sequence[int],
    width: float,
    hidden: npt.NDArray[np.bool_],
) -> list[int]:
    """Return the rows that carry their group's number: one amid each group, others with room.

    `places`, `xy`: (n, 2), where the number and the mark lie, in data units; `width`: that of the
    map; `hidden`: (n,) rows that carry none unless they are amid their group.
    """
    labels = np.asarray(groups, np.int64)
    middles = middle_rows(xy, labels)
    able = (labels >= 0) & ~hidden
    able[middles] = True
    rows = np.flatnonzero(able)
    chosen = with_room(places[rows], _ROOM * width, np.searchsorted(rows, middles))
    return [int(rows[at]) for at in chosen]


def number_badges(places: npt.NDArray[np.floating], groups: Sequence[int]) -> list[dict[str, Any]]:
    """Return a Plotly annotation with the group's number at each place; none for group -1.

    `places`: (k, 2) in data units.
    """
    return [
        {
            "xref": "x",
            "yref": "y",
            "x": x,
            "y": y,
            "text": group_label(group),
            "showarrow": False,
            "bgcolor": group_colour(group),
            "borderpad": 0,
            "font": {"size": BADGE_SIZE, "color": ink_on(group_colour(group))},
        }
        for (x, y), group in zip(places.tolist(), groups, strict=True)
        if group >= 0
    ]
