"""Groups of items that lie close together: k-means, hierarchical clustering and HDBSCAN.

All three work on rows of length 1, where the square of the Euclidean distance is
2 - 2 · cosine: the Euclidean distance puts any two pairs of rows in the same order as the cosine.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import sqrt

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from sklearn.cluster import HDBSCAN, KMeans
from sklearn.decomposition import PCA
from threadpoolctl import threadpool_limits

from collection.errors import SharedSpaceError
from space.cluster_count import (
    LARGEST_SHARE,
    MOST,
    SUBSTANTIAL,
    Tried,
    choose_count,
    counts_to_try,
    worth_trying,
)
from space.seed import SEED
from space.silhouette import Silhouette, silhouette_of_rows

Parameters = Mapping[str, float | int | str]

_SMALLEST = 4  # fewer items give nothing to choose from
_DECIMALS = 5  # rows that agree to this many decimals are the same item
_STARTS = 10
_START_DIMENSIONS = 50


@dataclass(frozen=True)
class Grouping:
    """Which item is in which group, and how that came about.

    labels: (n,) int64, groups numbered from 0, the largest first, equal sizes by their first row;
    -1: in no group. method: key in `METHODS`. parameters: all it takes to make it again.
    silhouette: mean cosine silhouette of the items in a group (see `space.silhouette`), None where
    it is undefined. tried: number of groups -> silhouette, where the number was chosen by it.
    note: one sentence where something had to be decided, or empty.
    """

    labels: np.ndarray
    method: str
    parameters: Parameters
    silhouette: float | None = None
    tried: Mapping[int, float] = field(default_factory=dict)
    note: str = ""

    @property
    def count(self) -> int:
        """Number of groups."""
        return int(self.labels.max(initial=-1)) + 1


@dataclass(frozen=True)
class _Task:
    """What to group and what was asked for; distinct: number of different rows of x."""

    x: np.ndarray
    distinct: int
    count: int | None
    smallest: int | None
    seed: int
    silhouette: Silhouette


@dataclass(frozen=True)
class _Found:
    """What a method found: labels with any numbers, and the rest of a `Grouping`."""

    labels: np.ndarray
    parameters: Parameters
    tried: Mapping[int, float] = field(default_factory=dict)
    note: str = ""


Cut = Callable[[int], np.ndarray]
"""Number of groups -> labels (n,)."""


@dataclass(frozen=True)
class ClusterMethod:
    """One way to group; takes_count: whether it is told the number of groups."""

    title: str
    sentence: str
    takes_count: bool
    fit: Callable[[_Task], _Found]


def group(
    vectors: np.ndarray,
    method: str,
    *,
    count: int | None = None,
    smallest: int | None = None,
    seed: int = SEED,
) -> Grouping:
    """Group the rows by one of `METHODS`; the same arguments give the same groups.

    vectors: (n, d), rows of length 1. count: number of groups for the methods that take one; None:
    chosen by silhouette, see `space.cluster_count`. smallest: fewest items of a group, for HDBSCAN;
    None: by n, 3 for 12 to 76 items, 28 for 5,000. Rows that agree to five decimals are the same.
    Raises SharedSpaceError where a value is not a finite number, or count is below 1.
    """
    chosen = METHODS[method]
    if not np.isfinite(vectors).all():
        raise SharedSpaceError(
            "Some vectors hold values that are not finite numbers, so they cannot be grouped. "
            "Embed these items again, or leave them out."
        )
    if count is not None and count < 1:
        raise SharedSpaceError("There has to be at least 1 group. Ask for 1 or more.")
    x, distinct = _same_rows_alike(vectors)
    note = _nothing_to_choose(len(x), distinct, count if chosen.takes_count else None)
    if note:
        return Grouping(np.zeros(len(x), np.int64), method, {"seed": seed}, note=note)
    silhouette = silhouette_of_rows(x, seed)
    # With other work on the machine, the threads of OpenMP wait for each other: 20 times as long.
    with threadpool_limits(1, user_api="openmp"):
        found = chosen.fit(_Task(x, distinct, count, smallest, seed, silhouette))
    labels = _largest_first(found.labels)
    parameters = {**found.parameters, "seed": seed}
    if len(silhouette.rows) < len(x):
        parameters["rows of the silhouette"] = len(silhouette.rows)
    mean = silhouette.of(labels)
    return Grouping(labels, method, parameters, mean, found.tried, found.note)


def _same_rows_alike(vectors: np.ndarray) -> tuple[np.ndarray, int]:
    """Rows (n, d) as float64 of length 1, equal where they were nearly; and how many differ."""
    rounded = np.round(np.asarray(vectors, np.float64), _DECIMALS) + 0.0
    length = np.linalg.norm(rounded, axis=1, keepdims=True)
    distinct = len(np.unique(rounded, axis=0)) if rounded.size else 0
    return rounded / np.where(length > 0, length, 1.0), distinct


def _nothing_to_choose(items: int, distinct: int, count: int | None) -> str:
    """Why all items are in one group before any method is asked, or nothing."""
    if items == 0:
        return "There are no items to group."
    if items < _SMALLEST:
        return "Too few items to group: all are in one group."
    if distinct <= 1:
        return "All items are the same, so all are in one group."
    return "One group was asked for, so all items are in it." if count == 1 else ""


def _largest_first(labels: np.ndarray) -> np.ndarray:
    """Number the groups from 0, the largest first, equal sizes by first row; -1 stays."""
    names, first, sizes = np.unique(labels[labels >= 0], return_index=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    renumbered = np.full(len(labels), -1, np.int64)
    for number, name in enumerate(names[order]):
        renumbered[labels == name] = number
    return renumbered


def _counted(task: _Task, cut: Cut, parameters: Parameters) -> _Found:
    """Cut into the number of groups asked for, or into that chosen by silhouette."""
    if task.count is not None:
        count = min(task.count, task.distinct)
        note = "" if count == task.count else _at_the_most(count, len(task.x))
        return _Found(cut(count), {**parameters, "count": count}, {}, note)
    cuts: dict[int, np.ndarray] = {}
    tried: dict[int, Tried] = {}
    for count in counts_to_try(task.distinct):
        if not worth_trying(count, tried):
            break
        cuts[count] = _largest_first(cut(count))
        silhouette = task.silhouette.of(cuts[count])
        if silhouette is not None:
            tried[count] = Tried(silhouette, largest_share=float(np.mean(cuts[count] == 0)))
    if not tried:
        return _Found(cut(2), {**parameters, "count": 2}, {}, _at_the_most(2, len(task.x)))
    count, note = choose_count(tried, task.distinct)
    found = {key: one.silhouette for key, one in tried.items()}
    return _Found(cuts[count], {**parameters, "count": count}, found, note)


def _at_the_most(count: int, items: int) -> str:
    different = "" if count == items else " different"
    return f"Only {count}{different} items, so {count} groups at the most."


def _fit_kmeans(task: _Task) -> _Found:
    """k-means (Lloyd 1982) from the best of ten starts by k-means++ (Arthur, Vassilvitskii 2007).

    The starts are compared on the leading 50 principal components of the rows of the silhouette,
    or of all rows where very many groups are asked for: a tenth of the time. The result is then
    settled on all rows in all dimensions.
    """
    few = task.count is None or task.count <= MOST
    sampled = few and task.distinct > len(task.silhouette.rows)
    rows = task.silhouette.rows if sampled else np.arange(len(task.x))
    # many groups may need as many dimensions to lie apart
    dimensions = min(len(rows), task.x.shape[1], max(_START_DIMENSIONS, task.count or 0))
    narrow = PCA(dimensions, random_state=task.seed).fit_transform(task.x[rows])

    def cut(count: int) -> np.ndarray:
        start = KMeans(count, n_init=_STARTS, random_state=task.seed).fit_predict(narrow)
        groups = [task.x[rows[start == number]] for number in range(count)]
        centres = np.stack([members.mean(axis=0) for members in groups])
        return KMeans(count, init=centres, n_init=1).fit_predict(task.x)

    parameters: Parameters = {
        "starts": _STARTS,
        "rows of the starts": len(rows),
        "dimensions of the starts": dimensions,
    }
    return _counted(task, cut, parameters)


def _fit_hierarchical(task: _Task) -> _Found:
    """A tree by Ward's linkage (Ward 1963), built once and cut at the height that is wanted.

    Ward rather than average linkage: on the pictures of the bundled gallery the average one
    leaves one large group and several small ones, mostly with a lower silhouette.
    """
    tree = linkage(squareform(_euclidean(task.x), checks=False), method="ward")

    def cut(count: int) -> np.ndarray:
        return fcluster(tree, count, criterion="maxclust")

    return _counted(task, cut, {"linkage": "ward"})


def _fit_hdbscan(task: _Task) -> _Found:
    """HDBSCAN (Campello et al. 2013; McInnes et al. 2017) on the exact Euclidean distances.

    Groups are taken by excess of mass. Where one then holds more than two thirds of the items
    without substantial structure, they are taken at the leaves of the tree instead.
    """
    smallest = _smallest_of(len(task.x)) if task.smallest is None else task.smallest
    smallest = min(max(2, smallest), len(task.x))
    neighbours = max(1, smallest // 3)

    def taken_by(selection: str) -> np.ndarray:
        fitted = HDBSCAN(
            min_cluster_size=smallest,
            min_samples=neighbours,
            metric="precomputed",
            cluster_selection_method=selection,
            copy=False,  # the distances are made for this fit, which may overwrite them
        )
        return fitted.fit_predict(_euclidean(task.x))

    selection, note = "eom", ""
    labels = taken_by(selection)
    sizes = np.bincount(labels[labels >= 0], minlength=1)
    weak = (task.silhouette.of(labels) or 0.0) <= SUBSTANTIAL
    if weak and sizes.max() > LARGEST_SHARE * len(labels):
        selection, labels = "leaf", taken_by("leaf")
        note = "One group held more than two thirds of the items, so the groups within are shown."
    if labels.max() < 0:
        note = "No group stands apart from the rest, so no item is in a group."
    parameters: Parameters = {
        "smallest": smallest,
        "neighbours": neighbours,
        "selection": selection,
    }
    return _Found(labels, parameters, {}, note)


def _smallest_of(items: int) -> int:
    """3 for a small collection, 2 where even that is a quarter of it, more with the root of n."""
    return max(2, min(3, items // 4), round(sqrt(items) / 2.5))


def _euclidean(x: np.ndarray) -> np.ndarray:
    """Euclidean distances (n, n) float64 between rows of length 1, by one matrix product.

    In float64, as the square root turns a rounding error of 1e-7 into a distance of 3e-4.
    """
    distances = x @ x.T
    distances *= -2.0
    distances += 2.0
    np.sqrt(np.maximum(distances, 0.0, out=distances), out=distances)
    np.fill_diagonal(distances, 0.0)
    return np.minimum(distances, distances.T)  # the same both ways, to the last bit


METHODS: dict[str, ClusterMethod] = {
    "kmeans": ClusterMethod(
        title="k-means",
        sentence="Puts every item with the nearest of several centres; groups come out round.",
        takes_count=True,
        fit=_fit_kmeans,
    ),
    "hierarchical": ClusterMethod(
        title="Hierarchical",
        sentence="Joins the two most similar groups, again and again, until few are left.",
        takes_count=True,
        fit=_fit_hierarchical,
    ),
    "hdbscan": ClusterMethod(
        title="HDBSCAN",
        sentence="Finds where items lie densely, and leaves items that fit nowhere in no group.",
        takes_count=False,
        fit=_fit_hdbscan,
    ),
}
"""The ways to group, by name, in the order they are offered."""
