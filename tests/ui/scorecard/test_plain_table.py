import pytest

from ui.scorecard.plain_table import two_decimals, two_digits


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.0, "0"), (0.0541, "0.054"), (0.16, "0.16"), (12288.4, "12,288"), (697.2, "697")],
)
def test_amounts_of_any_size_have_two_digits(value, words):
    assert two_digits(value) == words


def test_a_cosine_just_below_zero_has_no_sign():
    assert two_decimals(-0.0004) == "0.00"
