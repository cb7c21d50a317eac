import numpy as np
import pytest

from space.distinct import distinct_rows
from space.projection import project
from space.trustworthiness import trustworthiness
from tests.space.vectors import unit_rows

METHODS = ("umap", "pca", "tsne")


def places(xy):
    return len({tuple(row) for row in xy.tolist()})


def test_each_row_finds_the_first_of_its_kind():
    x = np.asarray([[1, 0], [0, 1], [1, 0], [0, 1], [0.6, 0.8]], np.float32)
    rows = distinct_rows(x)
    assert rows.first.tolist() == [0, 1, 4]
    assert rows.kind.tolist() == [0, 1, 0, 1, 2]
    assert rows.counts.tolist() == [2, 2, 1]
    assert not rows.all_differ
    assert np.array_equal(x[rows.first][rows.kind], x)


def test_where_all_differ_nothing_is_shared():
    assert distinct_rows(unit_rows(20, 4)).all_differ
    assert distinct_rows(np.zeros((0, 3), np.float32)).all_differ


@pytest.mark.parametrize("method", METHODS)
def test_seven_different_rows_in_350_are_seven_places(method):
    different = unit_rows(7, 16)
    x = different[np.random.default_rng(1).integers(0, 7, 350)]
    xy = project(x, method).xy
    assert places(xy) == 7
    for row in different:
        assert places(xy[(x == row).all(axis=1)]) == 1


@pytest.mark.parametrize("method", METHODS)
def test_three_different_rows_are_three_places_of_a_pca(method):
    x = unit_rows(3, 16)[np.arange(30) % 3]
    found = project(x, method)
    assert (places(found.xy), found.method) == (3, "pca")
    if method != "pca":
        assert "at least 4 different items" in found.note


@pytest.mark.parametrize("method", METHODS)
def test_a_collection_without_equals_has_the_map_that_its_different_rows_have(method):
    x = unit_rows(40, 16)
    with_equals = np.concatenate([x, x[:5]])
    found = project(with_equals, method).xy
    assert places(found) == 40
    assert np.array_equal(found[:5], found[40:])
    if method == "pca":
        return
    assert trustworthiness(x, found[:40]) >= trustworthiness(x, project(x, method).xy) - 0.03
