"""What a run is said to take, and what of it is not known."""

import numpy as np
import pytest

from providers.embedding.cache import cache_key, shared_cache
from providers.embedding.estimate import Estimate
from providers.inputs import input_of, role_of
from providers.registry import PROVIDERS
from ui.run.estimate import estimate_in_short, estimate_in_words, estimates, total_in_words
from ui.state.session import Session

ADDRESS = "http://127.0.0.1:9"
NOMIC, COHERE, VERTEX = (PROVIDERS[id_].info.setup() for id_ in ("nomic", "cohere", "vertex"))


@pytest.fixture
def state(monkeypatch):
    monkeypatch.setenv("NOMIC_BASE_URL", ADDRESS)
    state = Session()
    state.editing.show_sample("cat-and-box", "Cat and box")
    info = PROVIDERS["nomic"].info
    state.keyring.give("nomic", info.key_fields[0], "nk-a-key")
    state.compared.tick(state.compared.row_of("nomic"), True)
    return state


def test_what_has_come_into_the_cache_since_is_not_estimated_any_more(state):
    (before,) = estimates(state)
    assert (before.cached, before.calls) == (0, 2)
    roles = PROVIDERS["nomic"].info.model().roles
    vector = np.eye(1, NOMIC.dimension, dtype=np.float32)[0]
    inputs = [input_of(item, role_of(item, NOMIC)) for item in state.collection.items.values()]
    keys = [cache_key(NOMIC, item, roles=roles, base_url=ADDRESS) for item in inputs]
    shared_cache().put(dict.fromkeys(keys, vector))
    (after,) = estimates(state)
    assert (after.cached, after.calls) == (4, 0)


def of(setup, dollars, calls=2):
    return Estimate(setup, items=4, cached=0, calls=calls, tokens=None, dollars=dollars)


def test_a_known_price_with_unknown_tokens_is_not_called_an_unknown_price():
    assert estimate_in_words(of(NOMIC, None)) == "2 calls, tokens unknown, price unknown"
    assert estimate_in_words(of(COHERE, None)) == (
        "2 calls, cost unknown: Cohere does not publish the tokens of a picture"
    )


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ([], ""),
        ([of(NOMIC, 0.0, calls=0)], ""),
        ([of(NOMIC, None)], "2 calls, 1 without a price"),
        ([of(VERTEX, 0.25)], "2 calls, about US\\$0.25"),
        (
            [of(NOMIC, None), of(VERTEX, 0.25), of(COHERE, None)],
            "6 calls, about US\\$0.25, 2 without a price",
        ),
    ],
)
def test_the_total_counts_those_that_are_not_in_its_price(found, words):
    assert total_in_words(found) == words


def test_a_row_says_the_cost_without_markdown():
    assert estimate_in_short(of(VERTEX, 0.25)) == "2 calls, about US$0.25"
    assert estimate_in_short(Estimate(NOMIC, 4, 4, 0, None, None)) == "all 4 from the cache"
