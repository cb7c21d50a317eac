"""The providers there are: one line each."""

from providers.cohere import COHERE
from providers.errors import UnknownProvider
from providers.gemini import GEMINI
from providers.jina import JINA
from providers.local.provider import MINILM, STATIC
from providers.nomic import NOMIC
from providers.provider import Provider
from providers.vertex import VERTEX
from providers.voyage import VOYAGE

PROVIDERS: dict[str, Provider] = {
    provider.info.id: provider
    for provider in (
        MINILM,
        STATIC,
        NOMIC,
        JINA,
        VERTEX,
        GEMINI,
        COHERE,
        VOYAGE,
    )
}


def provider(provider_id: str) -> Provider:
    """Return the provider of this id; raises UnknownProvider."""
    try:
        return PROVIDERS[provider_id]
    except (KeyError, TypeError):
        raise UnknownProvider(str(provider_id), tuple(PROVIDERS)) from None
