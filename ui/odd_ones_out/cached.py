"""What does not fit, computed once for the same vectors and pairs; see `ui.similarity.cached`."""

import streamlit as st

from collection.embeddings import FloatArray
from space.arrays import IntArray
from space.duplicates import ClosePairs, close_pairs
from space.outliers import Outliers, outliers
from space.swaps import SwapSuspects, swap_suspects
from space.unusual_pairs import PairFit, pair_fit


@st.cache_resource(max_entries=50, show_spinner=False)
def cached_swaps(
    digest: str, _texts: FloatArray, _pictures: FloatArray, _pairs: IntArray
) -> SwapSuspects:
    """Return the captions that fit another picture better; see `space.swaps`."""
    return swap_suspects(_texts, _pictures, _pairs)


@st.cache_resource(max_entries=100, show_spinner=False)
def cached_outliers(digest: str, _vectors: FloatArray) -> Outliers:
    """Return what is far from everything; see `space.outliers`."""
    return outliers(_vectors)


@st.cache_resource(max_entries=100, show_spinner=False)
def cached_close_pairs(digest: str, _vectors: FloatArray) -> ClosePairs:
    """Return the closest pairs of items; see `space.duplicates`."""
    return close_pairs(_vectors)


@st.cache_resource(max_entries=50, show_spinner=False)
def cached_pair_fit(
    digest: str, _texts: FloatArray, _pictures: FloatArray, _pairs: IntArray
) -> PairFit:
    """Return how well each known pair fits; see `space.unusual_pairs`."""
    return pair_fit(_texts, _pictures, _pairs)
