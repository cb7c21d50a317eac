"""The heatmap of a whole collection: captions against pictures, or all items of one kind."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from charts.heatmap import Heatmap
from collection.collection import Collection
from collection.embeddings import Embeddings
from collection.item_order import items_in_order
from collection.items import Item
from collection.modality_vectors import vectors_among
from collection.pair_rows import pair_rows
from space.block_maximum import block_maximum
from space.comparison import compare, spread
from space.order import ORDERS
from space.similarity import SCALES

CELLS = 200
"""Up to so many rows and columns each cell of the matrix is drawn."""

_COARSE = 400
_COSINE, _ORDER = SCALES["cosine"], ORDERS["pair"]


@dataclass(frozen=True)
class WholeHeatmap:
    """A heatmap of all items with a vector, and of how many rows and columns it is one.

    Of more than 200 of either it is coarse: a cell is the highest cosine of its block of the
    matrix, without pairs and best matches. `same`: whether rows and columns are the same items.
    """

    heatmap: Heatmap
    rows: int
    columns: int
    same: bool

    @property
    def coarse(self) -> bool:
        """Whether cells stand for several cells of the matrix."""
        return max(self.rows, self.columns) > CELLS


def whole_heatmap(
    collection: Collection, embeddings: Embeddings, first: Embeddings
) -> WholeHeatmap | None:
    """Return the heatmap of one Setup in the order that the first Setup gives: pairs diagonally.

    Captions are rows and pictures columns; where only one kind is in the collection, its items are
    both. None where this Setup has no vectors to compare.
    """
    texts, pictures = items_in_order(
        collection, first, lambda a, b, pairs: _ORDER.apply(a.vectors, b.vectors, tuple(pairs.T))
    )
    same = not (texts and pictures)
    rows, columns = ((texts or pictures), (pictures or texts))
    known_rows = sum(item.id in embeddings for item in rows)
    known_columns = sum(item.id in embeddings for item in columns)
    if not (known_rows and known_columns) or (same and known_rows < 2):
        return None
    fits = max(len(rows), len(columns)) <= CELLS
    if fits:
        heatmap = _all_cells(collection, embeddings, rows, columns, same)
        return WholeHeatmap(heatmap, len(rows), len(columns), same)
    return WholeHeatmap(_blocks(embeddings, rows, columns), len(rows), len(columns), same)


def _all_cells(
    collection: Collection,
    embeddings: Embeddings,
    rows: Sequence[Item],
    columns: Sequence[Item],
    same: bool,
) -> Heatmap:
    sides = [vectors_among(items, embeddings) for items in (rows, columns)]
    windows = [np.arange(len(side.items)) for side in sides]
    vectors = [side.vectors for side in sides]
    found = compare(vectors[0], vectors[1], windows[0], windows[1], _COSINE, 0.0, same=same)
    at = [
        np.flatnonzero([item.id in embeddings for item in items]).astype(np.int64)
        for items in (rows, columns)
    ]
    compared = spread(found, at[0], at[1], (len(rows), len(columns)))
    return Heatmap(
        values=compared.values,
        cosines=compared.cosines,
        row_ranks=compared.row_ranks,
        column_ranks=compared.column_ranks,
        rows=rows,
        columns=columns,
        pairs=pair_rows(collection, rows, columns),
        best=None if same else compared.best,
        scale_title=_COSINE.title,
        colour_range=None,
    )


def _blocks(embeddings: Embeddings, rows: Sequence[Item], columns: Sequence[Item]) -> Heatmap:
    row_side, column_side = (vectors_among(items, embeddings) for items in (rows, columns))
    values = block_maximum(row_side.vectors, column_side.vectors, _COARSE)
    ranks = np.zeros(values.shape, np.int64)
    return Heatmap(
        values=values,
        cosines=values,
        row_ranks=ranks,
        column_ranks=ranks,
        rows=_first_of_blocks(row_side.items, values.shape[0]),
        columns=_first_of_blocks(column_side.items, values.shape[1]),
        pairs=np.zeros((0, 2), np.int64),
        best=None,
        scale_title=_COSINE.title,
        colour_range=None,
    )


def _first_of_blocks(items: Sequence[Item], parts: int) -> list[Item]:
    return [items[len(items) * part // parts] for part in range(parts)]
