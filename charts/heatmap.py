"""The similarity heatmap: one row an item, one column an item, known pairs outlined."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from charts.palette import DIVERGING, FONT_SIZE, SEPARATOR, SEQUENTIAL
from charts.thumbnails import data_uri
from collection.items import Item, PictureItem

LABELLED_ROWS = 60
"""Above this many rows their names cannot be read: they are shown on hover only."""

THUMBNAIL_COLUMNS = 48
"""Above this many columns pictures are too small to tell: they are shown on hover only."""

NUMBERED_CELLS = 64
"""Up to this many cells carry their value in writing."""

_BELOW = 56  # pixels, for the colour bar
_ABOVE = 6
_OUTLINE = 3  # pixels that the outline of the first and the last row needs
_DOTS = ((8, 11), (20, 8), (48, 6), (100, 4))
_HEIGHTS = ((4, 84), (10, 46), (20, 26), (60, 16), (100, 9), (200, 4))


@dataclass(frozen=True)
class Heatmap:
    """What a heatmap shows.

    `values`: float (n, m), what the colours say; `cosines`, `row_ranks`, `column_ranks`: (n, m),
    what hovering says; `rows` and `columns`: the n and m items; `pairs`: (p, 2) row and column
    of each known pair; `best`: (n,) column of the best match per row, -1 where it is not shown,
    or None for no dots. `colour_range`: ends of the colour scale, None for this panel's own
    smallest and largest value. `marked`: row and column of the chosen cell, None for none.
    `times`: how many times as high as usual the rows are.
    """

    values: npt.NDArray[np.floating]
    cosines: npt.NDArray[np.floating]
    row_ranks: npt.NDArray[np.integer]
    column_ranks: npt.NDArray[np.integer]
    rows: Sequence[Item]
    columns: Sequence[Item]
    pairs: npt.NDArray[np.integer]
    best: npt.NDArray[np.integer] | None
    scale_title: str
    colour_range: tuple[float, float] | None
    diverging: bool = False
    low_is_best: bool = False
    marked: tuple[int, int] | None = None
    times: float = 1.0


def heatmap_height(rows: int, columns: Sequence[Item], times: float = 1.0) -> int:
    """Return the height in pixels of a heatmap with so many rows and with these columns.

    `times`: how many times as high as usual the rows are.
    """
    return round(rows * _row_height(rows) * times) + _strip_height(columns) + _ABOVE + _BELOW


def row_middles(rows: int, columns: Sequence[Item], times: float = 1.0) -> list[float]:
    """Return where the middle of each row lies, in pixels from the top of the heatmap."""
    height = round(rows * _row_height(rows) * times)
    edge = _OUTLINE / _row_height(rows)
    a_row = height / (rows + 2 * edge)
    top = _strip_height(columns) + _ABOVE
    return [top + (row + 0.5 + edge) * a_row for row in range(rows)]


def _row_height(rows: int) -> int:
    return next((px for most, px in _HEIGHTS if rows <= most), 4)


def similarity_heatmap(heatmap: Heatmap, ink: str) -> go.Figure:
    """Draw the heatmap, its columns' thumbnails above it, pairs outlined, best matches dotted.

    `ink` is the colour of the words.
    """
    n, m = heatmap.values.shape
    strip, overhang = _strip_height(heatmap.columns), max(0, _levels(heatmap.columns) - 1) / 2
    figure = go.Figure(_cells(heatmap, ink))
    _outline_pairs(figure, heatmap)
    _dot_best(figure, heatmap)
    _separate_modalities(figure, heatmap)
    height = heatmap_height(n, heatmap.columns, heatmap.times)
    _column_thumbnails(figure, heatmap.columns, height - strip - _ABOVE - _BELOW, strip)
    if heatmap.marked is not None:
        figure.layout.shapes = [*figure.layout.shapes, *_cross(n, m, *heatmap.marked)]
    edge = _OUTLINE / _row_height(n)
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": strip + _ABOVE, "b": _BELOW},
        showlegend=False,
        dragmode=False,
        font={"size": FONT_SIZE, "color": ink},
        hovermode="closest",
    )
    hidden = {"fixedrange": True, "visible": False, "showgrid": False, "zeroline": False}
    figure.update_xaxes(range=[-0.5 - overhang, m - 0.5 + overhang], **hidden)
    figure.update_yaxes(range=[n - 0.5 + edge, -0.5 - edge], **hidden)
    return figure


def _cross(n: int, m: int, row: int, column: int) -> list[dict[str, object]]:
    """Return the shapes that frame a row and a column: dark within light, seen on every colour."""
    bands = ((-0.5, m - 0.5, row - 0.5, row + 0.5), (column - 0.5, column + 0.5, -0.5, n - 0.5))
    return [
        {
            "type": "rect",
            "xref": "x",
            "yref": "y",
            "x0": x0,
            "x1": x1,
            "y0": y0,
            "y1": y1,
            "line": {"width": width, "color": colour},
            "layer": "above",
        }
        for width, colour in ((4, "#ffffff"), (1.5, "#000000"))
        for x0, x1, y0, y1 in bands
    ]


def _cells(heatmap: Heatmap, ink: str) -> go.Heatmap:
    numbered = heatmap.values.size <= NUMBERED_CELLS
    low, high = heatmap.colour_range or (None, None)
    words = {"size": FONT_SIZE, "color": ink}
    return go.Heatmap(
        z=np.asarray(heatmap.values, np.float32),
        customdata=np.stack(
            [heatmap.cosines, heatmap.row_ranks, heatmap.column_ranks], axis=-1
        ).astype(np.float32),
        colorscale=DIVERGING if heatmap.diverging else SEQUENTIAL,
        reversescale=heatmap.low_is_best,
        zmin=low,
        zmax=high,
        zmid=0 if heatmap.diverging else None,
        hoverinfo="none",
        texttemplate="%{z:.2~f}" if numbered else None,
        xgap=1 if heatmap.values.shape[1] <= THUMBNAIL_COLUMNS else 0,
        ygap=1 if heatmap.values.shape[0] <= LABELLED_ROWS else 0,
        colorbar={
            "title": {
                "text": heatmap.scale_title,
                "side": "top",
                "font": {"size": FONT_SIZE, "color": ink},
            },
            "orientation": "h",
            "thickness": 10,
            "y": 0,
            "yref": "paper",
            "yanchor": "top",
            "ypad": 4,
            "x": 0.5,
            "len": 0.9,
            "nticks": 5,
            "tickfont": words,
        },
    )


def _outline_pairs(figure: go.Figure, heatmap: Heatmap) -> None:
    """Outline each pair's cell: dark under light, so that it shows on every colour."""
    if not len(heatmap.pairs):
        return
    x, y = _boxes(heatmap.pairs)
    small = max(heatmap.values.shape) > LABELLED_ROWS
    for width, colour in (
        ((2.5, "#000000"), (1, "#ffffff"))
        if small
        else (
            (5, "#000000"),
            (2.5, "#ffffff"),
        )
    ):
        figure.add_scatter(
            x=x, y=y, mode="lines", hoverinfo="skip", line={"width": width, "color": colour}
        )


def _boxes(pairs: npt.NDArray[np.integer]) -> tuple[list[float | None], list[float | None]]:
    """Return the corners of a box around each cell, one path with gaps."""
    x: list[float | None] = []
    y: list[float | None] = []
    for row, column in pairs.tolist():
        left, right, top, bottom = column - 0.5, column + 0.5, row - 0.5, row + 0.5
        x += [left, right, right, left, left, None]
        y += [top, top, bottom, bottom, top, None]
    return x, y


def _dot_best(figure: go.Figure, heatmap: Heatmap) -> None:
    if heatmap.best is None:
        return
    shown = np.flatnonzero(heatmap.best >= 0)
    above_number = 0.3 if heatmap.values.size <= NUMBERED_CELLS else 0.0
    figure.add_scatter(
        x=heatmap.best[shown].astype(np.float32),
        y=shown.astype(np.float32) - above_number,
        mode="markers",
        hoverinfo="skip",
        marker={
            "symbol": "circle",
            "size": next((px for cells, px in _DOTS if heatmap.values.shape[1] <= cells), 3),
            "color": "#ffffff",
            "line": {"width": 1.5, "color": "#000000"},
        },
    )


def _separate_modalities(figure: go.Figure, heatmap: Heatmap) -> None:
    """Draw a line where the texts end and the pictures begin."""
    for items, draw in ((heatmap.columns, figure.add_vline), (heatmap.rows, figure.add_hline)):
        edges = [i for i in range(1, len(items)) if items[i].modality != items[i - 1].modality]
        for edge in edges:
            draw(edge - 0.5, line={"width": 3, "color": SEPARATOR})


def _levels(columns: Sequence[Item]) -> int:
    """How many rows the thumbnails are staggered in, so that they stay large enough to tell."""
    if len(columns) > THUMBNAIL_COLUMNS or not any(isinstance(i, PictureItem) for i in columns):
        return 0
    return 1 if len(columns) <= 8 else 2 if len(columns) <= 14 else 3


def _strip_height(columns: Sequence[Item]) -> int:
    return {0: 0, 1: 72, 2: 112, 3: 132}[_levels(columns)]


def _column_thumbnails(
    figure: go.Figure, columns: Sequence[Item], plot_height: int, strip: int
) -> None:
    """Put the pictures above their columns, staggered where the columns are narrow."""
    levels = _levels(columns)
    if not levels:
        return
    cell = strip / levels / plot_height
    at = [(column, column % levels) for column, _ in _pictures(columns)]
    # One assignment each: adding them one by one checks all earlier ones anew every time.
    figure.layout.images = [
        {
            "source": data_uri(picture),
            "xref": "x",
            "yref": "paper",
            "x": column,
            "y": 1 + cell * (level + 0.5),
            "sizex": levels * 0.96,
            "sizey": cell * 0.94,
            "xanchor": "center",
            "yanchor": "middle",
            "sizing": "contain",
            "layer": "above",
        }
        for (column, picture), (_, level) in zip(_pictures(columns), at, strict=True)
    ]
    figure.layout.shapes = [
        *figure.layout.shapes,
        *(_stem(column, 1 + cell * level) for column, level in at if level),
    ]


def _pictures(columns: Sequence[Item]) -> list[tuple[int, PictureItem]]:
    return [(at, item) for at, item in enumerate(columns) if isinstance(item, PictureItem)]


def _stem(column: int, top: float) -> dict[str, object]:
    """Return the line from a column up to its thumbnail."""
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": column,
        "x1": column,
        "y0": 1,
        "y1": top,
        "line": {"width": 1, "color": "rgba(128,128,128,0.5)"},
        "layer": "below",
    }
