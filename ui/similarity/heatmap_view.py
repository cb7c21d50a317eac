"""What the heatmaps of the page show: which items, in which order, on which scale."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import streamlit as st

from collection.collection import Collection
from collection.embeddings import Embeddings
from collection.items import Item
from collection.pair_rows import pair_rows
from space.similarity import SCALES
from ui.similarity.cached import ordered
from ui.state.session import Session

VIEW_KEY = "heatmap-view"


class View(NamedTuple):
    """What is compared with what, and the one sentence of what to look for."""

    title: str
    look_for: str


VIEWS = {
    "captions": View(
        "Captions × pictures",
        "Each row is a caption, each column a picture. A dot marks the picture that the model "
        "finds closest; a frame marks the picture that truly belongs there. A dot in its frame is "
        "a hit.",
    ),
    "all": View(
        "All × all",
        "Each item against every other: captions first, then pictures, a line between the two "
        "kinds. A frame marks what truly belongs together. Are captions closer to captions than "
        "to their pictures?",
    ),
}

WINDOW = 200
"""The most rows or columns a heatmap shows at once."""


@dataclass(frozen=True)
class HeatmapView:
    """One view for all panels: the same items in the same order for every Setup.

    `rows` and `columns` are all items of the two axes, in order; `row_start` and `column_start`
    say where the window of at most 200 begins.
    """

    kind: str
    rows: tuple[Item, ...]
    columns: tuple[Item, ...]
    row_start: int
    column_start: int
    scale: str
    temperature: float

    @property
    def shown_rows(self) -> tuple[Item, ...]:
        """The rows in the window."""
        return self.rows[self.row_start : self.row_start + WINDOW]

    @property
    def shown_columns(self) -> tuple[Item, ...]:
        """The columns in the window."""
        return self.columns[self.column_start : self.column_start + WINDOW]

    @cached_property
    def digest(self) -> str:
        """SHA-256 over everything that decides what is shown, the vectors apart."""
        # Names count: the same picture may have another name in another session.
        ids = [(item.id, item.label) for item in (*self.rows, *self.columns)]
        choices = (self.kind, self.row_start, self.column_start, self.scale, self.temperature)
        return hashlib.sha256(repr((choices, len(self.rows), ids)).encode()).hexdigest()

    @property
    def same(self) -> bool:
        """Whether rows and columns are the same items."""
        return self.kind == "all"

    @property
    def scale_in_words(self) -> str:
        """What the colours mean, and whether two panels may be compared by colour."""
        scale = SCALES[self.scale]
        warning = (
            ""
            if scale.comparable
            else " Each panel has its own colour bar: raw cosines of two providers are not on one "
            "scale, so compare patterns and ranks, not colours."
        )
        rows, columns = len(self.rows), len(self.columns)
        window = (
            f" Shown are at most {WINDOW} of {rows:,} rows and {columns:,} columns; ranks count "
            "them all, and a best match outside the window has no dot."
            if max(rows, columns) > WINDOW
            else ""
        )
        return f"**{scale.title}**: {scale.sentence}{warning}{window}"


def heatmap_view(
    state: Session, kind: str, order: str, scale: str, temperature: float
) -> HeatmapView:
    """Return the view for these choices; asks for a window when there are more than 200."""
    texts, pictures = _ordered(state.collection, next(iter(state.shown.values())), order)
    rows, columns = (texts, pictures) if kind == "captions" else ((*texts, *pictures),) * 2
    return HeatmapView(
        kind,
        rows,
        columns,
        _window("Captions shown" if kind == "captions" else "Rows shown", len(rows)),
        _window("Pictures shown" if kind == "captions" else "Columns shown", len(columns)),
        scale,
        temperature,
    )


def _ordered(
    collection: Collection, first: Embeddings, order: str
) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """Put captions and pictures in an order; items without a vector in `first` come last."""
    texts = [item for item in collection.texts if item.id in first]
    pictures = [item for item in collection.pictures if item.id in first]
    pairs = pair_rows(collection, texts, pictures)
    text_order, picture_order = ordered(
        f"{first.digest} {collection.digest}",
        order,
        first.of(item.id for item in texts),
        first.of(item.id for item in pictures),
        (pairs[:, 0], pairs[:, 1]),
    )
    return (
        (*(texts[i] for i in text_order), *(t for t in collection.texts if t.id not in first)),
        (
            *(pictures[i] for i in picture_order),
            *(p for p in collection.pictures if p.id not in first),
        ),
    )


def _window(label: str, count: int) -> int:
    """Return where the window begins; asks only when not everything fits."""
    if count <= WINDOW:
        return 0
    starts = range(0, count, WINDOW)
    return st.selectbox(
        label,
        starts,
        format_func=lambda start: f"{start + 1} to {min(start + WINDOW, count)} of {count}",
        width=210,
        key=f"window-{label}",
    )
