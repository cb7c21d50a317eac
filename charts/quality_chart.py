"""Quality against what it takes: a mark a Setup, with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from charts.labels import plotly_text
from charts.measured_axes import measured_axis
from charts.palette import FONT_SIZE


@dataclass(frozen=True)
class QualityMark:
    """One Setup: what it takes (x), how well it does (y) and the ends of that one's interval."""

    name: str
    colour: str
    x: float
    y: float
    low: float | None
    high: float | None


def quality_chart(
    marks: Sequence[QualityMark], x_title: str, y_title: str, ink: str, height: int = 320
) -> go.Figure:
    """Draw the marks with their names; `ink` is the colour of the words."""
    figure = go.Figure()
    for mark in marks:
        figure.add_scatter(
            name=mark.name,
            x=[mark.x],
            y=[mark.y],
            mode="markers+text",
            text=[plotly_text(mark.name, 30)],
            textposition="middle right",
            textfont={"size": FONT_SIZE, "color": ink},
            marker={"size": 13, "color": mark.colour, "line": {"width": 1, "color": ink}},
            error_y=_interval(mark),
            cliponaxis=False,
            hoverinfo="skip",
        )
    words = {"size": FONT_SIZE, "color": ink}
    plain = measured_axis(ink)
    widest = max((mark.x for mark in marks), default=1.0) or 1.0
    figure.update_layout(
        height=height,
        margin={"l": 60, "r": 10, "t": 12, "b": 56},
        showlegend=False,
        dragmode=False,
        font=words,
    )
    # Room on the right for the name of the last mark.
    figure.update_xaxes(title={"text": x_title, "font": words}, range=[0, 1.45 * widest], **plain)
    figure.update_yaxes(title={"text": y_title, "font": words}, range=[0, 1.03], **plain)
    return figure


def _interval(mark: QualityMark) -> dict[str, object]:
    if mark.low is None or mark.high is None:
        return {"visible": False}
    return {
        "type": "data",
        "symmetric": False,
        "array": [mark.high - mark.y],
        "arrayminus": [mark.y - mark.low],
        "color": mark.colour,
        "thickness": 1.5,
    }
