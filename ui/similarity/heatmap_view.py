"""What the heatmaps of the page show: which items, in which order, on which scale."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from collection.item_order import items_in_order
from collection.items import Item
from space.similarity import SCALES
from ui.similarity.cached import ordered
from ui.state.session import Session

VIEW_KEY = "heatmap-view"

TERMS = (
    "A Setup is a provider with one of its models and its settings; each has a colour. A caption "
    "finds its own picture if no other has a higher cosine, or an equal one: a tie counts against "
    "the Setup. Median rank: half of the captions have their own picture at this place or before; "
    "1 is best. Cosine similarity: how alike two vectors are, 1 for the same direction."
)
"""The words of the page, explained."""


Items = tuple[Item, ...]


@dataclass(frozen=True)
class View:
    """What is compared with what, the question it answers, and what to look for.

    `rows` and `columns`: of the captions and the pictures, in order, those of an axis. `of_rows`
    and `of_columns`: what the lists of their parts are called. `dotted`: whether a dot marks the
    best match of a row.
    """

    title: str
    question: str
    sentence: str
    rows: Callable[[Items, Items], Items]
    columns: Callable[[Items, Items], Items]
    of_rows: str
    of_columns: str
    dotted: bool = False

    @property
    def same(self) -> bool:
        """Whether rows and columns are the same items."""
        return self.rows is self.columns


def _captions(texts: Items, pictures: Items) -> Items:
    return texts


def _pictures(texts: Items, pictures: Items) -> Items:
    return pictures


def _all(texts: Items, pictures: Items) -> Items:
    return (*texts, *pictures)


VIEWS = {
    "captions": View(
        "Captions × pictures",
        "Which caption fits which picture?",
        "A dot marks the picture that a model finds closest to a caption, a frame the one that "
        "belongs there: a dot in its frame is a hit.",
        _captions,
        _pictures,
        "Captions shown",
        "Pictures shown",
        dotted=True,
    ),
    "all": View(
        "All × all",
        "Are captions closer to captions than to their pictures?",
        "Each item against every other: captions first, then pictures, with a line between the "
        "kinds. A frame marks what belongs together.",
        _all,
        _all,
        "Rows shown",
        "Columns shown",
    ),
}

WINDOW = 200
"""The most rows or columns a heatmap shows at once."""


@dataclass(frozen=True)
class HeatmapView:
    """One view for all panels: the same items in the same order for every Setup.

    `rows` and `columns` are all items of the two axes, in order, `filtered` the rows that were
    asked for; `row_start` and `column_start` say where the window of at most 200 of them begins.
    """

    view: View
    rows: Items
    columns: Items
    filtered: Items
    row_start: int
    column_start: int
    scale: str
    parameter: float

    @property
    def shown_rows(self) -> tuple[Item, ...]:
        """The rows in the window."""
        return self.filtered[self.row_start : self.row_start + WINDOW]

    @property
    def shown_columns(self) -> tuple[Item, ...]:
        """The columns in the window."""
        return self.columns[self.column_start : self.column_start + WINDOW]

    def place_of(self, row_id: str, column_id: str) -> tuple[int, int] | None:
        """Return the row and the column of a cell in the window, None where it is not shown."""
        rows = [item.id for item in self.shown_rows]
        columns = [item.id for item in self.shown_columns]
        if row_id not in rows or column_id not in columns:
            return None
        return rows.index(row_id), columns.index(column_id)

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


def in_order(state: Session, order: str) -> tuple[Items, Items]:
    """Return captions and pictures in an order, as the first Setup has it.

    Items without a vector there come last.
    """
    first = next(iter(state.shown.values()))
    return items_in_order(state.collection, first, partial(ordered, order))
