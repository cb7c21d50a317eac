"""The captions that are written beside their marks on a map."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from charts.labels import plotly_text, shortened
from charts.palette import FONT_SIZE
from space.label_room import free_boxes

_LETTERS = 22
_LETTER, _LINE, _MARK = 6.6, 16.0, 9.0  # pixels: a letter's width, a line's height, half a mark
_POSITIONS = ("top center", "bottom center", "middle right", "middle left")


def caption_labels(
    xy: npt.NDArray[np.floating],
    words: Sequence[str],
    first: Sequence[int],
    obstacles: npt.NDArray[np.floating],
    within: npt.NDArray[np.floating],
    pixel: float,
    ink: str,
) -> go.Scatter:
    """Return as a trace the captions that can be written beside their marks without lying on a
    mark, a picture or another caption.

    `xy`: (n, 2) places of the captions; `first`: rows that are written in any case; `obstacles`:
    (k, 4), pictures; `within`: (4,), the map; both as left, bottom, right, top; `pixel`: how long
    one is; all in data units.
    """
    boxes = _boxes(xy, words, pixel)
    half = _MARK * pixel
    marks = np.concatenate([xy - half, xy + half], axis=1)
    chosen = free_boxes(boxes, np.concatenate([obstacles, marks]), within, np.asarray(first))
    rows = np.flatnonzero(chosen >= 0).tolist()
    return go.Scatter(
        name="labels",
        x=xy[rows, 0].astype(np.float32),
        y=xy[rows, 1].astype(np.float32),
        mode="text",
        text=[_text(words[row], _POSITIONS[chosen[row]]) for row in rows],
        textposition=[_POSITIONS[chosen[row]] for row in rows],
        textfont={"size": FONT_SIZE - 1, "color": ink},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _boxes(
    xy: npt.NDArray[np.floating], words: Sequence[str], pixel: float
) -> npt.NDArray[np.floating]:
    """Return the boxes that each label may have, (n, 4, 4), in the order of `_POSITIONS`."""
    letters = np.asarray([len(shortened(word, _LETTERS)) for word in words])
    width, line, beside = letters * _LETTER * pixel, _LINE * pixel, (_MARK + 1) * pixel
    x, y = xy.T
    lefts = (x - width / 2, x - width / 2, x + beside, x - beside - width)
    bottoms = (y + beside, y - beside - line, y - line / 2, y - line / 2)
    return np.stack(
        [
            np.stack([left, bottom, left + width, bottom + line], axis=1)
            for left, bottom in zip(lefts, bottoms, strict=True)
        ],
        axis=1,
    )


def _text(words: str, position: str) -> str:
    """Return the words, kept off the mark by blanks: Plotly itself leaves it no room."""
    shown = plotly_text(words, _LETTERS)
    return {
        "top center": f"{shown}<br> ",
        "bottom center": f" <br>{shown}",
        "middle right": f"\u2002 {shown}",
        "middle left": f"{shown} \u2002",
    }[position]
