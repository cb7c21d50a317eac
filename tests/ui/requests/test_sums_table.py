"""How the cost of a Setup's calls is put into words."""

import pytest

from collection.embeddings import Setup
from providers.transport.call_sums import CallSums
from ui.requests.sums_table import dollars_in_words


def costing(dollars, unpriced=0):
    return CallSums(Setup("one", "m", 2), 3, 3, 0, 0.1, 0.2, 10.0, dollars, unpriced)


@pytest.mark.parametrize(
    ("sums", "words"),
    [
        (costing(None, 3), "unknown"),
        (costing(0.0), "0.0000"),
        (costing(0.00002), "less than 0.0001"),
        (costing(0.0123), "0.0123"),
        (costing(1234.5), "1,234.50"),
        (costing(0.0123, 1), "0.0123, 1 call unknown"),
    ],
)
def test_a_cost_says_its_size_and_what_is_not_in_it(sums, words):
    assert dollars_in_words(sums) == words
