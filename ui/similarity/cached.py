"""What heatmaps show, computed and drawn once for the same vectors and choices."""

from collections.abc import Callable

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from charts.heatmap import Heatmap, similarity_heatmap
from space.arrays import FloatArray, IntArray
from space.comparison import Comparison, compare
from space.order import ORDERS, Pairs
from space.retrieval import true_ranks
from space.similarity import SCALES


@st.cache_resource(max_entries=100, show_spinner=False)
def comparison(
    digest: str,
    _rows: FloatArray,
    _columns: FloatArray,
    row_window: tuple[int, ...],
    column_window: tuple[int, ...],
    scale: str,
    temperature: float,
    same: bool,
) -> Comparison:
    """Return what a heatmap shows; see `space.comparison.compare`."""
    return compare(
        _rows,
        _columns,
        np.asarray(row_window, np.int64),
        np.asarray(column_window, np.int64),
        SCALES[scale],
        temperature,
        same=same,
    )


@st.cache_resource(max_entries=100, show_spinner=False)
def ranks_of_truth(
    digest: str, _queries: FloatArray, _documents: FloatArray, _pairs: IntArray
) -> IntArray:
    """Return the rank of the right document of each query; see `space.retrieval.true_ranks`."""
    return true_ranks(_queries, _documents, _pairs)


@st.cache_resource(max_entries=100, show_spinner=False)
def ordered(
    digest: str, order: str, _rows: FloatArray, _columns: FloatArray, _pairs: Pairs
) -> tuple[IntArray, IntArray]:
    """Return the rows and the columns in an order; see `space.order.ORDERS`."""
    return ORDERS[order].apply(_rows, _columns, _pairs)


@st.cache_resource(max_entries=60, show_spinner=False)
def heatmap_figure(digest: str, ink: str, _heatmap: Callable[[], Heatmap]) -> go.Figure:
    """Return the drawn heatmap; `digest` stands for all that `_heatmap` would give."""
    return similarity_heatmap(_heatmap(), ink)
