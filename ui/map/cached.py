"""What maps show until they are ready, computed and drawn once for the same vectors."""

from collections.abc import Mapping

import plotly.graph_objects as go

from charts.scatter_map import ScatterMap, map_figure
from collection.embeddings import Embeddings
from space.arrays import FloatArray
from space.distinct import distinct_rows
from space.neighbours import Neighbours, nearest
from space.projection import project
from space.trustworthiness import trustworthiness
from ui.state.content_cache import cached_by_content

QUICKLY_TRUSTED = 1_500
"""Up to this many items trustworthiness takes a moment only."""


@cached_by_content(max_entries=100)
def quick_pca(embeddings: Embeddings) -> tuple[FloatArray, float | None]:
    """Return the PCA that stands in for a map that is not ready, float32 (n, 2).

    With it comes its trustworthiness, None where it is unknown or would take too long.
    """
    vectors = embeddings.vectors
    xy = project(vectors, "pca").xy
    return xy, trustworthiness(vectors, xy) if len(xy) <= QUICKLY_TRUSTED else None


@cached_by_content(max_entries=100)
def shared_places(embeddings: Embeddings) -> Mapping[int, int]:
    """Return row → how many rows are equal to it, for the first of each kind that has several."""
    rows = distinct_rows(embeddings.vectors)
    shared = rows.counts > 1
    return dict(zip(rows.first[shared].tolist(), rows.counts[shared].tolist(), strict=True))


@cached_by_content(max_entries=200)
def nearest_items(embeddings: Embeddings, rows: tuple[int, ...], count: int) -> list[Neighbours]:
    """Return the nearest rows of each of these rows; see `space.neighbours.nearest`."""
    return nearest(embeddings.vectors, rows, count)


@cached_by_content(max_entries=60)
def map_drawing(chart: ScatterMap, ink: str, height: int) -> go.Figure:
    """Return the drawn map, so many pixels high."""
    return map_figure(chart, ink, height)
