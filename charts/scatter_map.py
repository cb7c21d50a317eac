"""The map: items of the shared space in 2-D, known pairs joined by lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from charts.group_marks import frames, number_badges, number_rows
from charts.map_labels import caption_labels
from charts.pair_lines import pair_lines
from charts.palette import (
    FONT_SIZE,
    MARK_COLOURS,
    MARK_SYMBOLS,
    SELECTED,
    group_colour,
)
from charts.thumbnails import CHART_PIXELS, data_uri
from collection.items import Item, Modality, PictureItem
from space.label_room import covered

FEW, MANY = 80, 300
"""Above this many items the marks are drawn smaller, and smaller still."""

ALWAYS_LABELLED = 8
"""Up to this many captions are written beside their marks in any case."""

LABELLED_TEXTS = 60
"""Up to this many captions are written beside their marks, as far as there is room."""

WEBGL_FROM = 1_000
"""From this many items on the marks are drawn by WebGL; below it by SVG."""

PICTURE_MARKS = 60
"""Up to this many pictures are shown as themselves instead of as a dot."""

NUMBERED_TEXTS = 60
"""Up to this many captions carry the number of their group, where groups are shown."""

_FADED = 0.22
_RING = 1.3  # of a framed picture's side, so that the ring stands clear of the frame
_BESIDE = 0.035  # of the map's width: how far right of its mark a number stands
_PICTURE_SHARES = ((4, 0.24), (12, 0.13), (PICTURE_MARKS, 0.08))  # of the map's width


@dataclass(frozen=True)
class ScatterMap:
    """What a map shows.

    `xy`: float (n, 2); `items`: the n items, and `numbers` what each is known by to listeners;
    `pairs`: (p, 2) rows of text and picture of each
    pair; `pair_cosines`: (p,) their cosine in the original space; `selected`: rows marked.
    `cosine_range`: ends of the lines' scale; `joined`: (p,) bool, which pairs have a line, None for
    all. `emphasised`: rows that stay as they are while something is selected, and all else fades:
    the selected ones and their partners. `view`: what the map is one of; as long as that is the
    same, it stays zoomed and moved as a person has left it. `groups`: for each of the n items the
    number of its group from 0 on, -1 for none; None where the map shows no groups. `shared`: row →
    how many items lie just there, for the first row of each place that several share.
    """

    xy: npt.NDArray[np.floating]
    items: Sequence[Item]
    numbers: Sequence[int]
    pairs: npt.NDArray[np.integer]
    pair_cosines: npt.NDArray[np.floating]
    selected: frozenset[int]
    cosine_range: tuple[float, float]
    joined: npt.NDArray[np.bool_] | None = None
    emphasised: frozenset[int] = frozenset()
    view: str = "map"
    groups: Sequence[int] | None = None
    shared: Mapping[int, int] = field(default_factory=dict)


def map_figure(
    chart: ScatterMap, ink: str, height: int = 460, *, interactive: bool = True
) -> go.Figure:
    """Draw the map. The traces `text` and `picture` carry each item's number in customdata.

    `ink` is the colour of the words; a map that is not interactive keeps its size and its place.
    """
    figure = go.Figure()
    figure.add_traces(pair_lines(chart.xy, chart.pairs, _strengths(chart), _faded(chart), ink))
    pictures = sum(isinstance(item, PictureItem) for item in chart.items)
    share = next((share for most, share in _PICTURE_SHARES if pictures <= most), None)
    few = share is not None
    for modality in (Modality.PICTURE, Modality.TEXT):
        figure.add_trace(_marks(chart, modality, ink, as_pictures=few))
    _ring_selected(figure, chart, few)
    _count_shared(figure, chart, ink)
    x_range, y_range = _square_ranges(chart.xy, share or 0.05)
    size = (share or 0.0) * (x_range[1] - x_range[0])
    _label_captions(figure, chart, ink, size, (x_range, y_range), height)
    if few:
        _picture_marks(figure, chart, size)
    if chart.groups is not None:
        _group_marks(figure, chart, chart.groups, size, x_range[1] - x_range[0])
    figure.update_layout(
        height=height,
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        showlegend=False,
        dragmode="lasso" if interactive else False,
        hovermode="closest",
        hoverdistance=12,
        font={"size": FONT_SIZE, "color": ink},
        uirevision=chart.view,
        clickmode="event",
    )
    frame = {"showgrid": False, "zeroline": False, "showticklabels": False, "ticks": ""}
    figure.update_xaxes(range=x_range, **frame)
    figure.update_yaxes(range=y_range, scaleanchor="x", scaleratio=1, **frame)
    return figure


def _square_ranges(xy: npt.NDArray[np.floating], share: float) -> tuple[list[float], list[float]]:
    """Return the x and y ranges of a square around all marks, with room for their size.

    `share` is the size of a mark as a share of the square's side.
    """
    if not len(xy):
        return [-1.0, 1.0], [-1.0, 1.0]
    low, high = xy.min(axis=0), xy.max(axis=0)
    middle, half = (low + high) / 2, max(float((high - low).max()) / 2 / (0.96 - share), 1e-6)
    return (
        [float(middle[0] - half), float(middle[0] + half)],
        [float(middle[1] - half), float(middle[1] + half)],
    )


def _marks(
    chart: ScatterMap, modality: Modality, ink: str, *, as_pictures: bool
) -> go.Scatter | go.Scattergl:
    rows = [row for row, item in enumerate(chart.items) if item.modality is modality]
    webgl = len(chart.items) >= WEBGL_FROM
    hidden = as_pictures and modality is Modality.PICTURE
    kind = go.Scattergl if webgl else go.Scatter
    dimmed = _FADED if chart.groups is None else 0.55  # a group's colour must still be told
    kept = chart.selected | chart.emphasised
    selected = [at for at, row in enumerate(rows) if row in kept]
    return kind(
        name=modality.value,
        x=chart.xy[rows, 0].astype(np.float32),
        y=chart.xy[rows, 1].astype(np.float32),
        mode="markers",
        customdata=[chart.numbers[row] for row in rows],
        hoverinfo="none",
        selectedpoints=selected if chart.selected else None,
        selected={"marker": {"opacity": 0.02 if hidden else 1.0}},
        unselected={"marker": {"opacity": 0.01 if hidden else dimmed}},
        marker={
            "symbol": MARK_SYMBOLS[modality],
            "size": 34 if hidden else _mark_size(len(chart.items)),
            "color": MARK_COLOURS[modality]
            if chart.groups is None
            else [group_colour(chart.groups[row]) for row in rows],
            "opacity": 0.02 if hidden else 0.9,
            "line": {"width": 0 if webgl else 1, "color": ink},
        },
    )


def _mark_size(count: int) -> int:
    return 11 if count <= FEW else 9 if count <= MANY else 7


def _strengths(chart: ScatterMap) -> npt.NDArray[np.floating]:
    """Return how strong each pair's line is, 0 to 1; NaN for one that is not drawn."""
    low, high = chart.cosine_range
    strengths = np.clip((chart.pair_cosines - low) / max(high - low, 1e-9), 0, 1)
    return strengths if chart.joined is None else np.where(chart.joined, strengths, np.nan)


def _faded(chart: ScatterMap) -> npt.NDArray[np.bool_]:
    """Return which pairs' lines fade, because other items are selected."""
    if not chart.selected:
        return np.zeros(len(chart.pairs), bool)
    touched = np.isin(chart.pairs, sorted(chart.selected)).any(axis=1)
    return np.logical_not(touched)


def _label_captions(
    figure: go.Figure,
    chart: ScatterMap,
    ink: str,
    side: float,
    within: tuple[list[float], list[float]],
    height: int,
) -> None:
    """Write captions beside their marks, where there is room; the selected ones in any case.

    `side`: that of a picture shown as itself, 0 for dots; `within`: the ranges of x and y.
    """
    rows = [row for row, item in enumerate(chart.items) if item.modality is Modality.TEXT]
    chosen = [row for row in rows if row in chart.selected]
    if chart.selected:
        rows = [row for row in rows if row in chart.selected | chart.emphasised]
    elif len(rows) <= ALWAYS_LABELLED:
        chosen = rows
    rows = rows if len(rows) <= LABELLED_TEXTS else chosen
    if chart.groups is not None or not rows:
        return
    pictures = chart.xy[[r for r, i in enumerate(chart.items) if isinstance(i, PictureItem)]]
    (left, right), (bottom, top) = within
    label = caption_labels(
        chart.xy[rows],
        [chart.items[row].label for row in rows],
        [rows.index(row) for row in chosen],
        np.concatenate([pictures - side / 2, pictures + side / 2], axis=1),
        np.asarray([left, bottom, right, top]),
        (top - bottom) / height,
        ink,
    )
    figure.add_trace(label)


def _count_shared(figure: go.Figure, chart: ScatterMap, ink: str) -> None:
    """Write beside a place that several items share how many they are."""
    if not chart.shared:
        return
    rows = list(chart.shared)
    figure.add_scatter(
        name="shared",
        x=chart.xy[rows, 0].astype(np.float32),
        y=chart.xy[rows, 1].astype(np.float32),
        mode="text",
        text=[f"\u2003×{count}" for count in chart.shared.values()],
        textposition="middle right",
        textfont={"size": FONT_SIZE, "color": ink},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _ring_selected(figure: go.Figure, chart: ScatterMap, few: bool) -> None:
    """Ring the selected marks: a shape, not a colour alone, says what is selected."""
    rows = sorted(chart.selected)
    if few and chart.groups is not None:  # pictures have a frame already: `_group_marks` rings it
        rows = [row for row in rows if not isinstance(chart.items[row], PictureItem)]
    if not rows:
        return
    usual = 18 if len(chart.items) <= MANY else 12
    sizes = [38 if few and isinstance(chart.items[row], PictureItem) else usual for row in rows]
    figure.add_scatter(
        name="selected",
        x=chart.xy[rows, 0].astype(np.float32),
        y=chart.xy[rows, 1].astype(np.float32),
        mode="markers",
        hoverinfo="skip",
        marker={
            "symbol": "square-open" if few else "circle-open",
            "size": sizes,
            "color": SELECTED,
            "line": {"width": 3, "color": SELECTED},
        },
    )


def _picture_marks(figure: go.Figure, chart: ScatterMap, size: float) -> None:
    pixels = 2 * CHART_PIXELS if len(chart.items) <= 24 else CHART_PIXELS
    kept = chart.selected | chart.emphasised
    figure.layout.images = [
        {
            "source": data_uri(item, pixels),
            "xref": "x",
            "yref": "y",
            "x": x,
            "y": y,
            "sizex": size,
            "sizey": size,
            "xanchor": "center",
            "yanchor": "middle",
            "sizing": "contain",
            "layer": "below",
            "opacity": _FADED if chart.selected and row not in kept else 1.0,
        }
        for row, ((x, y), item) in enumerate(zip(chart.xy.tolist(), chart.items, strict=True))
        if isinstance(item, PictureItem)
    ]


def _group_marks(
    figure: go.Figure, chart: ScatterMap, groups: Sequence[int], size: float, width: float
) -> None:
    """Frame the pictures shown as themselves, and number the marks: never colour alone.

    `size` is the side of a picture in data units, 0 where pictures are dots; `width` that of the
    map. Numbers that would lie on each other are left out, but every group has one.
    """
    pictures = [row for row, item in enumerate(chart.items) if isinstance(item, PictureItem)]
    if size:
        colours = [group_colour(groups[row]) for row in pictures]
        ringed = [row for row in pictures if row in chart.selected]
        # One assignment: adding them one by one checks all earlier ones anew every time.
        figure.layout.shapes = [
            *frames(chart.xy[pictures], size, colours),
            *frames(chart.xy[ringed], size * _RING, [SELECTED] * len(ringed)),
        ]
    framed = np.asarray([size > 0 and isinstance(i, PictureItem) for i in chart.items], bool)
    places = chart.xy + np.where(framed[:, None], (-size / 2, size / 2), (_BESIDE * width, 0))
    few = size > 0 and len(chart.items) - len(pictures) <= NUMBERED_TEXTS
    # A number on another picture would seem to be that picture's.
    hidden = covered(places, chart.xy[framed], size) if few else np.ones(len(framed), bool)
    numbered = number_rows(places, chart.xy, groups, width, hidden)
    figure.layout.annotations = number_badges(places[numbered], [groups[r] for r in numbered])
