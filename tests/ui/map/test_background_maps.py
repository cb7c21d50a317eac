"""Maps in the background: one that fails, one that is given up, one that waits."""

import threading

import numpy as np
import pytest

from collection.errors import SharedSpaceError
from space.projection import Settings
from ui.map.background_maps import BackgroundMaps, MapRequest

VECTORS = np.eye(6, dtype=np.float32)
PCA = MapRequest("six axes", "pca", Settings())


def finished(maps, request, vectors=VECTORS):
    for _ in range(600):
        found = maps.get(request, vectors)
        if found is not None:
            return found
    raise AssertionError("The map was never ready.")


def test_a_map_is_computed_once_and_kept():
    maps = BackgroundMaps()
    first = finished(maps, PCA)
    assert maps.get(PCA, VECTORS) is first
    assert maps.ready(PCA)


def test_a_map_that_failed_is_tried_again_when_asked_again():
    maps, broken = BackgroundMaps(), np.full((6, 6), np.nan, np.float32)
    with pytest.raises(SharedSpaceError, match="not finite"):
        finished(maps, PCA, broken)
    assert finished(maps, PCA).projection.xy.shape == (6, 2)


def test_pca_does_not_wait_behind_umap():
    maps, go_on = BackgroundMaps(), threading.Event()
    maps._one_at_a_time.submit(go_on.wait, 60)
    assert maps.get(MapRequest("six axes", "umap", Settings()), VECTORS) is None
    assert finished(maps, PCA).trustworthiness is not None
    go_on.set()


def test_a_map_that_was_given_up_is_begun_again_for_who_still_wants_it():
    maps, go_on = BackgroundMaps(), threading.Event()
    maps._others.submit(go_on.wait, 60)
    assert maps.get(PCA, VECTORS) is None
    assert not maps.ready(PCA)
    maps.forget([PCA])
    assert maps.ready(PCA)  # so that a waiting page asks again
    go_on.set()
    assert finished(maps, PCA).projection.method == "pca"
