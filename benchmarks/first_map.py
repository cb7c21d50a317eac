"""The first map a person sees (PCA) against waiting for a cold UMAP.

Each in a fresh process, timed from the moment the vectors are there: by then the app has imported
what its pages need, UMAP not among it.
"""

import subprocess
import sys
from collections.abc import Iterator
from statistics import median

from benchmarks.ratio import REPEATS, Ratio

_FIT = """
import time
from benchmarks.data import digits
from space.projection import project
vectors = digits({count})[1]
began = time.perf_counter()
project(vectors, "{method}")
print(time.perf_counter() - began)
"""


def measure() -> Iterator[Ratio]:
    """Time both in turn; for UMAP that is import, compile and fit."""
    count = 300

    def cold(method: str) -> float:
        command = [sys.executable, "-c", _FIT.format(count=count, method=method)]
        ran = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own code, no outside input
        return float(ran.stdout)

    turns = [(cold("umap"), cold("pca")) for _ in range(REPEATS)]
    umap_seconds, pca_seconds = (median(seconds) for seconds in zip(*turns, strict=True))
    yield Ratio(
        what="first map",
        data=f"digits, {count} x 64, vectors there, fresh process",
        baseline="cold UMAP",
        baseline_seconds=umap_seconds,
        ours="PCA",
        our_seconds=pca_seconds,
    )
