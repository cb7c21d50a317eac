"""Numbers kept between reruns, by the digest of what they were computed from.

Streamlit hashes only samples of large arrays, so the arrays themselves are passed unhashed
(leading underscore) and a digest of their whole content stands for them.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from charts.heatmap import Heatmap, similarity_heatmap
from charts.scatter_map import ScatterMap, map_figure
from charts.score_histogram import ScoreHistogram, score_histogram
from space.arrays import BoolArray, FloatArray, IntArray
from space.comparison import Comparison, compare
from space.diversity import maximal_marginal_relevance
from space.hit_significance import ScoreDistribution, score_distribution
from space.modality import centre_modalities
from space.neighbours import Neighbours, nearest
from space.order import ORDERS, Pairs
from space.pairs import shown_range
from space.projection import project
from space.ranking import Hits, best, hits_of, query_scores
from space.retrieval import true_ranks
from space.similarity import SCALES
from space.trustworthiness import trustworthiness

QUICKLY_TRUSTED = 1_500
"""Up to this many items trustworthiness takes a moment only."""


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
def heatmap_figure(digest: str, ink: str, _heatmap: Callable[[], Heatmap]) -> go.Figure:
    """Return the drawn heatmap; `digest` stands for all that `_heatmap` would give."""
    return similarity_heatmap(_heatmap(), ink)


@st.cache_resource(max_entries=60, show_spinner=False)
def map_drawing(digest: str, ink: str, _chart: ScatterMap) -> go.Figure:
    """Return the drawn map; `digest` stands for all of `_chart`."""
    return map_figure(_chart, ink)


@dataclass(frozen=True)
class SearchAnswer:
    """What a query finds: the hits, and all scores (n,) with how they are spread.

    `shown_range`: the ends of the axis on which the scores are drawn. `digest` stands for all.
    """

    digest: str
    hits: Hits
    scores: FloatArray
    distribution: ScoreDistribution
    shown_range: tuple[float, float]


@st.cache_resource(max_entries=200, show_spinner=False)
def search_answer(
    digest: str,
    count: int,
    diversity: float,
    _query: FloatArray,
    _vectors: FloatArray,
    _allowed: BoolArray,
) -> SearchAnswer:
    """Return the best of the allowed rows; `digest` stands for the query, the vectors and them."""
    scores = query_scores(_query, _vectors)
    if diversity:
        rows = maximal_marginal_relevance(scores, _vectors, count, diversity, _allowed)
        hits = hits_of(scores, rows, _allowed)
    else:
        hits = best(scores, count, _allowed)
    ranked = scores[_allowed]
    found = score_distribution(ranked)
    marks = ranked if found.limit is None else np.append(ranked, found.limit)
    return SearchAnswer(
        f"{digest} {count} {diversity}", hits, ranked, found, shown_range(marks, room=0.06)
    )


@st.cache_resource(max_entries=100, show_spinner=False)
def score_drawing(digest: str, colour: str, ink: str, _answer: SearchAnswer) -> go.Figure:
    """Return the drawn scores of an answer; `digest` is that of the answer."""
    return score_histogram(
        ScoreHistogram(
            _answer.scores,
            _answer.hits.scores,
            _answer.distribution.limit,
            colour,
            _answer.shown_range,
        ),
        ink,
    )
