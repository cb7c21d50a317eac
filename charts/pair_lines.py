"""The lines that join the pairs on a map: the closer the two are, the thicker the line.

Thickness and not brightness, which would say one thing on a light page and the opposite on a dark
one.
"""

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

_STEPS = 8
_THINNEST, _THICKEST = 1.0, 4.5  # pixels
_OPACITY, _FADED = 0.7, 0.1


def pair_lines(
    xy: npt.NDArray[np.floating],
    pairs: npt.NDArray[np.integer],
    strengths: npt.NDArray[np.floating],
    faded: npt.NDArray[np.bool_],
    ink: str,
) -> list[go.Scatter]:
    """Return the lines as traces, one for each thickness.

    `xy`: (n, 2) places; `pairs`: (p, 2) rows; `strengths`: (p,) from 0 to 1, NaN for no line;
    `faded`: (p,) which lines hold back. `ink`: the colour of all of them.
    """
    drawn = np.isfinite(strengths)
    steps = np.minimum((np.nan_to_num(strengths) * _STEPS).astype(int), _STEPS - 1)
    traces = []
    for fades in (True, False):
        for step in range(_STEPS):
            some = pairs[drawn & (faded == fades) & (steps == step)]
            if not len(some):
                continue
            ends = np.full((len(some), 3, 2), np.nan, np.float32)
            ends[:, :2] = xy[some]
            path = ends.reshape(-1, 2)
            width = _THINNEST + (_THICKEST - _THINNEST) * step / (_STEPS - 1)
            traces.append(
                go.Scatter(
                    name="pairs",
                    x=path[:, 0],
                    y=path[:, 1],
                    mode="lines",
                    hoverinfo="skip",
                    connectgaps=False,
                    line={"width": width, "color": ink},
                    opacity=_FADED if fades else _OPACITY,
                )
            )
    return traces
