"""Thumbnails on hover, and clicks on cells and marks, for all charts of a page at once.

Plotly shows no pictures on hover, and Streamlit reports no click on a heatmap, nor on a mark
where a loop can be drawn: one small component listens to Plotly's own events. It relies on the
names of Streamlit's and Plotly's CSS classes, so a browser test watches over it.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import streamlit as st

from charts.labels import shortened
from charts.thumbnails import data_uris
from collection.items import Item

_HERE = Path(__file__).parent

_LISTENER = st.components.v2.component(
    "chart_events",
    html='<div class="tip" role="tooltip"></div>',
    css=(_HERE / "chart_events.css").read_text(encoding="utf-8"),
    js=(_HERE / "chart_events.js").read_text(encoding="utf-8"),
)

SMALL_FROM = 600
"""From this many items on thumbnails are sent smaller, so that the page stays light."""


@dataclass(frozen=True, slots=True)
class ListenedChart:
    """A chart to listen to, by its Streamlit key.

    A `map` has each mark's item number in its customdata; a `heatmap` names the item numbers
    of its rows and columns, over how many rows and columns its ranks are counted, and what its
    numbers are called.
    """

    key: str
    kind: Literal["map", "heatmap"]
    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    ranked_rows: int = 0
    ranked_columns: int = 0
    score: str = "cosine"


def listen(
    key: str,
    items: Sequence[Item],
    charts: Sequence[ListenedChart],
    heard: Callable[[Sequence[str]], None] = lambda ids: None,
) -> None:
    """Show each item's thumbnail on hover; `heard` is told the ids of the items just clicked.

    These are the row's and the column's for a heatmap, the mark's for a map. It is told before the
    page is drawn anew; a click on a chart that has changed since may name other items than those
    shown then.
    """
    pixels = 48 if len(items) > SMALL_FROM else 112
    named = [
        {"id": item.id, "label": shortened(item.label, 140), "image": image}
        for item, image in zip(items, data_uris(items, pixels), strict=True)
    ]
    _LISTENER(
        data={"items": named, "charts": [asdict(chart) for chart in charts]},
        key=key,
        on_clicked_change=lambda: heard(st.session_state[key]["clicked"] or ()),
        height=1,
    )
