"""Groups and their names, computed once a setting; see `ui.similarity.cached`."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go
import streamlit as st

from charts.silhouette_curve import silhouette_curve
from collection.embeddings import FloatArray
from space.agreement import Agreement, agreement
from space.clustering import Grouping, group
from space.cohesion import cohesion
from space.group_names import GroupName, group_names


@st.cache_resource(max_entries=100, show_spinner="Grouping …")
def cached_grouping(
    digest: str, method: str, count: int | None, smallest: int | None, _vectors: FloatArray
) -> Grouping:
    """Return the groups of these vectors; see `space.clustering`."""
    return group(_vectors, method, count=count, smallest=smallest)


@st.cache_resource(max_entries=100, show_spinner=False)
def cached_cohesion(
    digest: str, _vectors: FloatArray, _labels: npt.NDArray[np.int64]
) -> list[float]:
    """Return how closely the items of each group keep together; see `space.cohesion`."""
    return [float(value) for value in cohesion(_vectors, _labels)]


@st.cache_resource(max_entries=100, show_spinner=False)
def cached_names(
    digest: str,
    _vectors: FloatArray,
    _labels: npt.NDArray[np.int64],
    _caption_vectors: FloatArray,
    _captions: Sequence[str],
    _members: Sequence[Sequence[int]],
) -> list[GroupName]:
    """Return the names of groups; see `space.group_names`."""
    return group_names(_vectors, _labels, _caption_vectors, _captions, _members)


@st.cache_resource(max_entries=200, show_spinner=False)
def cached_agreement(
    digest: str, _labels: npt.NDArray[np.int64], _reference: npt.NDArray[np.int64]
) -> Agreement:
    """Return how far two groupings agree; see `space.agreement`."""
    return agreement(_labels, _reference)


@st.cache_resource(max_entries=100, show_spinner=False)
def silhouette_drawing(
    tried: tuple[tuple[int, float], ...], chosen: int, ink: str, colour: str
) -> go.Figure:
    """Return the drawn silhouettes of all numbers of groups that were tried."""
    return silhouette_curve(dict(tried), chosen, ink, colour)
