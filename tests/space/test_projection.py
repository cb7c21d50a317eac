"""All maps that need UMAP's compiled code are in this one module, so that it is paid once."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from collection.errors import SharedSpaceError
from space import projection
from space.neighbours import exact_cosine_knn
from space.projection import METHODS, Settings, pca, project
from space.trustworthiness import trustworthiness
from space.umap_projection import warm_up
from tests.space.vectors import unit_rows

ROOT = Path(__file__).parents[2]


def groups(n, d=32, count=4, seed=0):
    """Rows around a few directions, and the number of the group of each row."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(count, d))
    group = np.arange(n) % count
    x = centres[group] + 0.3 * rng.normal(size=(n, d))
    return (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32), group


@pytest.mark.parametrize("shape", [(60, 8), (8, 60), (40, 40), (90, 120), (120, 90)])
def test_pca_is_the_truncated_singular_value_decomposition(shape):
    x = unit_rows(*shape)
    u, s, _ = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)
    np.testing.assert_allclose(np.abs(pca(x)), np.abs((u * s)[:, :2]), atol=1e-5)


def test_pca_of_a_large_space_has_the_same_axes(monkeypatch):
    monkeypatch.setattr(projection, "_LARGEST_GRAM", 30)
    x, _ = groups(120, 100)
    u, s, _ = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)
    np.testing.assert_allclose(np.abs(pca(x)), np.abs((u * s)[:, :2]), atol=1e-4)


def test_pca_of_a_space_without_leading_axes_is_the_same_each_time():
    x = np.r_[np.eye(100), -np.eye(100)].astype(np.float32)
    np.testing.assert_array_equal(pca(x), pca(x))


def test_pca_axes_keep_their_sign():
    x = unit_rows(30, 10)
    rotation = np.linalg.qr(np.random.default_rng(1).normal(size=(10, 10)))[0]
    np.testing.assert_allclose(pca((x @ rotation).astype(np.float32)), pca(x), atol=1e-5)


def test_pca_of_two_items_is_a_line_of_their_distance():
    x = unit_rows(2, 5)
    xy = pca(x)
    assert np.linalg.norm(xy[0] - xy[1]) == pytest.approx(np.linalg.norm(x[0] - x[1]), abs=1e-6)
    np.testing.assert_allclose(xy[:, 1], 0, atol=1e-6)
    assert xy[0, 0] > 0


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_below_four_items_every_map_is_a_pca_and_says_so(method, n):
    x = unit_rows(n, 6)
    made = project(x, method)
    assert made.method == "pca"
    assert made.xy.shape == (n, 2)
    np.testing.assert_array_equal(made.xy, pca(x))
    assert ("at least 4 items" in made.note) == (method != "pca")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("n", [2, 4, 50])
def test_identical_rows_share_one_spot_and_the_note_says_so(method, n):
    made = project(np.tile(unit_rows(1, 6), (n, 1)), method)
    np.testing.assert_array_equal(made.xy, np.zeros((n, 2)))
    assert made.method == "pca"
    assert "same vector" in made.note


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_values_that_are_not_finite_are_refused(method, bad):
    x = unit_rows(10, 4)
    x[3, 1] = bad
    with pytest.raises(SharedSpaceError, match="not finite"):
        project(x, method)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("n", [4, 5, 10, 11, 17, 70])
def test_small_collections_have_a_finite_map_by_the_method_asked_for(method, n):
    made = project(unit_rows(n, 8), method)
    assert made.xy.shape == (n, 2)
    assert made.xy.dtype == np.float32
    assert np.isfinite(made.xy).all()
    assert (made.method, made.note) == (method, "")
    assert len(np.unique(made.xy, axis=0)) == n


@pytest.mark.parametrize("method", ["umap", "tsne"])
def test_groups_of_the_space_are_groups_on_the_map(method):
    x, group = groups(120)
    xy = project(x, method).xy
    distance = np.linalg.norm(xy[:, None] - xy[None], axis=2)
    np.fill_diagonal(distance, np.inf)
    assert (group[distance.argmin(axis=1)] == group).all()


@pytest.mark.parametrize("method", ["umap", "tsne"])
def test_the_same_seed_gives_the_same_map_and_another_seed_another(method):
    x, _ = groups(60)
    first = project(x, method, Settings(seed=1))
    np.testing.assert_array_equal(project(x, method, Settings(seed=1)).xy, first.xy)
    assert not np.allclose(project(x, method, Settings(seed=2)).xy, first.xy)
    assert first.seed == 1


def test_settings_reach_the_map_and_are_reported_as_really_used():
    x, _ = groups(30)
    made = project(x, "umap", Settings(n_neighbors=100, min_dist=0.5))
    assert made.parameters["n_neighbors"] == 29
    assert made.parameters["min_dist"] == 0.5
    assert not np.allclose(made.xy, project(x, "umap", Settings(n_neighbors=5, min_dist=0.5)).xy)
    assert not np.allclose(made.xy, project(x, "umap", Settings(n_neighbors=100)).xy)
    assert project(x, "tsne", Settings(perplexity=500)).parameters["perplexity"] == 9.7


@pytest.mark.parametrize("method", ["umap", "tsne"])
def test_opposite_vectors_and_duplicates_have_a_place(method):
    x = np.zeros((40, 6), np.float32)
    x[:, 0] = 1
    x[0, 0] = -1
    assert np.isfinite(project(x, method).xy).all()


@pytest.mark.parametrize("method", METHODS)
def test_the_vectors_stay_untouched(method):
    x = unit_rows(20, 5)
    copy = x.copy()
    project(x, method)
    np.testing.assert_array_equal(x, copy)


def test_warming_up_twice_is_harmless():
    warm_up()
    warm_up()


def test_the_map_is_as_trustworthy_as_with_the_start_and_the_epochs_of_plain_umap():
    import umap

    rng = np.random.default_rng(3)
    x = rng.normal(size=(400, 6)) @ rng.normal(size=(6, 32)) + 0.5 * rng.normal(size=(400, 32))
    x = (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32)
    # plain UMAP's own search is exact at this size, but takes ten seconds to compile
    neighbours = (*exact_cosine_knn(x, 15), None)
    plain, ours = [], []
    for seed in range(6):  # of one seed alone chance, and with it the processor, would decide
        fit = umap.UMAP(metric="cosine", random_state=seed, n_jobs=1, precomputed_knn=neighbours)
        plain.append(trustworthiness(x, fit.fit_transform(x)))
        ours.append(trustworthiness(x, project(x, "umap", Settings(seed=seed)).xy))
    lowest = np.mean(plain) - 0.01
    assert np.mean(ours) > lowest
    # maps that are worse would be told from these
    shuffled = rng.permutation(project(x).xy)
    assert trustworthiness(x, shuffled) < trustworthiness(x, pca(x)) < lowest


def test_maps_made_by_threads_are_those_made_one_by_one():
    x, _ = groups(80)
    made = {}

    def make(method, seed):
        made[method, seed] = project(x, method, Settings(seed=seed)).xy

    jobs = [("umap", 1), ("umap", 2), ("tsne", 1), ("umap", 3)]
    threads = [threading.Thread(target=make, args=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for method, seed in jobs:
        expected = project(x, method, Settings(seed=seed)).xy
        np.testing.assert_array_equal(made[method, seed], expected)


THREE_FITS_AT_ONCE = """
import threading
import numba, numpy as np
from space.projection import project
x = np.random.default_rng(0).normal(size=(100, 32)).astype(np.float32)
x /= np.linalg.norm(x, axis=1, keepdims=True)
threads = [threading.Thread(target=project, args=(x, m)) for m in ("umap", "umap", "umap", "tsne")]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(numba.threading_layer())
"""


def test_fits_at_once_survive_a_machine_without_a_safe_threading_layer():
    finished = subprocess.run(
        [sys.executable, "-c", THREE_FITS_AT_ONCE],
        cwd=ROOT,
        env={**os.environ, "NUMBA_THREADING_LAYER": "workqueue"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.strip() == "workqueue"
