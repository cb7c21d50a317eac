"""What a run is going to take, in words, before it is started."""

from collections.abc import Mapping

from collection.collection import Collection
from collection.embeddings import Embeddings, Setup
from providers.embedding.cache import shared_cache
from providers.embedding.estimate import Estimate, estimate
from providers.errors import ProviderFailed
from providers.info import Model
from providers.registry import PROVIDERS, hosted
from providers.transport.base_url import base_url_of
from providers.transport.hosted import HostedProvider
from ui.elements.text import counted, in_a_row
from ui.state.content_cache import cached_by_content
from ui.state.session import Session

SMALLEST_SHOWN = 0.0001
"""US dollars; less than that is said to be less."""


def estimates(state: Session) -> list[Estimate]:
    """Return what each hosted Setup that a run asks would take; none where nothing is missing."""
    found = [
        _estimated(
            state.collection,
            setup,
            state.embedding.results.get(setup),
            state.embedding.set_aside.get(setup, frozenset()),
            _base_url(state, provider),
            shared_cache().writes,
        )
        for setup in state.askable
        if (provider := hosted(setup)) is not None
    ]
    return [entry for entry in found if entry.items]


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


def total_in_words(found: list[Estimate], names: Mapping[Setup, str]) -> str:
    """Return what all calls cost together, and whose cost is not in it; "" without a call.

    `names`: what people call each Setup, safe for Markdown.
    """
    asked = [entry for entry in found if entry.calls]
    unknown = [names[entry.setup] for entry in asked if entry.dollars is None]
    words = []
    if len(unknown) < len(asked):
        words.append(f"Together {money(total_dollars(asked))}.")
    if unknown:
        verb = "does" if len(unknown) == 1 else "do"
        words.append(f"{in_a_row(unknown)} {verb} not count: cost unknown.")
    return " ".join(words)


def estimate_in_words(entry: Estimate) -> str:
    """Return one estimate in words."""
    if entry.items == entry.cached:
        return f"All {entry.cached} from the cache"
    words = [counted(entry.calls, "call")]
    if entry.cached:
        words.append(f"{entry.cached} from the cache")
    if entry.dollars is None and _model(entry.setup).price is not None:
        title = PROVIDERS[entry.setup.provider].info.title
        words.append(f"cost unknown: {title} does not publish the tokens of a picture")
        return ", ".join(words)
    words.append("tokens unknown" if entry.tokens is None else f"about {entry.tokens:,.0f} tokens")
    words.append(money(entry.dollars))
    return ", ".join(words)


def money(dollars: float | None) -> str:
    """Return an estimated sum in words; no “$”, which Markdown takes for a formula."""
    if dollars is None:
        return "price unknown"
    if dollars < SMALLEST_SHOWN:
        return f"less than US\\${SMALLEST_SHOWN}"
    return f"about US\\${dollars:.4f}" if dollars < 0.1 else f"about US\\${dollars:,.2f}"


def _model(setup: Setup) -> Model:
    return PROVIDERS[setup.provider].info.model(setup.model)
