"""UMAP, made quick and safe for a server with many sessions.

- umap-learn compiles its code in every process, which takes 10 to 20 seconds: `warm_up` does it
  ahead of time.
- Its threads must not meet: on machines where Numba has only its `workqueue` layer, two fits at
  once abort the whole process. One lock for the process prevents that.
- Exact neighbours from one matrix product replace umap-learn's own search, and fewer epochs are
  enough from a PCA start: several times as fast at the same trustworthiness (`make bench`).
"""

import atexit
import os
import shutil
import tempfile
import threading
import warnings
from types import ModuleType

import numpy as np

from space.neighbours import exact_cosine_knn

EPOCHS = 300
"""Optimisation steps. umap-learn takes 500 below 10,000 items; from a PCA start 300 keep the
trustworthiness within 0.01."""

_LOCK = threading.Lock()
_START_WIDTH = 10.0  # umap-learn's own scale of a start
_START_NOISE = 1e-4  # and its noise, which keeps points with one start apart


def fit_umap(
    x: np.ndarray, start: np.ndarray, n_neighbors: int, min_dist: float, seed: int
) -> np.ndarray:
    """Lay rows out in 2-D by UMAP (McInnes et al. 2018, arXiv 1802.03426) with cosine distance.

    x: (n, d) float32, n at least 4, finite, rows of length 1 and not all the same; start: (n, 2),
    the coordinates to begin from; n_neighbors: 2 to n - 1, the item itself counted. Returns (n, 2)
    float32, the same for the same arguments. Waits for other fits of this process.
    """
    neighbours = exact_cosine_knn(x, n_neighbors)
    start = _scaled(start, seed)
    with _LOCK:
        umap = _import_umap()
        fitted = umap.UMAP(
            n_neighbors=n_neighbors,
            min_dist=min_dist,
            metric="cosine",
            n_epochs=EPOCHS,
            init=start,
            random_state=seed,
            n_jobs=1,  # what a seed means to umap-learn anyway, without its warning
            # opposite vectors are far apart, not cut off and without a place
            disconnection_distance=np.inf,
            precomputed_knn=(*neighbours, None),
        )
        return np.asarray(fitted.fit_transform(x), np.float32)


def warm_up() -> None:
    """Import and compile UMAP by one small fit, so that later fits of any size start at once.

    Takes 10 to 20 seconds; meant for a daemon thread at the start of the program.
    """
    x = np.random.default_rng(0).normal(size=(20, 8)).astype(np.float32)
    x /= np.linalg.norm(x, axis=1, keepdims=True)
    fit_umap(x, x[:, :2], n_neighbors=15, min_dist=0.1, seed=0)


def _import_umap() -> ModuleType:
    """The umap package; imported late since that alone takes seconds.

    Warnings are filtered for the whole process: `warnings.catch_warnings` is not safe while other
    threads run.
    """
    warnings.filterwarnings("ignore", "Tensorflow not installed", ImportWarning)
    # the message about neighbours passed in: they rule out `transform`, which is never used
    warnings.filterwarnings("ignore", r"precomputed_knn\[2\] \(knn_search_index\)", UserWarning)
    try:
        import umap
    except RuntimeError as error:
        if "no locator available" not in str(error):
            raise
        _let_numba_keep_code_in_a_temporary_folder()
        import umap

    return umap


def _let_numba_keep_code_in_a_temporary_folder() -> None:
    """Where neither the installed packages nor the user's home can be written, as on a server.

    Numba then refuses even to define a function that asks to be cached. The folder is this
    process's own, since Numba runs what it finds there, and goes with it.
    """
    from numba.core import config

    folder = tempfile.mkdtemp(prefix="shared-space-numba-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["NUMBA_CACHE_DIR"] = folder
    config.reload_config()


def _scaled(start: np.ndarray, seed: int) -> np.ndarray:
    """The start in umap-learn's scale, with its little noise; (n, 2) float32."""
    widest = np.abs(start).max()
    scaled = start * (_START_WIDTH / widest if widest > 0 else 1.0)
    noise = np.random.default_rng(seed).normal(scale=_START_NOISE, size=start.shape)
    return (scaled + noise).astype(np.float32)
