"""What a heatmap shows: a window of the similarity matrix, its ranks and its best matches."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from space.arrays import BoolArray, FloatArray, IntArray
from space.similarity import Scale, cosine_similarity, row_ranks


@dataclass(frozen=True)
class Comparison:
    """A window of n rows and m columns of a similarity matrix.

    `values`: float32 (n, m) in the chosen scale; `cosines`: float32 (n, m); `row_ranks` and
    `column_ranks`: (n, m), 1 is best, counted over whole rows and columns, not the window only;
    `best`: (n,) window column of each row's best match, -1 where it is not shown;
    `ranked_columns` and `ranked_rows`: how many of them the ranks are counted over.
    Where an item meets itself, or has no vector, values and cosines are NaN and the ranks 0.
    """

    values: FloatArray
    cosines: FloatArray
    row_ranks: IntArray
    column_ranks: IntArray
    best: IntArray
    ranked_columns: int
    ranked_rows: int


def compare(
    rows: FloatArray,
    columns: FloatArray,
    row_window: IntArray,
    column_window: IntArray,
    scale: Scale,
    parameter: float,
    *,
    same: bool = False,
) -> Comparison:
    """Compare rows with columns, float32 (N, d) and (M, d) of unit length, in a window.

    `row_window` and `column_window` name the rows and columns shown, in their order. `same`
    says that rows and columns are the same items: an item is then not compared with itself.
    Only the shown rows and columns are ever computed, so large collections stay cheap.
    """
    by_row = cosine_similarity(rows[row_window], columns)
    by_column = cosine_similarity(columns[column_window], rows)
    others = _others(by_row.shape, row_window, same)
    column_others = _others(by_column.shape, column_window, same)
    ranks = _over_others(row_ranks, by_row, others)
    values = _over_others(lambda matrix: scale.apply(matrix, parameter), by_row, others)
    cosines = np.where(others, by_row, np.nan)
    column_ranks = _over_others(row_ranks, by_column, column_others)[:, row_window].T
    return Comparison(
        values=values[:, column_window].astype(np.float32),
        cosines=cosines[:, column_window].astype(np.float32),
        row_ranks=np.nan_to_num(ranks[:, column_window]).astype(np.int64),
        column_ranks=np.nan_to_num(column_ranks).astype(np.int64),
        best=_best_in_window(ranks, column_window),
        ranked_columns=len(columns) - same,
        ranked_rows=len(rows) - same,
    )


def spread(
    comparison: Comparison, rows: IntArray, columns: IntArray, shape: tuple[int, int]
) -> Comparison:
    """Return the comparison laid into a larger window, where some items have no vector.

    Row i goes to row `rows[i]` of `shape`, column j to `columns[j]`; what is left is NaN, rank 0
    and no best match.
    """
    if shape == comparison.values.shape:
        return comparison
    at = np.ix_(rows, columns)
    values, cosines = np.full(shape, np.nan, np.float32), np.full(shape, np.nan, np.float32)
    in_row, in_column = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    values[at], cosines[at] = comparison.values, comparison.cosines
    in_row[at], in_column[at] = comparison.row_ranks, comparison.column_ranks
    best = np.full(shape[0], -1, dtype=np.int64)
    known = comparison.best >= 0
    best[rows[known]] = columns[comparison.best[known]]
    return replace(
        comparison,
        values=values,
        cosines=cosines,
        row_ranks=in_row,
        column_ranks=in_column,
        best=best,
    )


def _others(shape: tuple[int, ...], window: IntArray, same: bool) -> BoolArray:
    """Return which cells compare two different items, (n, m)."""
    others = np.ones(shape, dtype=bool)
    if same:
        others[np.arange(len(window)), window] = False
    return others


def _over_others(
    function: Callable[[np.ndarray], np.ndarray], matrix: FloatArray, others: BoolArray
) -> npt.NDArray[np.float64]:
    """Apply a function of a matrix to it without the cells of items with themselves: NaN there."""
    if others.all():
        return function(matrix).astype(np.float64)
    result = np.full(matrix.shape, np.nan)
    result[others] = function(matrix[others].reshape(len(matrix), -1)).ravel()
    return result


def _best_in_window(ranks: npt.NDArray[np.float64], window: IntArray) -> IntArray:
    """Return the window position of each row's first column of rank 1, -1 if it is not shown."""
    if not ranks.size:
        return np.full(len(ranks), -1, dtype=np.int64)
    position = np.full(ranks.shape[1], -1, dtype=np.int64)
    position[window] = np.arange(len(window))
    found = ranks == 1
    return np.where(found.any(axis=1), position[found.argmax(axis=1)], -1)
