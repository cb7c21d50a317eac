"""What each provider says of itself in its row."""

import pytest

from providers.registry import PROVIDERS


@pytest.mark.parametrize("provider_id", PROVIDERS)
def test_what_a_provider_is_for_is_said_in_sixty_letters(provider_id):
    assert 10 <= len(PROVIDERS[provider_id].info.in_short) <= 60
