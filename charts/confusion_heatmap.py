"""Which label is taken for which: a square of colours, the number of pictures written in each."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from charts.labels import plotly_text
from charts.palette import FONT_SIZE, SEQUENTIAL
from space.arrays import Float64Array, IntArray

NUMBERED_UP_TO = 15
"""Up to this many labels the numbers are written in the cells."""

_LONGEST = 16
_ABOVE, _BELOW = 32, 96  # pixels, for Save picture and for the names
_LEAST, _MOST = 26, 44  # pixels of a row
_LARGEST = 560


def confusion_heatmap(
    confusion: IntArray, shares: Float64Array, labels: Sequence[str], ink: str
) -> go.Figure:
    """Draw the confusion matrix (c, c), coloured by the shares of its rows (c, c).

    `ink` is the colour of the words.
    """
    names = [plotly_text(label, _LONGEST) for label in labels]
    places = list(range(len(names)))
    few = len(names) <= NUMBERED_UP_TO
    figure = go.Figure(
        go.Heatmap(
            z=shares,
            x=places,
            y=places,
            zmin=0,
            zmax=1,
            colorscale=SEQUENTIAL,
            showscale=False,
            xgap=2 if few else 0,
            ygap=2 if few else 0,
            hoverinfo="skip",
        )
    )
    for row, column in np.argwhere(confusion) if few else ():
        colour = "#ffffff" if shares[row, column] < 0.5 else "#000000"  # cividis begins dark
        figure.add_annotation(
            x=int(column),
            y=int(row),
            text=f"{confusion[row, column]:,}",
            showarrow=False,
            font={"size": FONT_SIZE, "color": colour},
        )
    words = {"size": FONT_SIZE, "color": ink}
    axis = {"fixedrange": True, "showgrid": False, "zeroline": False, "tickfont": words}
    if few:
        axis |= {"tickmode": "array", "tickvals": places, "ticktext": names}
    else:
        axis |= {"showticklabels": False}
    figure.update_xaxes(
        title={"text": "taken for", "font": words}, tickangle=-40 if few else 0, **axis
    )
    figure.update_yaxes(
        title={"text": "label", "font": words}, autorange="reversed", automargin=True, **axis
    )
    height = min(max(len(names) * _MOST if few else len(names) * 4, 6 * _LEAST), _LARGEST)
    figure.update_layout(
        height=height + _ABOVE + _BELOW,
        margin={"l": 4, "r": 4, "t": _ABOVE, "b": _BELOW},
        dragmode=False,
        font=words,
    )
    return figure
