"""One search over 10,000 items against scikit-learn's exact nearest neighbours.

Ours ranks, and also tells which hits stand out. Queries come one at a time, as people ask them.
"""

from collections.abc import Iterator

import numpy as np
from sklearn.neighbors import NearestNeighbors

from benchmarks.data import gaussian_mixture
from benchmarks.ratio import Ratio, medians_in_turn
from space.hit_significance import score_distribution
from space.ranking import best, query_scores

ITEMS, DIMENSION = 10_000, 1024
QUERIES = 20
RESULTS = 12
BAR = 50  # ms a query


def measure() -> Iterator[Ratio]:
    """Time both in turn, and say whether they name the same items."""
    rows = gaussian_mixture(ITEMS + QUERIES, DIMENSION)[1]
    vectors, queries = rows[:ITEMS], rows[ITEMS:]
    index = NearestNeighbors(n_neighbors=RESULTS, metric="cosine", algorithm="brute").fit(vectors)
    found: dict[str, list[np.ndarray]] = {}

    def plain() -> None:
        found["plain"] = [
            index.kneighbors(query[np.newaxis], return_distance=False)[0] for query in queries
        ]

    def ours() -> None:
        found["ours"] = [_search(query, vectors) for query in queries]

    plain_seconds, our_seconds = medians_in_turn([plain, ours])
    same = np.array_equal(found["plain"], found["ours"])
    plain_ms, our_ms = (1000 * seconds / QUERIES for seconds in (plain_seconds, our_seconds))
    yield Ratio(
        what="search",
        data=f"{QUERIES} queries in {ITEMS:,} x {DIMENSION}, best {RESULTS}",
        baseline="scikit-learn",
        baseline_seconds=plain_seconds,
        ours="ours",
        our_seconds=our_seconds,
        remark=f"a query takes {our_ms:.1f} ms against {plain_ms:.1f} ms (bar {BAR} ms); "
        f"same items in the same order: {same}",
    )


def _search(query: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    scores = query_scores(query, vectors)
    score_distribution(scores)
    return best(scores, RESULTS).rows
