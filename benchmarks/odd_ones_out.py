"""Outliers, near-duplicates and suspected swaps among 5,000 items, against the plain way each."""

from collections.abc import Callable, Iterator

import numpy as np
from sklearn.metrics.pairwise import cosine_similarity
from sklearn.neighbors import NearestNeighbors

from benchmarks.data import gaussian_mixture
from benchmarks.ratio import Ratio, medians_in_turn
from space.duplicates import close_pairs
from space.outliers import outliers
from space.swaps import swap_suspects

ITEMS, DIMENSION = 5_000, 384
NEIGHBOURS, CLOSEST = 5, 2_000


def _plain_outliers(x: np.ndarray) -> np.ndarray:
    found = NearestNeighbors(n_neighbors=NEIGHBOURS + 1, metric="cosine").fit(x).kneighbors(x)[0]
    return found[:, 1:].mean(axis=1)


def _plain_pairs(x: np.ndarray) -> np.ndarray:
    """All cosines at once, and the closest of them."""
    left, right = np.triu_indices(len(x), k=1)
    cosines = cosine_similarity(x)[left, right]
    closest = np.argpartition(-cosines, CLOSEST)[:CLOSEST]
    return np.stack([left[closest], right[closest]], axis=1)


def _plain_swaps(x: np.ndarray) -> np.ndarray:
    """For each text whether its own picture is not the first of all, sorted."""
    texts, pictures = x[: len(x) // 2], x[len(x) // 2 :]
    order = np.argsort(-cosine_similarity(texts, pictures), axis=1)
    return np.flatnonzero(order[:, 0] != np.arange(len(texts)))


def _swaps(x: np.ndarray) -> np.ndarray:
    half = len(x) // 2
    pairs = np.stack([np.arange(half)] * 2, axis=1)
    return np.sort(swap_suspects(x[:half], x[half:], pairs).pairs)


def measure() -> Iterator[Ratio]:
    """Time each against its plain way in turn, and say whether both find the same."""
    name, x = gaussian_mixture(ITEMS, DIMENSION)
    jobs: dict[str, tuple[Callable[[], np.ndarray], Callable[[], np.ndarray], str]] = {
        "outliers": (
            lambda: np.argsort(_plain_outliers(x))[-20:],
            lambda: np.argsort(outliers(x, NEIGHBOURS).distance)[-20:],
            "scikit-learn's neighbours",
        ),
        "near-duplicates": (
            lambda: np.unique(_plain_pairs(x), axis=0),
            lambda: np.unique(close_pairs(x, CLOSEST).pairs, axis=0),
            "all cosines at once",
        ),
        "suspected swaps": (lambda: _plain_swaps(x), lambda: _swaps(x), "all ranks sorted"),
    }
    for what, (plain, ours, baseline) in jobs.items():
        plain_seconds, our_seconds = medians_in_turn([plain, ours])
        yield Ratio(
            what=what,
            data=name,
            baseline=baseline,
            baseline_seconds=plain_seconds,
            ours="ours",
            our_seconds=our_seconds,
            remark=f"the same found: {np.array_equal(plain(), ours())}",
        )
