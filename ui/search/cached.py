"""What a query finds, computed and drawn once for the same vectors and choices."""

from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from charts.score_histogram import ScoreHistogram, score_histogram
from space.arrays import BoolArray, FloatArray
from space.diversity import maximal_marginal_relevance
from space.hit_significance import ScoreDistribution, score_distribution
from space.pairs import shown_range
from space.ranking import Hits, best, hits_of, query_scores


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
