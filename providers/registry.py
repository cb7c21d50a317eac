"""The providers there are: one line each."""

from collection.embeddings import Setup
from providers.brought import brought_info, is_brought
from providers.errors import UnknownProvider
from providers.hosted.cohere import COHERE
from providers.hosted.gemini import GEMINI
from providers.hosted.jina import JINA
from providers.hosted.nomic import NOMIC
from providers.hosted.vertex import VERTEX
from providers.hosted.voyage import VOYAGE
from providers.info import ProviderInfo
from providers.local.provider import MINILM, STATIC
from providers.provider import Provider
from providers.transport.hosted import HostedProvider

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


def info_of(setup: Setup) -> ProviderInfo:
    """Return the facts about a Setup's provider, or about vectors that were computed elsewhere.

    Raises UnknownProvider.
    """
    return brought_info(setup) if is_brought(setup) else provider(setup.provider).info


def hosted(setup: Setup) -> HostedProvider | None:
    """Return the hosted provider of a Setup, None where nobody is asked; raises UnknownProvider."""
    if is_brought(setup):
        return None
    found = provider(setup.provider)
    return found if isinstance(found, HostedProvider) else None
