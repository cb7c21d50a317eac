"""Maps computed in the background, so that a page shows PCA at once and the rest when ready."""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

import streamlit as st

from space.arrays import FloatArray
from space.projection import METHODS, Projection, Settings, project
from space.trustworthiness import trustworthiness
from ui.server.garbage import FROZEN

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


@dataclass(frozen=True)
class ShownMap:
    """What a session calls a map: the digest of Embeddings that are not centred yet."""

    digest: str
    centred: bool
    method: str
    settings: Settings


class BackgroundMaps:
    """Computes maps for all sessions, and keeps the latest.

    Methods that wait for others of their kind have a thread of their own.
    """

    def __init__(self) -> None:
        self._one_at_a_time = ThreadPoolExecutor(1, "slow maps")
        self._others = ThreadPoolExecutor(1, "maps")
        self._lock = threading.Lock()
        self._maps: OrderedDict[MapRequest, Future[FinishedMap]] = OrderedDict()

    def get(self, request: MapRequest, vectors: FloatArray) -> FinishedMap | None:
        """Return the map if it is ready, else None; starts computing it if nobody has.

        `vectors`: float32 (n, d), rows of length 1. Raises what computing the map raised; asked
        again, it is tried again.
        """
        with self._lock:
            future = self._maps.get(request)
            if future is None or future.cancelled():
                alone = METHODS[request.method].runs_alone
                pool = self._one_at_a_time if alone else self._others
                future = pool.submit(_finished, request, vectors)
                self._maps[request] = future
            self._maps.move_to_end(request)
            self._drop_oldest()
        wait((future,), _QUICK)
        if not future.done() or future.cancelled():
            return None
        if future.exception() is not None:
            with self._lock:
                self._maps.pop(request, None)
        return future.result()

    def ready(self, request: MapRequest) -> bool:
        """Whether asking for this map again has a point: it is ready, or was given up."""
        with self._lock:
            future = self._maps.get(request)
        return future is None or future.done()

    def forget(self, requests: Iterable[MapRequest]) -> None:
        """Do not begin these maps: whoever asked for them has moved on."""
        with self._lock:
            for request in requests:
                if request in self._maps:
                    self._maps[request].cancel()

    def _drop_oldest(self) -> None:
        done = [request for request, future in self._maps.items() if future.done()]
        for request in done[: max(0, len(self._maps) - KEPT)]:
            del self._maps[request]


def _finished(request: MapRequest, vectors: FloatArray) -> FinishedMap:
    projection = project(vectors, request.method, request.settings)
    if projection.method == "umap":
        FROZEN.freeze_after("umap")  # whoever brings it in first; the warm-up may still wait
    return FinishedMap(projection, trustworthiness(vectors, projection.xy))


@st.cache_resource(show_spinner=False)
def background_maps() -> BackgroundMaps:
    """Return the one BackgroundMaps of this process."""
    return BackgroundMaps()
