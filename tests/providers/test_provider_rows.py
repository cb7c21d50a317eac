"""What each provider says of itself in its row."""

import pytest

from providers.registry import PROVIDERS


@pytest.mark.parametrize("provider_id", PROVIDERS)
def test_what_a_provider_is_for_is_said_in_sixty_letters(provider_id):
    assert 10 <= len(PROVIDERS[provider_id].info.in_short) <= 60


def test_the_shortest_vector_is_known_of_models_that_offer_several_sizes_only():
    found = {info.id: info.model().shortest for info in (p.info for p in PROVIDERS.values())}
    assert found["local-minilm"] is found["local-static"] is found["nomic"] is None
    assert found["cohere"] == 256
    assert found["gemini"] == 128
