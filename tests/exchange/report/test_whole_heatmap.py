import numpy as np
import pytest

from collection.collection import Collection
from collection.items import text_item
from exchange.report.whole_heatmap import CELLS, whole_heatmap
from space.similarity import cosine_similarity
from tests.exchange.report.report_sessions import few_items, session_of


def of(collection, **session):
    first, *others = session_of(collection, **session).shown.values()
    return first, whole_heatmap(collection, (others or [first])[0], first)


def test_pairs_lie_on_the_diagonal_and_every_cell_is_a_cosine():
    collection = few_items(4, 4)
    first, found = of(collection, setups=1)
    rows, columns = found.heatmap.rows, found.heatmap.columns
    cosines = cosine_similarity(first.of(i.id for i in rows), first.of(i.id for i in columns))
    assert np.allclose(found.heatmap.values, cosines)
    assert not found.coarse
    assert len(found.heatmap.pairs) == len(collection.pairs)
    assert (np.diff(found.heatmap.pairs[np.argsort(found.heatmap.pairs[:, 0]), 1]) >= 0).all()


def test_an_item_without_a_vector_keeps_its_row():
    collection = few_items(3, 3)
    missing = collection.texts[0].id
    _, found = of(collection, without={missing})
    at = [item.id for item in found.heatmap.rows].index(missing)
    assert np.isnan(found.heatmap.values[at]).all()
    assert found.heatmap.best[at] == -1


def test_items_of_one_kind_are_compared_with_each_other():
    collection = few_items(4, 0)
    _, found = of(collection)
    assert found.same
    assert found.heatmap.best is None
    assert np.isnan(np.diag(found.heatmap.values)).all()


@pytest.mark.parametrize("collection", [few_items(1, 0), few_items(0, 1)])
def test_one_item_alone_has_no_heatmap(collection):
    assert of(collection)[1] is None


def test_a_setup_that_has_one_kind_only_has_no_heatmap():
    collection = few_items(2, 2)
    without = {text.id for text in collection.texts}
    assert of(collection, without=without)[1] is None


def test_above_the_bound_a_cell_is_the_highest_cosine_of_its_block():
    texts = [text_item(f"caption {number}") for number in range(2 * CELLS + 100)]
    collection = Collection().adding(texts)
    first, found = of(collection, setups=1)
    assert found.coarse
    assert (found.rows, found.columns) == (len(texts), len(texts))
    assert found.heatmap.values.shape == (400, 400)
    assert len(found.heatmap.rows) == 400
    corner = cosine_similarity(first.vectors[:1], first.vectors[:1])
    assert found.heatmap.values[0, 0] >= corner.max() - 1e-6
