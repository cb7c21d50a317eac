"""What a query finds, computed and drawn once for the same vectors and choices."""

from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from charts.score_histogram import ScoreHistogram, score_histogram
from collection.embeddings import Embeddings
from space.arrays import BoolArray, FloatArray
from space.diversity import maximal_marginal_relevance
from space.hit_significance import ScoreDistribution, score_distribution
from space.lead import Lead, lead_of
from space.pairs import shown_range
from space.ranking import Hits, best, hits_of, query_scores
from ui.state.content_cache import cached_by_content


@dataclass(frozen=True)
class SearchAnswer:
    """What a query finds: the hits, and all scores (n,) with how they are spread.

    `lead`: of the best fit over the next, None where nothing was ranked. `shown_range`: the ends
    of the axis on which the scores are drawn.
    """

    hits: Hits
    scores: FloatArray
    distribution: ScoreDistribution
    lead: Lead | None
    shown_range: tuple[float, float]


@cached_by_content(max_entries=200)
def search_answer(
    query: FloatArray,
    scored: Embeddings,
    embeddings: Embeddings,
    allowed: BoolArray,
    count: int,
    diversity: float,
) -> SearchAnswer:
    """Return the best of the allowed rows for a query, float32 (d,); `allowed`: bool (n,).

    `scored`: the rows that the query meets, corrected or not; by those of `embeddings`, which are
    not, the hits differ from each other.
    """
    scores = query_scores(query, scored.vectors)
    if diversity:
        rows = maximal_marginal_relevance(scores, embeddings.vectors, count, diversity, allowed)
        hits = hits_of(scores, rows, allowed)
    else:
        hits = best(scores, count, allowed)
    ranked = scores[allowed]
    found = score_distribution(ranked)
    marks = ranked if found.limit is None else np.append(ranked, found.limit)
    lead = lead_of(scores, found, allowed)
    return SearchAnswer(hits, ranked, found, lead, shown_range(marks, room=0.06))


@cached_by_content(max_entries=100)
def score_drawing(answer: SearchAnswer, colour: str, ink: str) -> go.Figure:
    """Return the drawn scores of an answer."""
    return score_histogram(
        ScoreHistogram(
            answer.scores,
            answer.hits.scores,
            answer.distribution.limit,
            colour,
            answer.shown_range,
        ),
        ink,
    )
