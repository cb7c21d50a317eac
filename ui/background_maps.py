"""Maps computed in the background, so that a page shows PCA at once and the rest when ready."""

import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import streamlit as st

from space.projection import Projection, Settings, project
from space.trustworthiness import trustworthiness

FloatArray = npt.NDArray[np.float32]

KEPT = 100
_QUICK = 0.15
"""Seconds a page waits for a map before it shows PCA in its place: nobody sees so short a wait."""


@dataclass(frozen=True)
class MapRequest:
    """What decides a map: the digest of the vectors, the method and its settings."""

    digest: str
    method: str
    settings: Settings


@dataclass(frozen=True)
class FinishedMap:
    """A projection, and how well its neighbourhoods keep those of the original space.

    `trustworthiness` is 0 to 1, None where there are too few items to tell.
    """

    projection: Projection
    trustworthiness: float | None


class BackgroundMaps:
    """Computes maps one after the other, for all sessions, and keeps the latest."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, "maps")
        self._lock = threading.Lock()
        self._maps: OrderedDict[MapRequest, Future[FinishedMap]] = OrderedDict()

    def get(self, request: MapRequest, vectors: FloatArray) -> FinishedMap | None:
        """Return the map if it is ready, else None; starts computing it if nobody has.

        `vectors`: float32 (n, d), rows of length 1. Raises what computing the map raised.
        """
        with self._lock:
            future = self._maps.get(request)
            if future is None:
                future = self._pool.submit(_finished, request, vectors)
                self._maps[request] = future
            self._maps.move_to_end(request)
            while len(self._maps) > KEPT:
                self._maps.popitem(last=False)[1].cancel()
        return self._waited_for(future)

    def ready(self, request: MapRequest) -> bool:
        """Whether a map that was asked for is ready; never waits."""
        with self._lock:
            future = self._maps.get(request)
        return future is not None and future.done()

    @staticmethod
    def _waited_for(future: Future[FinishedMap]) -> FinishedMap | None:
        try:
            return future.result(timeout=_QUICK)
        except TimeoutError:
            return None


def _finished(request: MapRequest, vectors: FloatArray) -> FinishedMap:
    projection = project(vectors, request.method, request.settings)
    return FinishedMap(projection, trustworthiness(vectors, projection.xy))


@st.cache_resource(show_spinner=False)
def background_maps() -> BackgroundMaps:
    """Return the one BackgroundMaps of this process."""
    return BackgroundMaps()
