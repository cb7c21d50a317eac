"""What a run is going to take, in words, before it is started."""

import streamlit as st

from collection.embeddings import Embeddings, Setup
from providers.cache import shared_cache
from providers.errors import ProviderFailed
from providers.estimate import Estimate, estimate
from providers.registry import PROVIDERS
from providers.transport.access import address_of
from providers.transport.hosted import HostedProvider
from ui.session import Session
from ui.text import counted

SMALLEST_SHOWN = 0.0001
"""US dollars; less than that is said to be less."""


def estimates(state: Session) -> list[Estimate]:
    """Return what each chosen hosted Setup would take; none where nothing is missing."""
    found = [_of(state, setup) for setup in state.chosen if not _embedded(setup)]
    return [entry for entry in found if entry.items]


def _embedded(setup: Setup) -> bool:
    return PROVIDERS[setup.provider].info.embedded


def _of(state: Session, setup: Setup) -> Estimate:
    known = state.results.get(setup)
    digest = f"{state.collection.digest} {known.digest if known is not None else ''}"
    return _estimated(digest, setup, _address(state, setup), state, known)


def _address(state: Session, setup: Setup) -> str:
    """Return where the provider would be asked; "" as long as nobody can say."""
    provider = PROVIDERS[setup.provider]
    assert isinstance(provider, HostedProvider)
    try:
        given = address_of(provider.info)
        return given or provider.api.address_for(state.keys.credentials(provider.info))
    except ProviderFailed:
        return ""


@st.cache_resource(max_entries=100, show_spinner=False)
def _estimated(
    digest: str, setup: Setup, address: str, _state: Session, _known: Embeddings | None
) -> Estimate:
    provider = PROVIDERS[setup.provider]
    assert isinstance(provider, HostedProvider)
    items = tuple(_state.collection.items.values())
    # What is in the cache is free only for whom the provider accepts; then it costs one call.
    cache = shared_cache() if address else None
    return estimate(provider, setup, items, _state.collection.pairs, _known, cache, address)


def total_dollars(found: list[Estimate]) -> float:
    """Return what all of them cost together, in US dollars, as far as prices are known."""
    return sum(entry.dollars or 0.0 for entry in found)


def in_words(entry: Estimate) -> str:
    """Return one estimate in words."""
    if entry.items == entry.cached:
        return f"All {entry.cached} from the cache"
    words = [counted(entry.calls, "call")]
    words.append("tokens unknown" if entry.tokens is None else f"about {entry.tokens:,.0f} tokens")
    words.append(f"{money(entry.dollars)}")
    if entry.cached:
        words.append(f"{entry.cached} from the cache")
    return ", ".join(words)


def money(dollars: float | None) -> str:
    """Return an estimated sum in words; no “$”, which Markdown takes for a formula."""
    if dollars is None:
        return "price unknown"
    if dollars < SMALLEST_SHOWN:
        return f"less than US\\${SMALLEST_SHOWN}"
    return f"about US\\${dollars:.4f}" if dollars < 0.1 else f"about US\\${dollars:,.2f}"
