"""Cosines of true pairs against those of all others: two densities, one over the other."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from charts.palette import FONT_SIZE, MUTED


@dataclass(frozen=True)
class DensityCurves:
    """Two densities over cosines (x), float64 (b,), and the lines drawn across them.

    threshold: the one that a person has set, None for none; best: the one that is best by F1;
    range: the ends of the cosine axis, the same for panels to be compared.
    """

    x: npt.NDArray[np.float64]
    matched: npt.NDArray[np.float64]
    unmatched: npt.NDArray[np.float64]
    threshold: float | None
    best: float
    colour: str
    range: tuple[float, float]


def density_curves(chart: DensityCurves, ink: str, height: int = 220) -> go.Figure:
    """Draw both densities; `ink` is the colour of the words.

    The traces are `other pairs` and `true pairs`.
    """
    figure = go.Figure(
        [
            _curve(chart.x, chart.unmatched, "other pairs", "rgba(128,128,128,0.9)", MUTED),
            _curve(chart.x, chart.matched, "true pairs", chart.colour, None),
        ]
    )
    _line(figure, chart.best, "best F1", "dot", ink, 1.1)
    if chart.threshold is not None:
        _line(figure, chart.threshold, "threshold", "solid", ink, 1.0)
    words = {"size": FONT_SIZE, "color": ink}
    figure.update_layout(
        height=height,
        margin={"l": 6, "r": 6, "t": 44, "b": 76},
        legend={"orientation": "h", "y": -0.42, "x": 0, "font": words},
        dragmode=False,
        hovermode="x",
        font=words,
    )
    figure.update_xaxes(
        title={"text": "cosine", "font": words, "standoff": 4},
        range=list(chart.range),
        nticks=6,
        fixedrange=True,
        showgrid=False,
        zeroline=False,
        showline=True,
        linecolor=MUTED,
        tickfont=words,
    )
    figure.update_yaxes(visible=False, fixedrange=True, rangemode="tozero")
    return figure


def _curve(
    x: npt.NDArray[np.float64],
    density: npt.NDArray[np.float64],
    name: str,
    colour: str,
    fill: str | None,
) -> go.Scatter:
    return go.Scatter(
        name=name,
        x=x,
        y=density,
        mode="lines",
        line={"width": 2, "color": colour, "dash": "solid" if fill is None else "dash"},
        fill="tozeroy",
        fillcolor=fill,
        hoverinfo="skip",
    )


def _line(figure: go.Figure, at: float, words: str, dash: str, ink: str, height: float) -> None:
    figure.add_shape(
        type="line",
        xref="x",
        yref="paper",
        x0=at,
        x1=at,
        y0=0,
        y1=height,
        line={"width": 1.5, "dash": dash, "color": ink},
    )
    figure.add_annotation(
        xref="x",
        yref="paper",
        x=at,
        y=height,
        yanchor="bottom",
        xanchor="left" if height > 1 else "right",
        text=words,
        showarrow=False,
        font={"size": FONT_SIZE, "color": ink},
    )
