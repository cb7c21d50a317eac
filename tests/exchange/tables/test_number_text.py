import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from exchange.tables.number_text import joined_numbers

FINITE = st.floats(width=32, allow_nan=False, allow_infinity=False)


def read_as_json(text):
    return np.array([float(number) for number in json.loads(f"[{text}]")], dtype=np.float32)


@settings(deadline=None)
@given(arrays.arrays(np.float32, st.integers(1, 20), elements=FINITE))
def test_digits_give_the_same_vector_to_the_last_bit(vector):
    assert read_as_json(joined_numbers(vector, ",")).tobytes() == vector.tobytes()


def test_random_vectors_come_back_to_the_last_bit():
    vector = np.random.default_rng(0).normal(size=100_000).astype(np.float32)
    assert read_as_json(joined_numbers(vector, ",")).tobytes() == vector.tobytes()


@pytest.mark.parametrize("number", [-0.0, 3.4028235e38, 1e-45, 1.1754942e-38, 7.038531e-26, 1e9])
def test_extreme_numbers_come_back_to_the_last_bit(number):
    vector = np.array([number, 1, number], dtype=np.float32)
    assert read_as_json(joined_numbers(vector, ",")).tobytes() == vector.tobytes()
