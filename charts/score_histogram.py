"""The scores of one query over a whole collection, the hits marked among them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from charts.palette import FONT_SIZE, MUTED
from space.score_bins import score_bins

TITLED_FROM = 140
"""From this height on, in pixels, there is room for the title of the upright axis."""

_HIT, _BEST = 11, 17  # pixels
_FINE = 0.06  # a shorter axis needs a third decimal, or its ticks would repeat


@dataclass(frozen=True)
class ScoreHistogram:
    """What a histogram of scores shows.

    `scores`: float32 (n,), the query's cosine with every item; `hits`: float32 (k,), those of the
    hits shown; `limit`: the score from which on a hit stands out, None for no line; `colour`: the
    Setup's colour; `range`: ends of the score axis, the same for panels to be compared.
    """

    scores: npt.NDArray[np.float32]
    hits: npt.NDArray[np.float32]
    limit: float | None
    colour: str
    range: tuple[float, float]


def score_histogram(chart: ScoreHistogram, ink: str, height: int = 170) -> go.Figure:
    """Draw all scores as muted bars, the hits as marks above them, the limit as a dashed line.

    `ink` is the colour of the words. The traces are `scores` and `hits`.
    """
    edges, counts = score_bins(chart.scores)
    top = float(counts.max(initial=1))
    low, high = chart.range
    if high <= low:
        low, high = low - 0.05, low + 0.05
    figure = go.Figure([_bars(edges, counts), _hit_marks(chart, ink, 1.16 * top)])
    if chart.limit is not None:
        _limit_line(figure, chart.limit, (low, high), ink)
    titled = height >= TITLED_FROM
    figure.update_layout(
        height=height,
        margin={"l": 26 if titled else 6, "r": 6, "t": 24, "b": 46},
        showlegend=False,
        dragmode=False,
        hovermode="closest",
        font={"size": FONT_SIZE, "color": ink},
        bargap=0,
    )
    words = {"size": FONT_SIZE, "color": ink}
    plain = {"fixedrange": True, "showgrid": False, "zeroline": False}
    figure.update_xaxes(
        range=[low, high],
        title={"text": "cosine similarity with the query", "font": words, "standoff": 4},
        nticks=5,
        tickformat=".2f" if high - low > _FINE else ".3f",
        tickfont=words,
        showline=True,
        linecolor=MUTED,
        **plain,
    )
    figure.update_yaxes(
        range=[0, 1.32 * top],
        title={"text": "items" if titled else "", "font": words, "standoff": 2},
        showticklabels=False,
        ticks="",
        **plain,
    )
    return figure


def _bars(edges: npt.NDArray[np.floating], counts: npt.NDArray[np.integer]) -> go.Bar:
    return go.Bar(
        name="scores",
        x=(edges[:-1] + edges[1:]) / 2,
        y=counts,
        width=np.diff(edges) * 0.94,
        customdata=np.stack([edges[:-1], edges[1:]], axis=-1),
        hovertemplate="%{y} items from %{customdata[0]:.2f} to %{customdata[1]:.2f}<extra></extra>",
        marker={"color": MUTED, "line": {"width": 0}},
    )


def _hit_marks(chart: ScoreHistogram, ink: str, y: float) -> go.Scatter:
    """Return a mark for each hit; the best is larger and drawn last, so that none hides it."""
    hits = np.sort(np.asarray(chart.hits, np.float32))
    return go.Scatter(
        name="hits",
        x=hits,
        y=np.full(len(hits), y, np.float32),
        mode="markers",
        hovertemplate="hit with %{x:.2f}<extra></extra>",
        cliponaxis=False,
        marker={
            "symbol": "triangle-down",
            "size": [_HIT] * (len(hits) - 1) + [_BEST] * bool(len(hits)),
            "color": chart.colour,
            "opacity": 1,
            "line": {"width": 1, "color": ink},
        },
    )


def _limit_line(figure: go.Figure, limit: float, ends: tuple[float, float], ink: str) -> None:
    """Draw the limit, its words on the side with more room; beyond the axis an arrow points on."""
    low, high = ends
    inside = low <= limit <= high
    right_half = limit > (low + high) / 2
    words = "stands out"
    if inside:
        figure.add_shape(
            type="line",
            xref="x",
            yref="paper",
            x0=limit,
            x1=limit,
            y0=0,
            y1=1.16,
            line={"width": 1.5, "dash": "dash", "color": ink},
        )
    else:
        words = f"{words} →" if right_half else f"← {words}"
    figure.add_annotation(
        xref="x",
        yref="paper",
        x=min(max(limit, low), high),
        y=1,
        xanchor="right" if right_half else "left",
        yanchor="bottom",
        xshift=(-4 if right_half else 4) if inside else 0,
        text=words,
        showarrow=False,
        font={"size": FONT_SIZE, "color": ink},
        borderpad=0,
    )
