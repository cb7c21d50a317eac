"""Before a run: how many calls, about how many tokens and dollars, and what the cache has."""

from collections.abc import Sequence
from dataclasses import dataclass

from collection.collection import Pair
from collection.embeddings import Embeddings, Setup
from collection.items import Item
from providers.embedding.cache import VectorCache, cached_vectors
from providers.inputs import input_of, role_of
from providers.transport.cost import dollars, estimated_amounts
from providers.transport.hosted import HostedProvider


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run with one hosted Setup would take.

    `items` to embed, of which `cached` come from the cache and the others take `calls`.
    `tokens` and `dollars` are estimates, None where nothing is published.
    """

    setup: Setup
    items: int
    cached: int
    calls: int
    tokens: float | None
    dollars: float | None


def estimate(
    provider: HostedProvider,
    setup: Setup,
    items: Sequence[Item],
    pairs: Sequence[Pair],
    known: Embeddings | None,
    cache: VectorCache | None,
    base_url: str,
) -> Estimate:
    """Return what embedding the items that are not `known` yet would take.

    `base_url`: where the provider is asked, which is a part of what the cache knows by.
    """
    inputs = [
        input_of(item, role_of(item, setup))
        for item in items
        if known is None or item.id not in known
    ]
    model = provider.info.model(setup.model)
    cached = cached_vectors(cache, setup, inputs, roles=model.roles, base_url=base_url)
    rest = [item for item in inputs if item.item_id not in cached]
    batches = provider.api.plan(setup, rest, pairs)
    amounts = [estimated_amounts(provider.api, setup, batch) for batch in batches]
    tokens = [amount.get("tokens") for amount in amounts]
    costs = [dollars(model.price, amount) for amount in amounts]
    return Estimate(
        setup,
        items=len(inputs),
        cached=len(cached),
        calls=len(batches),
        tokens=_sum(tokens),
        dollars=_sum(costs),
    )


def _sum(values: Sequence[float | None]) -> float | None:
    """Return the sum, None if a part of it is unknown."""
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
