from itertools import pairwise

import numpy as np
import pytest

from space.block_maximum import block_maximum
from space.similarity import cosine_similarity


def unit_rows(count, seed):
    rows = np.random.default_rng(seed).normal(size=(count, 5))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def parts(count, number):
    starts = [count * part // number for part in range(number + 1)]
    return [slice(start, end) for start, end in pairwise(starts)]


@pytest.mark.parametrize(
    ("n", "m", "most"), [(7, 10, 4), (4, 3, 4), (1, 9, 4), (12, 1, 4), (97, 5, 90), (120, 83, 81)]
)
def test_each_cell_is_the_highest_cosine_of_its_block(n, m, most):
    rows, columns = unit_rows(n, 0), unit_rows(m, 1)
    matrix, found = cosine_similarity(rows, columns), block_maximum(rows, columns, most)
    assert found.shape == (min(n, most), min(m, most))
    assert found.dtype == np.float32
    for row, rows_in in enumerate(parts(n, len(found))):
        for column, columns_in in enumerate(parts(m, found.shape[1])):
            highest = matrix[rows_in, columns_in].max()
            assert found[row, column] == pytest.approx(highest, abs=1e-6)


def test_a_small_matrix_stays_as_it_is():
    rows = unit_rows(3, 0)
    assert np.allclose(block_maximum(rows, rows, 4), cosine_similarity(rows, rows))
