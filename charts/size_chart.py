"""A measure over the bytes of a vector: a line a Setup, further marks for int8 and binary."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from charts.labels import plotly_text
from charts.measured_axes import measured_axis
from charts.palette import FONT_SIZE
from space.shortening import Precision

_SYMBOLS = {Precision.FLOAT32: "circle", Precision.INT8: "diamond", Precision.BINARY: "square"}


@dataclass(frozen=True)
class SizeMarks:
    """One Setup: of each size its precision, its bytes and the measure, None for no such thing."""

    name: str
    colour: str
    precisions: Sequence[Precision]
    bytes: Sequence[int]
    values: Sequence[float | None]


def size_chart(marks: Sequence[SizeMarks], title: str, ink: str, height: int = 320) -> go.Figure:
    """Draw the marks; those of float32 are joined. `ink` is the colour of the words."""
    figure = go.Figure()
    words = {"size": FONT_SIZE, "color": ink}
    for mark in marks:
        for precision in Precision:
            at = [n for n, one in enumerate(mark.precisions) if one is precision]
            figure.add_scatter(
                name=f"{plotly_text(mark.name, 30)}, {precision}",
                x=[mark.bytes[n] for n in at],
                y=[mark.values[n] for n in at],
                mode="lines+markers",
                line={"color": mark.colour, "width": 2},
                marker={
                    "size": 12,
                    "symbol": _SYMBOLS[precision],
                    "color": mark.colour,
                    "line": {"width": 1, "color": ink},
                },
                hoverinfo="skip",
                cliponaxis=False,
            )
    plain = measured_axis(ink)
    every = sorted({size for mark in marks for size in mark.bytes})
    figure.update_xaxes(
        type="log",
        title={"text": "bytes of a vector", "font": words},
        tickmode="array",
        tickvals=_apart(every),
        ticktext=[f"{size:,}" for size in _apart(every)],
        **plain,
    )
    figure.update_yaxes(title={"text": title, "font": words}, range=[0, 1.04], **plain)
    figure.update_layout(
        height=height,
        margin={"l": 60, "r": 16, "t": 32, "b": 56},
        showlegend=False,
        dragmode=False,
        font=words,
    )
    return figure


def _apart(sizes: Sequence[int]) -> list[int]:
    """Return the sizes that have room for their number on a log axis: each 1.7 times the last."""
    shown: list[int] = []
    for size in sizes:
        if not shown or size >= 1.7 * shown[-1]:
            shown.append(size)
    return shown
