"""The heatmaps side by side in a box that scrolls, with the names of the rows once at the left."""

import html
from collections.abc import Sequence

import streamlit as st

from charts.heatmap import LABELLED_ROWS, heatmap_height, row_middles
from ui.elements.larger import scale
from ui.elements.setup_header import setup_header
from ui.similarity.heatmap_panel import Panel, heatmap_panel
from ui.similarity.heatmap_view import HeatmapView
from ui.state.session import Session

_HEAD = 80  # pixels above a heatmap, for the Setup's name and model
_TALLEST = 640


def heatmaps(state: Session, view: HeatmapView, marked: tuple[str, str] | None) -> Sequence[Panel]:
    """Draw a heatmap a Setup, and return what they show; `marked`: ids of the chosen cell."""
    height = _HEAD + heatmap_height(len(view.shown_rows), view.shown_columns, scale())
    panels = []
    with (
        st.container(
            key="heatmaps", height=_TALLEST if height > _TALLEST else "content", border=False
        ),
        st.container(
            key="heatmap-row", horizontal=True, vertical_alignment="bottom", wrap=False, gap="small"
        ),
    ):
        st.html(_labels(view, marked), width="content")
        for embeddings in state.shown.values():
            row = state.compared.colour_index(embeddings.setup)
            with st.container(key=f"heatmap-panel-{row}", gap="xxsmall"):
                setup_header(state, embeddings)
                panels.append(heatmap_panel(state, view, embeddings, marked))
    return panels


def _labels(view: HeatmapView, marked: tuple[str, str] | None) -> str:
    """Return the names of the rows, each beside the middle of its row; none where they are many.

    The keyboard can come to them, and scroll what they stand in.
    """
    height = heatmap_height(len(view.shown_rows), view.shown_columns, scale())
    middles = row_middles(len(view.shown_rows), view.shown_columns, scale())
    lines = []
    for item, middle in zip(view.shown_rows, middles, strict=True):
        if len(middles) > LABELLED_ROWS:
            break
        name = html.escape(item.label, quote=True)
        chosen = ' class="chosen"' if marked is not None and marked[0] == item.id else ""
        lines.append(f'<li{chosen} style="top:{middle:.1f}px" title="{name}">{name}</li>')
    kind = "row-labels" if lines else "row-labels none"
    return (
        f'<div class="{kind}" style="height:{height}px" tabindex="0" role="group" '
        f'aria-label="Names of the rows"><ol>{"".join(lines)}</ol></div>'
    )
