import numpy as np
import pytest

from space.representation import linear_cka
from space.retrieval_measures import query_outcomes
from space.shortening import Precision, Size, resized, sizes
from tests.space.vectors import unit_rows

TEXTS, PICTURES = unit_rows(40, 96, 1), unit_rows(40, 96, 2)
PAIRS = np.stack([np.arange(40)] * 2, axis=1)
FULL = Size(96)


def test_a_vector_that_is_not_shortened_has_recall_and_cka_as_before():
    same = resized(TEXTS, FULL), resized(PICTURES, FULL)
    before, after = query_outcomes(TEXTS, PICTURES, PAIRS), query_outcomes(*same, PAIRS)
    assert after.ranks.tolist() == before.ranks.tolist()
    assert linear_cka(TEXTS, same[0]) == pytest.approx(1)
    assert (same[0] == TEXTS).all()


def test_a_shortened_vector_is_its_first_dimensions_at_length_one():
    expected = [row[:5] / np.sqrt(np.sum(row[:5].astype(float) ** 2)) for row in TEXTS]
    assert resized(TEXTS, Size(5)) == pytest.approx(np.asarray(expected), abs=1e-6)


def test_int8_is_that_of_a_plain_implementation():
    largest = max(abs(float(x)) for row in TEXTS for x in row)
    found = resized(TEXTS, Size(96, Precision.INT8))
    for row, kept in zip(TEXTS[:5], found, strict=False):
        whole = [round(127 * float(x) / largest) for x in row]
        length = sum(x * x for x in whole) ** 0.5
        assert kept == pytest.approx([x / length for x in whole], abs=1e-6)
    assert len(np.unique(np.rint(TEXTS * 127 / largest))) <= 255


def test_the_cosine_of_binary_vectors_is_that_of_their_hamming_distance():
    left, right = (resized(of, Size(96, Precision.BINARY)) for of in (TEXTS, PICTURES))
    for row in range(5):
        for column in range(5):
            both = zip(TEXTS[row], PICTURES[column], strict=True)
            apart = sum((x > 0) != (y > 0) for x, y in both)
            assert left[row] @ right[column] == pytest.approx(1 - 2 * apart / 96, abs=1e-6)


def test_bytes_are_those_of_the_bits():
    assert [Size(100, precision).bytes for precision in Precision] == [400, 100, 13]
    assert Size(100).gigabytes_a_million == 0.4


def test_the_sizes_double_from_64_up_to_the_full_one_as_far_as_the_model_offers_them():
    assert list(map(str, sizes(512, 1))) == [
        *("512 × float32", "256 × float32", "128 × float32", "64 × float32"),
        *("512 × int8", "512 × binary"),
    ]
    assert [size.dimensions for size in sizes(512, 256)] == [512, 256, 512, 512]
    assert [size.dimensions for size in sizes(300, None)] == [300, 300, 300]
    assert [size.dimensions for size in sizes(32, 1)] == [32, 32, 32]


@pytest.mark.parametrize("size", list(sizes(96, 1)))
def test_nothing_and_zeros_are_no_trouble(size):
    assert resized(TEXTS[:0], size).shape == (0, size.dimensions)
    assert np.isfinite(resized(np.zeros((2, 96), np.float32), size)).all()
