"""Each way to group, the number of groups chosen included, against one plain k-means."""

from collections.abc import Iterator

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from benchmarks.data import gaussian_mixture
from benchmarks.ratio import Ratio, medians_in_turn
from space.clustering import METHODS, Grouping, group
from space.seed import SEED

_GROUPS = 8


def plain_kmeans(x: np.ndarray) -> np.ndarray:
    """k-means as people write it: told the number of groups, ten starts on all rows."""
    return KMeans(_GROUPS, n_init=10, random_state=SEED).fit_predict(x)


def measure() -> Iterator[Ratio]:
    """Compare at 5,000 items, with the groups found; plain k-means is told how many there are."""
    name, x = gaussian_mixture(5000, 384, _GROUPS)
    plain_kmeans(x[:100])
    for key, method in METHODS.items():
        plain: list[np.ndarray] = []
        ours: list[Grouping] = []

        def one(plain: list[np.ndarray] = plain) -> None:
            plain.append(plain_kmeans(x))

        def chosen(ours: list[Grouping] = ours, key: str = key) -> None:
            ours.append(group(x, key))

        plain_seconds, our_seconds = medians_in_turn([one, chosen])
        alike = adjusted_rand_score(plain[-1], ours[-1].labels)
        yield Ratio(
            what=f"groups by {method.title}",
            data=name,
            baseline=f"plain KMeans({_GROUPS})",
            baseline_seconds=plain_seconds,
            ours="ours, number of groups found",
            our_seconds=our_seconds,
            remark=f"{ours[-1].count} groups, adjusted Rand index with the plain {alike:.3f}",
        )
