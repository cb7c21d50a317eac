"""What a run is going to take, in words, before it is started."""

from collections.abc import Iterable

from collection.collection import Collection
from collection.embeddings import Embeddings, Setup
from collection.items import TextItem
from providers.embedding.cache import shared_cache
from providers.embedding.estimate import Estimate, estimate
from providers.errors import ProviderFailed
from providers.info import Model
from providers.registry import hosted, info_of
from providers.transport.base_url import base_url_of
from providers.transport.hosted import HostedProvider
from ui.elements.text import counted
from ui.state.content_cache import cached_by_content
from ui.state.session import Session

SMALLEST_SHOWN = 0.0001
"""US dollars; less than that is said to be less."""


def estimates(state: Session) -> list[Estimate]:
    """Return what each hosted Setup that a run asks would take; none where nothing is missing."""
    return estimates_of(state, state.askable)


def estimates_of(state: Session, setups: Iterable[Setup]) -> list[Estimate]:
    """Return the same of any Setups, also of such that are not chosen or lack a key."""
    found = [
        _estimated(
            state.collection,
            setup,
            state.embedding.results.get(setup),
            state.embedding.set_aside.get(setup, frozenset()),
            _base_url(state, provider),
            shared_cache().writes,
        )
        for setup in setups
        if (provider := hosted(setup)) is not None
    ]
    return [entry for entry in found if entry.items]


def estimate_of_texts(state: Session, setup: Setup, texts: Iterable[TextItem]) -> Estimate:
    """Return what embedding texts that are not in the collection would take of a hosted Setup."""
    provider = hosted(setup)
    assert provider is not None, "Only hosted providers are estimated."
    base_url = _base_url(state, provider)
    cache = shared_cache() if base_url is not None else None
    return estimate(provider, setup, tuple(texts), (), None, cache, base_url or "")


def _base_url(state: Session, provider: HostedProvider) -> str | None:
    """Return where the provider would be asked; None as long as nobody can say."""
    try:
        given = base_url_of(provider.info)
        return given or provider.api.base_url_for(state.keyring.credentials(provider.info))
    except ProviderFailed:
        return None


@cached_by_content(max_entries=100)
def _estimated(
    collection: Collection,
    setup: Setup,
    known: Embeddings | None,
    set_aside: frozenset[str],
    base_url: str | None,
    writes: int,
) -> Estimate:
    """Return the estimate; `writes`: of the cache file, whose answers are others after each."""
    provider = hosted(setup)
    assert provider is not None, "Only hosted providers are estimated."
    items = tuple(item for item in collection.items.values() if item.id not in set_aside)
    # What is in the cache is free only for whom the provider accepts; then it costs one call.
    cache = shared_cache() if base_url is not None else None
    return estimate(provider, setup, items, collection.pairs, known, cache, base_url or "")


def total_dollars(found: list[Estimate]) -> float:
    """Return what all of them cost together, in US dollars, as far as that is known."""
    return sum(entry.dollars or 0.0 for entry in found)


def total_in_words(found: list[Estimate]) -> str:
    """Return what all calls come to, and how many Setups have no price; "" without a call."""
    asked = [entry for entry in found if entry.calls]
    if not asked:
        return ""
    words = [counted(sum(entry.calls for entry in asked), "call")]
    tokens = sum(entry.tokens or 0.0 for entry in asked)
    if tokens:
        words.append(f"about {tokens:,.0f} tokens")
    unknown = sum(entry.dollars is None for entry in asked)
    if unknown < len(asked):
        words.append(money(total_dollars(asked)))
    if unknown:
        words.append(f"{unknown} without a price")
    return ", ".join(words)


def estimate_in_words(entry: Estimate) -> str:
    """Return one estimate in words."""
    if entry.items == entry.cached:
        return f"all {entry.cached} from the cache"
    words = [counted(entry.calls, "call")]
    if entry.cached:
        words.append(f"{entry.cached} from the cache")
    if entry.dollars is None and _model(entry.setup).price is not None:
        title = info_of(entry.setup).title
        words.append(f"cost unknown: {title} does not publish the tokens of a picture")
        return ", ".join(words)
    words.append("tokens unknown" if entry.tokens is None else f"about {entry.tokens:,.0f} tokens")
    words.append(money(entry.dollars))
    return ", ".join(words)


def estimate_in_short(entry: Estimate) -> str:
    """Return the calls and the cost of one estimate, as few words as fit a row; no Markdown."""
    if entry.items == entry.cached:
        return f"all {entry.cached} from the cache"
    return f"{counted(entry.calls, 'call')}, {money(entry.dollars)}".replace("\\", "")


def money(dollars: float | None) -> str:
    """Return an estimated sum in words; no bare “$”, which Markdown takes for a formula."""
    if dollars is None:
        return "price unknown"
    if dollars < SMALLEST_SHOWN:
        return f"less than US\\${SMALLEST_SHOWN}"
    return f"about US\\${dollars:.4f}" if dollars < 0.1 else f"about US\\${dollars:,.2f}"


def _model(setup: Setup) -> Model:
    return info_of(setup).model(setup.model)
