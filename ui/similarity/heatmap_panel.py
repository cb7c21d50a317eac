"""The heatmaps: a chart a Setup, and the same numbers as tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from charts.heatmap import Heatmap
from charts.standalone import standalone_heatmap
from collection.embeddings import Embeddings
from collection.items import Item, Modality
from collection.modality_vectors import ModalityVectors, vectors_among, vectors_of
from collection.pair_rows import pair_rows
from space.comparison import Comparison, spread
from space.modality import mean_between, mean_within
from space.similarity import SCALES
from ui.elements.chart_events import ListenedChart, listen
from ui.elements.correction import corrected, score_name
from ui.elements.larger import scale
from ui.elements.save_picture import (
    CELLS_ARE_A_BITMAP,
    ChartPicture,
    plain_name,
    save_picture,
)
from ui.elements.text import unique_labels
from ui.elements.theme import ink
from ui.similarity.cached import comparison, heatmap_figure
from ui.similarity.heatmap_view import HeatmapView
from ui.state.session import Session

EVENTS_KEY = "heatmap-events"


@dataclass(frozen=True)
class Panel:
    """A drawn heatmap: its Streamlit key, whose it is, the numbers it shows and their name."""

    key: str
    embeddings: Embeddings
    comparison: Comparison
    score: str = "cosine"


def heatmap_panel(
    state: Session, view: HeatmapView, embeddings: Embeddings, marked: tuple[str, str] | None
) -> Panel:
    """Draw one Setup's heatmap and return what it shows; `marked`: ids of the chosen cell."""
    key = f"heatmap-{state.compared.colour_index(embeddings.setup)}"
    across = not view.view.same
    compared = _compared(view, corrected(state.collection, embeddings, across=across))
    if view.view.same:
        st.html(f'<div class="means">{mean_cosines(state, embeddings)}</div>')
    rows, columns = view.shown_rows, view.shown_columns
    heatmap = _heatmap(state, view, compared, marked)
    st.plotly_chart(
        heatmap_figure(heatmap, ink()),
        key=key,
        width="stretch",
        config={"displayModeBar": False},
        alt=f"Heatmap of {len(rows)} rows and {len(columns)} columns; its numbers are in the table "
        "below it.",
    )
    save_picture(key, _picture(state.compared.name_of(embeddings.setup), view, heatmap))
    return Panel(key, embeddings, compared, score_name(across=across))


def _picture(name: str, view: HeatmapView, heatmap: Heatmap) -> ChartPicture:
    return ChartPicture(
        of=f"the heatmap of {name}",
        file_name=plain_name("similarity", name),
        draw=lambda: standalone_heatmap(heatmap, f"{name}: {view.view.question} {_left_out(view)}"),
        bitmap=CELLS_ARE_A_BITMAP,
    )


def _left_out(view: HeatmapView) -> str:
    """Return how many rows and columns are shown where that is not all: “6 of 31 rows”."""
    axes = (
        (view.shown_rows, view.rows, "rows"),
        (view.shown_columns, view.columns, "columns"),
    )
    parts = [f"{len(s):,} of {len(all_):,} {noun}" for s, all_, noun in axes if len(s) < len(all_)]
    return ", ".join(parts)


def heatmap_tables(state: Session, view: HeatmapView, panels: Sequence[Panel]) -> None:
    """Draw the numbers of all heatmaps as tables, a tab each."""
    with st.expander("As a table"):
        names = [state.compared.name_of(panel.embeddings.setup) for panel in panels]
        for tab, panel in zip(st.tabs(unique_labels(names)), panels, strict=True):
            with tab:
                st.dataframe(_table(view, panel.comparison), width="stretch")


def _heatmap(
    state: Session, view: HeatmapView, compared: Comparison, marked: tuple[str, str] | None
) -> Heatmap:
    rows, columns, scaled = view.shown_rows, view.shown_columns, SCALES[view.scale]
    score = score_name(across=not view.view.same)
    raw = view.scale == "cosine" and score != "cosine"
    return Heatmap(
        values=compared.values,
        cosines=compared.cosines,
        row_ranks=compared.row_ranks,
        column_ranks=compared.column_ranks,
        rows=rows,
        columns=columns,
        pairs=pair_rows(state.collection, rows, columns),
        best=compared.best if view.view.dotted else None,
        scale_title=score[0].upper() + score[1:] if raw else scaled.title,
        colour_range=scaled.fixed_range,
        diverging=scaled.diverging,
        low_is_best=scaled.low_is_best,
        times=scale(),
        marked=None if marked is None else view.place_of(*marked),
    )


def listen_to_panels(
    view: HeatmapView, panels: Sequence[Panel], take: Callable[[str, str], None]
) -> None:
    """Show thumbnails on hover over any panel; `take` hears the ids of a cell that is clicked."""
    items = list(dict.fromkeys((*view.shown_rows, *view.shown_columns)))
    at = {item.id: position for position, item in enumerate(items)}
    rows = tuple(at[item.id] for item in view.shown_rows)
    columns = tuple(at[item.id] for item in view.shown_columns)
    charts = [
        ListenedChart(
            panel.key,
            "heatmap",
            rows,
            columns,
            panel.comparison.ranked_rows,
            panel.comparison.ranked_columns,
            panel.score,
        )
        for panel in panels
    ]

    def heard(ids: Sequence[str]) -> None:
        if len(ids) == 2 and view.place_of(ids[0], ids[1]) is not None:
            take(ids[0], ids[1])

    listen(EVENTS_KEY, items, charts, heard)


def mean_cosines(state: Session, embeddings: Embeddings) -> str:
    """Say as HTML how alike the items of one kind are among themselves, and across the kinds."""
    texts = vectors_of(state.collection, embeddings, Modality.TEXT)
    pictures = vectors_of(state.collection, embeddings, Modality.PICTURE)
    return _means_in_words(
        mean_within(texts.vectors),
        mean_within(pictures.vectors),
        mean_between(texts.vectors, pictures.vectors),
    )


def _means_in_words(texts: float | None, pictures: float | None, across: float | None) -> str:
    parts = (
        ("caption with caption", texts),
        ("picture with picture", pictures),
        ("caption with picture", across),
    )
    known = [f"{name} <b>{value:z.2f}</b>" for name, value in parts if value is not None]
    return "Mean cosine: " + ", ".join(known) + "."


def _compared(view: HeatmapView, embeddings: Embeddings) -> Comparison:
    """Compare what this Setup has vectors for, laid out in the window that all panels share."""
    rows, row_window, row_at = _present(view.rows, view.shown_rows, embeddings)
    columns, column_window, column_at = _present(view.columns, view.shown_columns, embeddings)
    found = comparison(
        rows,
        columns,
        row_window,
        column_window,
        view.scale,
        view.parameter,
        view.view.same,
    )
    shape = (len(view.shown_rows), len(view.shown_columns))
    return spread(found, np.asarray(row_at, np.int64), np.asarray(column_at, np.int64), shape)


def _present(
    items: Sequence[Item], shown: Sequence[Item], embeddings: Embeddings
) -> tuple[ModalityVectors, tuple[int, ...], tuple[int, ...]]:
    """Return the items with vectors, where shown ones stand among them, and where in the window."""
    found = vectors_among(items, embeddings)
    at = {item.id: position for position, item in enumerate(found.items)}
    window = [(at[item.id], position) for position, item in enumerate(shown) if item.id in at]
    return found, tuple(a for a, _ in window), tuple(b for _, b in window)


def _table(view: HeatmapView, compared: Comparison) -> dict[str, list[Any]]:
    """Return what the colours say as a table, a column a picture; repeated names are numbered."""
    table: dict[str, list[Any]] = {"row": [item.label for item in view.shown_rows]}
    names = unique_labels(["row", *(item.label for item in view.shown_columns)])[1:]
    for position, name in enumerate(names):
        table[name] = np.round(compared.values[:, position], 3).tolist()
    return table
