"""Accuracy by kind of probe: a row a kind, a mark a Setup, with intervals and a line for chance."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from charts.labels import plotly_text
from charts.palette import FONT_SIZE, MUTED

_ROW, _AROUND = 42, 86  # pixels
_SPREAD = 0.5  # of a row, between the first Setup and the last


@dataclass(frozen=True)
class ProbeMarks:
    """One Setup: its colour, and of each kind the accuracy and the ends of its interval."""

    name: str
    colour: str
    values: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]


def probe_chart(
    names: Sequence[str], marks: Sequence[ProbeMarks], chance: float, ink: str
) -> go.Figure:
    """Draw the marks; where there is no interval, its ends are the value itself."""
    figure = go.Figure()
    words = {"size": FONT_SIZE, "color": ink}
    for number, mark in enumerate(marks):
        shift = _SPREAD * (number / max(len(marks) - 1, 1) - 0.5) if len(marks) > 1 else 0.0
        figure.add_scatter(
            name=plotly_text(mark.name, 30),
            x=list(mark.values),
            y=[row + shift for row in range(len(names))],
            mode="markers",
            marker={"size": 11, "color": mark.colour, "line": {"width": 1, "color": ink}},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [h - v for h, v in zip(mark.high, mark.values, strict=True)],
                "arrayminus": [v - low for v, low in zip(mark.values, mark.low, strict=True)],
                "color": mark.colour,
                "thickness": 2,
                "width": 0,
            },
            hoverinfo="skip",
            cliponaxis=False,
        )
    figure.add_vline(x=chance, line={"dash": "dash", "width": 1.5, "color": ink})
    figure.add_annotation(
        x=chance, y=1, yref="paper", yanchor="bottom", text="chance", showarrow=False, font=words
    )
    plain = {"fixedrange": True, "zeroline": False, "tickfont": words}
    figure.update_xaxes(
        range=[-0.02, 1.02],
        title={"text": "accuracy, with 95 % interval", "font": words},
        gridcolor="rgba(128,128,128,0.2)",
        linecolor=MUTED,
        **plain,
    )
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(names))),
        ticktext=[plotly_text(kind, 30) for kind in names],
        range=[len(names) - 0.5, -0.5],
        automargin=True,
        showgrid=False,
        **plain,
    )
    figure.update_layout(
        height=_ROW * len(names) + _AROUND,
        margin={"l": 4, "r": 12, "t": 28, "b": 56},
        showlegend=False,
        dragmode=False,
        font=words,
    )
    return figure
