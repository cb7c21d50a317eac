"""What a run would take, before it is started."""

import numpy as np
import pytest

from collection.embeddings import Embeddings
from collection.items import text_item
from collection.samples import load_sample
from providers.embedding.cache import VectorCache, cache_key
from providers.embedding.estimate import estimate
from providers.inputs import input_of, role_of
from providers.registry import PROVIDERS

ADDRESS = "http://127.0.0.1:1"
SAMPLE = load_sample("cat-and-box")
ITEMS = tuple(SAMPLE.items.values())


def of(name, items=ITEMS, known=None, cache=None):
    provider = PROVIDERS[name]
    setup = provider.info.setup()
    return estimate(provider, setup, items, SAMPLE.pairs, known, cache, ADDRESS)


def test_pairs_share_a_call_at_vertex_and_pictures_have_a_price():
    found = of("vertex")
    characters = sum(len(text.text) for text in SAMPLE.texts)
    assert (found.items, found.calls) == (4, 2)
    assert found.dollars == pytest.approx(2 * 0.0001 + characters * 0.0002 / 1000)


def test_what_is_not_published_is_unknown_and_never_nothing():
    found = of("nomic")
    assert (found.calls, found.tokens, found.dollars) == (2, None, None)


def test_known_items_are_not_counted_and_cached_ones_make_no_call():
    setup = PROVIDERS["nomic"].info.setup()
    vector = np.eye(1, setup.dimension, dtype=np.float32)
    known = Embeddings(setup, (SAMPLE.texts[0].id,), vector)
    cache = VectorCache(None)
    second = input_of(SAMPLE.texts[1], role_of(SAMPLE.texts[1], setup))
    roles = PROVIDERS["nomic"].info.model(setup.model).roles
    cache.put({cache_key(setup, second, roles=roles, base_url=ADDRESS): vector[0]})
    found = of("nomic", known=known, cache=cache)
    cache.close()
    assert (found.items, found.cached, found.calls) == (3, 1, 1)


def test_an_estimate_grows_with_what_is_sent():
    texts = [text_item(f"caption number {n}") for n in range(300)]
    assert of("gemini", texts).tokens > of("gemini", texts[:10]).tokens > 0
    assert of("gemini", texts).calls > 1
