"""2-D projections of a shared space: PCA, UMAP and t-SNE, with small collections decided.

A projection is a picture of the space; cosine in the original space stays the truth. How good a
picture it is, says `space.trustworthiness`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.linalg import eigh
from scipy.sparse.linalg import eigsh
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE

from collection.errors import SharedSpaceError
from space.distinct import distinct_rows
from space.seed import SEED
from space.setting import Setting
from space.umap_projection import EPOCHS, fit_umap

_SMALLEST = 4  # UMAP and t-SNE need this many items
_SAME = 1e-6  # rows that differ by less are the same up to float32 rounding
_SMALL_GRAM = 64  # up to this side a dense eigendecomposition is quickest
_LARGEST_GRAM = 1024  # above this side the Gram matrix itself takes seconds
_TSNE_ITERATIONS = 500  # half of scikit-learn's, at the same trustworthiness
_TSNE_START_SPREAD = 1e-4  # scikit-learn's own scale of a PCA start


@dataclass(frozen=True)
class Settings:
    """What a person may set; counts too large for the collection are cut.

    n_neighbors, min_dist: UMAP, the item itself counted among its neighbours. perplexity: t-SNE.
    """

    seed: int = SEED
    n_neighbors: int = 15
    min_dist: float = 0.1
    perplexity: float = 30.0


@dataclass(frozen=True)
class Projection:
    """A 2-D map and how it was made.

    xy: (n, 2) float32. method: the key in `METHODS` of the method really used. parameters: as
    really used. seed: None where chance plays no part. note: why it differs from what was asked
    for, or empty.
    """

    xy: np.ndarray
    method: str
    parameters: dict[str, float | int | str] = field(default_factory=dict)
    seed: int | None = None
    note: str = ""


Fit = Callable[[np.ndarray, np.ndarray, Settings], Projection]


@dataclass(frozen=True)
class Method:
    """One way to project; `fit` is (x, xy of its PCA, settings) -> Projection.

    smallest: the fewest items it can work with; below, PCA takes its place. settings: what a
    person may set of it, by the names of `Settings`. runs_alone: it waits for a compiler and for
    one fit at a time, so nothing else should wait behind it.
    """

    title: str
    sentence: str
    fit: Fit
    smallest: int = 0
    settings: tuple[Setting, ...] = ()
    runs_alone: bool = False


def project(
    vectors: np.ndarray, method: str = "umap", settings: Settings | None = None
) -> Projection:
    """Project rows to 2-D by one of `METHODS`; the same arguments give the same map.

    Equal rows share one place: UMAP and t-SNE see each of them once, since neighbours at distance
    zero would fill their neighbourhoods and scatter them over the map. With too few different rows
    for the method the map is a PCA, and where all rows are the same all items lie at (0, 0); the
    note says so. vectors: (n, d), rows of length 1.
    Raises SharedSpaceError where a value is not a finite number.
    """
    x = np.ascontiguousarray(vectors, np.float32)
    if not np.isfinite(x).all():
        raise SharedSpaceError(
            "Some vectors hold values that are not finite numbers, so there is no map of them. "
            "Embed these items again, or leave them out."
        )
    chosen = METHODS[method]
    if len(x) > 1 and np.ptp(x, axis=0).max(initial=0.0) <= _SAME:
        note = "All items have the same vector, so they share one spot."
        return Projection(np.zeros((len(x), 2), np.float32), "pca", note=note)
    start, rows = pca(x), distinct_rows(x)
    count = len(rows.first)
    if count < chosen.smallest:
        different = "" if rows.all_differ else "different "
        note = f"PCA, because {chosen.title} needs at least {chosen.smallest} {different}items."
        return Projection(start[rows.first][rows.kind], "pca", note=note)
    if rows.all_differ:
        return chosen.fit(x, start, settings or Settings())
    fitted = chosen.fit(x[rows.first], start[rows.first], settings or Settings())
    return replace(fitted, xy=fitted.xy[rows.kind])


def pca(x: np.ndarray) -> np.ndarray:
    """The first two principal components of the rows; a second one that is missing is 0.

    Exact by the smaller Gram matrix while one side is at most 1,024, by a randomized solver with a
    fixed seed above. The sign is fixed: the first item that lies far out on an axis, lies on its
    positive side. x: (n, d) float32. Returns (n, 2) float32.
    """
    xy = np.zeros((len(x), 2), np.float32)
    axes = min(2, len(x) - 1, x.shape[1])
    if axes < 1:
        return xy
    if min(x.shape) <= _LARGEST_GRAM:
        scores = _scores_by_gram(x, axes)
    else:
        solver = PCA(axes, svd_solver="randomized", iterated_power=15, random_state=0)
        scores = solver.fit_transform(x)
    far_out = np.abs(scores) >= 0.99 * np.abs(scores).max(axis=0)
    first = scores[far_out.argmax(axis=0), np.arange(axes)]
    xy[:, :axes] = scores * np.where(first < 0, -1.0, 1.0)
    return xy


def _scores_by_gram(x: np.ndarray, axes: int) -> np.ndarray:
    """Principal component scores (n, axes) float64, largest variance first."""
    centred = x - x.mean(axis=0, dtype=np.float64)
    wide = centred.shape[0] < centred.shape[1]
    gram = centred @ centred.T if wide else centred.T @ centred
    values, vectors = _leading_eigenpairs(gram, axes)
    return vectors * np.sqrt(np.maximum(values, 0.0)) if wide else centred @ vectors


def _leading_eigenpairs(gram: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The largest eigenvalues of a symmetric matrix and their vectors, largest first.

    Lanczos for all but the smallest: a dense solver splits its work among threads in tiny pieces
    and takes seconds on a computer that is busy.
    """
    size = len(gram)
    if size <= _SMALL_GRAM:
        values, vectors = eigh(gram, subset_by_index=[size - count, size - 1])
    else:
        start = np.random.default_rng(0).normal(size=size)
        values, vectors = eigsh(gram, k=count, which="LA", v0=start, rng=0)
    largest_first = np.argsort(-values, kind="stable")
    return values[largest_first], vectors[:, largest_first]


def _fit_pca(_x: np.ndarray, start: np.ndarray, _settings: Settings) -> Projection:
    return Projection(start, "pca")


def _fit_umap(x: np.ndarray, start: np.ndarray, settings: Settings) -> Projection:
    n_neighbors = max(2, min(settings.n_neighbors, len(x) - 1))
    xy = fit_umap(x, start, n_neighbors, settings.min_dist, settings.seed)
    parameters: dict[str, float | int | str] = {
        "n_neighbors": n_neighbors,
        "min_dist": settings.min_dist,
        "metric": "cosine",
        "n_epochs": EPOCHS,
        "init": "PCA",
    }
    return Projection(xy, "umap", parameters, settings.seed)


def _fit_tsne(x: np.ndarray, start: np.ndarray, settings: Settings) -> Projection:
    # a point has to have about three times as many others as the perplexity counts
    perplexity = max(1.0, min(settings.perplexity, (len(x) - 1) / 3))
    noise = np.random.default_rng(settings.seed).normal(scale=1e-2, size=start.shape)
    first = _TSNE_START_SPREAD * (start / start[:, 0].std() + noise)
    fitted = TSNE(
        perplexity=perplexity,
        metric="cosine",
        init=first.astype(np.float32),
        max_iter=_TSNE_ITERATIONS,
        random_state=settings.seed,
    )
    parameters: dict[str, float | int | str] = {
        "perplexity": round(perplexity, 1),
        "metric": "cosine",
        "iterations": _TSNE_ITERATIONS,
        "init": "PCA",
    }
    return Projection(fitted.fit_transform(x), "tsne", parameters, settings.seed)


_SEED = Setting(
    "seed",
    "Seed",
    least=0,
    most=10_000,
    default=Settings.seed,
    help="Another seed gives another map of the same space. What stays the same is real.",
)

METHODS: dict[str, Method] = {
    "umap": Method(
        title="UMAP",
        sentence="Keeps near neighbours together; distances between far groups say little.",
        fit=_fit_umap,
        smallest=_SMALLEST,
        settings=(
            _SEED,
            Setting(
                "n_neighbors",
                "Neighbours",
                least=2,
                most=100,
                default=Settings.n_neighbors,
                help="Few: small groups stand out. Many: the whole shape counts.",
            ),
            Setting(
                "min_dist",
                "Minimum distance",
                least=0.0,
                most=0.99,
                default=Settings.min_dist,
                step=0.01,
                help="How closely the marks may be packed.",
            ),
        ),
        runs_alone=True,
    ),
    "pca": Method(
        title="PCA",
        sentence="The two directions in which the items differ most; ready at once, no chance.",
        fit=_fit_pca,
    ),
    "tsne": Method(
        title="t-SNE",
        sentence="Shows small groups clearly; sizes of groups and gaps between them say little.",
        fit=_fit_tsne,
        smallest=_SMALLEST,
        settings=(
            _SEED,
            Setting("perplexity", "Perplexity", least=2, most=50, default=Settings.perplexity),
        ),
    ),
}
"""The projections, by name, in the order they are offered."""
