import numpy as np
import pytest

from space.comparison import compare, spread
from space.similarity import SCALES
from tests.space.vectors import unit

RNG = np.random.default_rng(7)
TEXTS, PICTURES = unit(RNG.normal(size=(6, 8))), unit(RNG.normal(size=(9, 8)))


def window(*rows):
    return np.asarray(rows, np.int64)


def compared(rows, columns, row_window, column_window, scale="cosine", same=False):
    return compare(rows, columns, row_window, column_window, SCALES[scale], 0.1, same=same)


def whole(scale="cosine"):
    return compared(TEXTS, PICTURES, np.arange(6), np.arange(9), scale)


def test_cosines_are_the_dot_products():
    assert np.allclose(whole().cosines, TEXTS @ PICTURES.T, atol=1e-6)


def test_the_best_match_has_rank_one_in_its_row():
    found = whole()
    assert np.array_equal(found.best, (TEXTS @ PICTURES.T).argmax(axis=1))
    assert (found.row_ranks[np.arange(6), found.best] == 1).all()


def test_ranks_in_a_window_count_the_whole_row_and_column():
    full = whole()
    part = compared(TEXTS, PICTURES, window(1, 4), window(8, 0, 3))
    at = np.ix_([1, 4], [8, 0, 3])
    assert np.array_equal(part.row_ranks, full.row_ranks[at])
    assert np.array_equal(part.column_ranks, full.column_ranks[at])
    assert (part.ranked_columns, part.ranked_rows) == (9, 6)


def test_a_best_match_outside_the_window_is_not_shown():
    best = whole().best
    others = [column for column in range(9) if column != best[2]]
    assert compared(TEXTS, PICTURES, window(2), window(*others)).best.tolist() == [-1]


@pytest.mark.parametrize("scale", SCALES)
def test_an_item_is_not_compared_with_itself(scale):
    found = compared(TEXTS, TEXTS, np.arange(6), np.arange(6), scale, same=True)
    assert np.isnan(np.diag(found.values)).all()
    assert np.isfinite(found.values[~np.eye(6, dtype=bool)]).all()
    assert (np.diag(found.row_ranks) == 0).all()
    assert found.row_ranks.max() == 5
    assert (found.ranked_columns, found.ranked_rows) == (5, 5)


def test_probabilities_of_the_others_add_up_to_one():
    found = compared(TEXTS, TEXTS, np.arange(6), np.arange(6), "softmax", same=True)
    assert np.allclose(np.nansum(found.values, axis=1), 1)


def test_one_text_and_one_picture_can_be_compared():
    found = compared(TEXTS[:1], PICTURES[:1], window(0), window(0))
    assert found.row_ranks.tolist() == [[1]]
    assert found.best.tolist() == [0]


def test_a_single_item_with_itself_gives_nothing_to_show():
    found = compared(TEXTS[:1], TEXTS[:1], window(0), window(0), same=True)
    assert np.isnan(found.values).all()
    assert found.best.tolist() == [-1]


def test_items_without_a_vector_stay_blank_in_the_shared_window():
    part = compared(TEXTS[:2], PICTURES[:2], window(0, 1), window(0, 1))
    laid_out = spread(part, window(0, 2), window(1, 2), (3, 3))
    assert np.isnan(laid_out.cosines[1]).all()
    assert np.isnan(laid_out.cosines[:, 0]).all()
    assert laid_out.cosines[2, 2] == part.cosines[1, 1]
    assert laid_out.best.tolist()[1] == -1
    assert laid_out.best[0] == part.best[0] + 1
