"""A measure of every two Setups as a square of colours, the number written in each."""

from collections.abc import Sequence

import plotly.graph_objects as go

from charts.labels import plotly_text
from charts.palette import FONT_SIZE, SEQUENTIAL

_CELL = 46  # pixels
_ABOVE = 32  # for Save picture
_LONGEST = 22
_DARK_BELOW = 0.5
"""Share of the scale below which its colours are dark, so that white can be read on them."""


def setup_heatmap(
    values: Sequence[Sequence[float | None]], names: Sequence[str], ink: str
) -> go.Figure:
    """Draw values in [0, 1] of every two Setups; None where there is none, below 0 is drawn as 0.

    `ink` is the colour of the words.
    """
    labels = [plotly_text(name, _LONGEST) for name in names]
    # Positions instead of names, of which two may be the same.
    places = list(range(len(names)))
    figure = go.Figure(
        go.Heatmap(
            z=[list(row) for row in values],
            x=places,
            y=places,
            zmin=0,
            zmax=1,
            colorscale=SEQUENTIAL,
            showscale=False,
            xgap=2,
            ygap=2,
            hoverinfo="skip",
        )
    )
    _write_numbers(figure, values, ink)
    words = {"size": FONT_SIZE, "color": ink}
    axis = {
        "tickmode": "array",
        "tickvals": places,
        "ticktext": labels,
        "tickfont": words,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
    }
    figure.update_xaxes(side="bottom", tickangle=-40 if len(names) > 2 else 0, **axis)
    figure.update_yaxes(autorange="reversed", automargin=True, **axis)
    figure.update_layout(
        height=_CELL * len(names) + _ABOVE + (110 if len(names) > 2 else 34),
        margin={"l": 4, "r": 4, "t": _ABOVE, "b": 4},
        dragmode=False,
        font=words,
    )
    return figure


def _write_numbers(figure: go.Figure, values: Sequence[Sequence[float | None]], ink: str) -> None:
    for row, of_row in enumerate(values):
        for column, value in enumerate(of_row):
            figure.add_annotation(
                x=column,
                y=row,
                text="–" if value is None else f"{value:z.2f}",
                showarrow=False,
                font={"size": FONT_SIZE, "color": _on(value, ink)},
            )


def _on(value: float | None, ink: str) -> str:
    if value is None:
        return ink
    return "#ffffff" if value < _DARK_BELOW else "#000000"
