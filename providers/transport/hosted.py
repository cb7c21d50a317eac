"""A hosted provider as the rest of the app sees it, and its embedder.

The API says what is asked and what an answer means, the caller makes one call of it, the search
makes as many as a batch takes.
"""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from collection.collection import Pair
from collection.embeddings import ItemFailure, Role, Setup
from collection.items import Modality
from providers.errors import MissingCredentials
from providers.info import ProviderInfo
from providers.inputs import Batch, BatchResult, Input
from providers.transport.api import HostedApi
from providers.transport.base_url import checked_base_url
from providers.transport.call_context import CallContext
from providers.transport.caller import Caller
from providers.transport.cost import estimated_tokens
from providers.transport.failure import Failure
from providers.transport.item_search import PATIENT, ItemSearch
from providers.transport.outage import OutageWatch
from providers.transport.picture_size import as_sent, side_of
from providers.transport.valid_answer import ValidAnswer

PROBE = Input("probe", Modality.TEXT, Role.QUERY, "hello")
"""The smallest thing there is to ask."""


@dataclass(frozen=True, slots=True)
class HostedProvider:
    """A provider that is asked over the network."""

    api: HostedApi

    @property
    def info(self) -> ProviderInfo:
        """The description."""
        return self.api.info

    def embedder(self, setup: Setup, context: CallContext | None = None) -> "HostedEmbedder":
        """Return what embeds for this Setup. Raises MissingCredentials without access."""
        if context is None:
            raise MissingCredentials(
                self.info.title, "It has no key yet.", "Give one on the Providers page."
            )
        return HostedEmbedder(self.api, setup, context)

    def token_count(self, setup: Setup, text: str) -> int:
        """Return about how many tokens the model sees in a text."""
        return estimated_tokens(text)


class HostedEmbedder:
    """Embeds with a hosted provider. Safe with many threads."""

    def __init__(self, api: HostedApi, setup: Setup, context: CallContext) -> None:
        self.setup, self._api = setup, api
        self.concurrency = context.concurrency or api.info.concurrency
        self.base_url = (
            checked_base_url(api.info, context.base_url)
            if context.base_url
            else api.base_url_for(context.credentials)
        )
        self._caller = Caller(api, setup, context, self.base_url)
        self._side = side_of(api.info.model(setup.model), setup)
        self.load()

    def load(self) -> None:
        """Begin a run: what the former one learned of the provider's state may be over."""
        self._outage = OutageWatch(self._api.info.title, self._probe)

    @property
    def accepted(self) -> bool:
        """Whether the provider has accepted these credentials in this process."""
        return self._caller.accepted

    def prove(self, cancel: threading.Event) -> None:
        """Embed one word. Raises ProviderFailed when the provider gives nothing for it."""
        OutageWatch(self._api.info.title, self.check).prove(cancel)

    def _probe(self, cancel: threading.Event) -> ValidAnswer | Failure | None:
        return self._caller.ask((PROBE,), (PROBE,), cancel, "probe", PATIENT)

    def check(self, cancel: threading.Event) -> ValidAnswer | Failure | None:
        """Embed one word, and return what came of it; None once `cancel` is set."""
        return self._caller.ask((PROBE,), (PROBE,), cancel, "check")

    def batches(self, inputs: Sequence[Input], pairs: Sequence[Pair] = ()) -> list[Batch]:
        """Cut the inputs into calls."""
        return self._api.plan(self.setup, inputs, pairs)

    def embed(self, batch: Batch, cancel: threading.Event) -> Iterator[BatchResult]:
        """Embed a batch; see `Embedder.embed`."""
        original = {item.item_id: item for item in batch}
        sized, unreadable = self._sized(batch)
        if unreadable:
            yield BatchResult(tuple(original[f.item_id] for f in unreadable), list(unreadable))
        if sized:
            search = ItemSearch(self._caller, self._outage, original, cancel)
            yield from search.embedded(sized)

    def _sized(self, batch: Batch) -> tuple[Batch, list[ItemFailure]]:
        """Return the batch with its pictures at the size they are sent at, and the damaged."""
        sized: list[Input] = []
        damaged: list[ItemFailure] = []
        for item in batch:
            try:
                sized.append(as_sent(item, self._side))
            except (OSError, ValueError, SyntaxError):
                damaged.append(
                    ItemFailure(
                        "The picture cannot be read.", "Add it again.", item_id=item.item_id
                    )
                )
        return tuple(sized), damaged
