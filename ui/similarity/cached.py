"""What heatmaps show, computed and drawn once for the same vectors and choices."""

import numpy as np
import plotly.graph_objects as go

from charts.heatmap import Heatmap, similarity_heatmap
from collection.modality_vectors import ModalityVectors
from space.arrays import IntArray
from space.comparison import Comparison, compare
from space.order import ORDERS
from space.retrieval import Retrieval, retrieval
from space.similarity import SCALES
from ui.state.content_cache import cached_by_content


@cached_by_content(max_entries=100)
def comparison(
    rows: ModalityVectors,
    columns: ModalityVectors,
    row_window: tuple[int, ...],
    column_window: tuple[int, ...],
    scale: str,
    parameter: float,
    same: bool,
) -> Comparison:
    """Return what a heatmap shows; see `space.comparison.compare`."""
    return compare(
        rows.vectors,
        columns.vectors,
        np.asarray(row_window, np.int64),
        np.asarray(column_window, np.int64),
        SCALES[scale],
        parameter,
        same=same,
    )


@cached_by_content(max_entries=200)
def cached_retrieval(
    queries: ModalityVectors, documents: ModalityVectors, pairs: IntArray
) -> Retrieval:
    """Return what each query finds; see `space.retrieval.retrieval`."""
    return retrieval(queries.vectors, documents.vectors, pairs)


@cached_by_content(max_entries=100)
def ordered(
    order: str, rows: ModalityVectors, columns: ModalityVectors, pairs: IntArray
) -> tuple[IntArray, IntArray]:
    """Return the rows and the columns in an order; `pairs`: (p, 2). See `space.order.ORDERS`."""
    return ORDERS[order].apply(rows.vectors, columns.vectors, (pairs[:, 0], pairs[:, 1]))


@cached_by_content(max_entries=60)
def heatmap_figure(heatmap: Heatmap, ink: str) -> go.Figure:
    """Return the drawn heatmap."""
    return similarity_heatmap(heatmap, ink)
