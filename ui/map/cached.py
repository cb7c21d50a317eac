"""What maps show until they are ready, computed and drawn once for the same vectors."""

import plotly.graph_objects as go
import streamlit as st

from charts.scatter_map import ScatterMap, map_figure
from space.arrays import BoolArray, FloatArray
from space.modality import centre_modalities
from space.neighbours import Neighbours, nearest
from space.projection import project
from space.trustworthiness import trustworthiness

QUICKLY_TRUSTED = 1_500
"""Up to this many items trustworthiness takes a moment only."""


@st.cache_resource(max_entries=8, show_spinner=False)
def centred_vectors(digest: str, _vectors: FloatArray, _is_text: BoolArray) -> FloatArray:
    """Return the vectors without their modality's mean; see `space.modality`."""
    return centre_modalities(_vectors, _is_text)


@st.cache_resource(max_entries=100, show_spinner=False)
def quick_pca(digest: str, _vectors: FloatArray) -> tuple[FloatArray, float | None]:
    """Return the PCA that stands in for a map that is not ready, float32 (n, 2).

    With it comes its trustworthiness, None where it is unknown or would take too long.
    """
    xy = project(_vectors, "pca").xy
    return xy, trustworthiness(_vectors, xy) if len(xy) <= QUICKLY_TRUSTED else None


@st.cache_resource(max_entries=200, show_spinner=False)
def nearest_items(
    digest: str, _vectors: FloatArray, rows: tuple[int, ...], count: int
) -> list[Neighbours]:
    """Return the nearest rows of each of these rows; see `space.neighbours.nearest`."""
    return nearest(_vectors, rows, count)


@st.cache_resource(max_entries=60, show_spinner=False)
def map_drawing(digest: str, ink: str, _chart: ScatterMap) -> go.Figure:
    """Return the drawn map; `digest` stands for all of `_chart`."""
    return map_figure(_chart, ink)
