"""How well each number of groups fits: the mean silhouette of those that were tried."""

from collections.abc import Mapping

import plotly.graph_objects as go

from charts.palette import FONT_SIZE

MOST_TICKS = 8


def silhouette_curve(
    tried: Mapping[int, float], chosen: int, ink: str, colour: str, height: int = 150
) -> go.Figure:
    """Draw the mean silhouette (from -1 to 1) over the number of groups, the chosen one marked.

    `tried`: mean silhouette by number of groups; a `chosen` number that was not tried has no mark.
    `ink` is the colour of the words, `colour` that of the curve. The traces are `tried` and
    `chosen`.
    """
    numbers = sorted(tried)
    figure = go.Figure(
        go.Scatter(
            name="tried",
            x=numbers,
            y=[tried[number] for number in numbers],
            mode="lines+markers",
            line={"width": 2, "color": colour},
            marker={"size": 6, "color": colour},
            hovertemplate="%{x} groups: %{y:.2f}<extra></extra>",
        )
    )
    if chosen in tried:
        _mark_chosen(figure, numbers, chosen, tried[chosen], ink, colour)
    words = {"size": FONT_SIZE, "color": ink}
    plain = {"fixedrange": True, "showgrid": False, "zeroline": False, "tickfont": words}
    figure.update_layout(
        height=height,
        margin={"l": 62, "r": 10, "t": 28, "b": 44},
        showlegend=False,
        dragmode=False,
        hovermode="closest",
        font=words,
    )
    figure.update_xaxes(
        title={"text": "number of groups", "font": words, "standoff": 4},
        tickmode="array",
        tickvals=numbers[:: -(-len(numbers) // MOST_TICKS) or 1],
        tickformat="d",
        range=[numbers[0] - 0.4, numbers[-1] + 0.4] if numbers else [1, 2],
        **plain,
    )
    figure.update_yaxes(
        title={"text": "silhouette", "font": words, "standoff": 4},
        range=_room_around(list(tried.values())),
        nticks=3,
        tickformat=".2f",
        **plain,
    )
    return figure


def _room_around(values: list[float]) -> list[float] | None:
    """Return the ends of the upright axis; values that hardly differ must not look far apart."""
    if not values:
        return None
    room = max(0.15 * (max(values) - min(values)), 0.02)
    return [min(values) - room, max(values) + room]


def _mark_chosen(
    figure: go.Figure, numbers: list[int], chosen: int, silhouette: float, ink: str, colour: str
) -> None:
    """Mark the chosen number larger, its words above it and inside the picture at both ends."""
    share = sum(number < chosen for number in numbers) / len(numbers)
    first = chosen == numbers[0] and len(numbers) > 1
    figure.add_scatter(
        name="chosen",
        x=[chosen],
        y=[silhouette],
        mode="markers",
        hoverinfo="skip",
        cliponaxis=False,
        marker={"size": 14, "color": colour, "line": {"width": 2, "color": ink}},
    )
    figure.add_annotation(
        x=chosen,
        y=silhouette,
        yshift=8,
        yanchor="bottom",
        xanchor="left" if first else "right" if share > 0.7 else "center",
        text=f"{chosen} groups" if chosen != 1 else "1 group",
        showarrow=False,
        font={"size": FONT_SIZE, "color": ink},
    )
