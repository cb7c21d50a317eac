"""A hosted provider as the rest of the app sees it, and its embedder.

The API says what is asked and what an answer means, the caller makes one call of it; here a
batch is embedded, in one call or, where the provider refuses it, in as many as it takes.
"""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from collection.collection import Pair
from collection.embeddings import ItemFailure, Role, Setup
from collection.items import Modality
from providers.errors import MissingCredentials, ProviderFailed
from providers.failure_kind import Action, FailureKind
from providers.info import ProviderInfo
from providers.inputs import Batch, BatchResult, Input
from providers.transport.api import HostedApi
from providers.transport.base_url import checked_base_url
from providers.transport.call_context import CallContext
from providers.transport.caller import Caller
from providers.transport.cost import estimated_tokens
from providers.transport.failure import Failure
from providers.transport.picture_size import as_sent, side_of
from providers.transport.valid_answer import ValidAnswer

_ALL_REFUSED = 6
"""So many items refused one by one, and none accepted: is it the provider, not the items?"""

_NOT_THE_ITEMS = (
    "It refuses even one plain word, so it is not your items: look whether the model and its "
    "settings are right, or try again later."
)

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
        self._refused, self._works, self._doubting = 0, False, threading.Lock()

    def load(self) -> None:
        """Nothing to load."""

    @property
    def accepted(self) -> bool:
        """Whether the provider has accepted these credentials in this process."""
        return self._caller.accepted

    def prove(self, cancel: threading.Event) -> None:
        """Embed one word. Raises ProviderFailed when the provider gives nothing for it."""
        outcome = self.check(cancel)
        if isinstance(outcome, Failure):
            if outcome.action is not Action.ABORT:
                outcome = replace(outcome, advice=_NOT_THE_ITEMS)
            raise self._failed(outcome)

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
        todo = [(sized, True)] if sized else []
        while todo and not cancel.is_set():
            part, first = todo.pop()
            outcome = self._caller.ask(part, tuple(original[i.item_id] for i in part), cancel)
            if outcome is None:
                return
            if isinstance(outcome, ValidAnswer):
                self._works = True
                done, again = _finished(part, outcome, give_up=not first)
                todo += [(again, False)] if again else []
                yield done
            elif outcome.action is Action.ABORT:
                raise self._failed(outcome)
            elif len(part) > 1:
                middle = (len(part) + 1) // 2
                todo += [(part[middle:], first), (part[:middle], first)]
            else:
                self._doubt(cancel)
                yield BatchResult(
                    part, [ItemFailure(outcome.reason, outcome.advice, item_id=part[0].item_id)]
                )

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

    def _doubt(self, cancel: threading.Event) -> None:
        """Note that an item was refused; raises ProviderFailed where anything would be.

        Other items may have their vectors from the cache, or wait behind the refused ones, so one
        word that nobody can object to is asked before all is given up.
        """
        with self._doubting:
            self._refused += 1
            if self._refused >= _ALL_REFUSED and not self._works:
                self.prove(cancel)
                self._works = True

    def _failed(self, failure: Failure) -> ProviderFailed:
        error = MissingCredentials if failure.kind is FailureKind.NO_KEY else ProviderFailed
        return error(self._api.info.title, failure.reason, failure.advice)


def _finished(part: Batch, checked: ValidAnswer, *, give_up: bool) -> tuple[BatchResult, Batch]:
    """Return what is finished of a part, and what is to be asked for once more."""
    good = [(i, v) for i, v in zip(part, checked.vectors, strict=True) if v is not None]
    bad = tuple(i for i, v in zip(part, checked.vectors, strict=True) if v is None)
    inputs, answers = tuple(i for i, _ in good), [v for _, v in good]
    if give_up:
        failures = [
            ItemFailure(
                "The provider gave no usable vector for it, twice.",
                "Try again, or change the item.",
                item_id=item.item_id,
            )
            for item in bad
        ]
        return BatchResult((*inputs, *bad), [*answers, *failures], checked.usage), ()
    return BatchResult(inputs, [*answers], checked.usage), bad
