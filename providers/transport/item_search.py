"""A batch embedded in one call or, where something in it cannot be, in as many as it takes."""

import threading
from collections.abc import Generator, Iterator, Mapping

from collection.embeddings import ItemFailure
from providers.failure_kind import Action, FailureKind
from providers.inputs import Batch, BatchResult, Input
from providers.transport.caller import Caller, Tries
from providers.transport.failure import Failure
from providers.transport.outage import OutageWatch
from providers.transport.valid_answer import ValidAnswer

_TWICE = Tries(in_doubt=2)
_ONCE = Tries(in_doubt=1)
"""For a part of what has failed twice already."""

_NO_VECTOR = Failure(
    "The provider gave no usable vector for it, twice.",
    "Try again, or change the item.",
    kind=FailureKind.ANSWER,
    action=Action.DOUBT,
)

PATIENT = Tries(before=2)
"""For what is to tell, after two tries, whether the provider is out of order."""

Search = Generator[BatchResult, None, bool]
"""Yields what is finished; returns whether all of the part has its vectors."""


class ItemSearch:
    """Embeds one batch, and finds the items in it that cannot be embedded.

    `original`: the inputs as the log is to keep them, by item id. A part that has failed is
    halved, the smaller half first. Where that one is fine the other one cannot be, and is halved
    without being asked for: one bad item among n takes at most 2 log2(n) further calls.
    """

    def __init__(
        self,
        caller: Caller,
        outage: OutageWatch,
        original: Mapping[str, Input],
        cancel: threading.Event,
    ) -> None:
        self._caller, self._outage = caller, outage
        self._original, self._cancel = original, cancel

    def embedded(self, batch: Batch) -> Iterator[BatchResult]:
        """Yield each part of the batch as it is finished; raises ProviderFailed."""
        return self._asked(batch, _TWICE, whole=True)

    def _asked(
        self, part: Batch, tries: Tries, *, whole: bool = False, again: bool = False
    ) -> Search:
        """Ask for a part; `again`: its items had no usable vector before."""
        if self._cancel.is_set():
            return False
        answers_before = self._outage.answers
        outcome = self._ask(part, tries)
        if isinstance(outcome, Failure) and outcome.action is Action.DOUBT:
            outcome = self._judged(part, outcome, answers_before, whole)
        if outcome is None:
            return False
        if isinstance(outcome, ValidAnswer):
            self._outage.note_answer()
            return (yield from self._taken(part, outcome, again=again))
        if outcome.action is Action.ABORT:
            raise self._outage.failed(outcome)
        if len(part) == 1:
            yield self._bad(part, outcome)
            return False
        if outcome.action is Action.SPLIT:
            left, right = _halves(part)
            left_is_fine = yield from self._asked(left, tries)
            return (yield from self._asked(right, tries)) and left_is_fine
        yield from self._searched(part)
        return False

    def _judged(
        self, part: Batch, failure: Failure, answers_before: int, whole: bool
    ) -> ValidAnswer | Failure | None:
        """Return what is to be made of a failure that an item may be at fault for."""
        alone = whole and len(part) == 1
        patient = (lambda: self._ask(part, PATIENT)) if alone else None
        answered_meanwhile = self._outage.answers > answers_before
        outcome = self._outage.judge(part, failure, answers_before, patient, self._cancel)
        if alone and outcome is failure and answered_meanwhile:
            # What goes alone is in no further call that could tell an item from a busy moment.
            too_long = self._caller.wait(failure, 1, self._cancel)
            return self._ask(part, _ONCE) if too_long is None else too_long
        return outcome

    def _searched(self, part: Batch) -> Search:
        """Find what is bad in a part that has failed as a whole."""
        left, right = _halves(part)
        left_is_fine = yield from self._asked(left, _ONCE)
        if left_is_fine and len(right) > 1:
            return (yield from self._searched(right))
        return (yield from self._asked(right, _ONCE))

    def _ask(self, part: Batch, tries: Tries) -> ValidAnswer | Failure | None:
        noted = tuple(self._original[item.item_id] for item in part)
        return self._caller.ask(part, noted, self._cancel, tries=tries)

    def _taken(self, part: Batch, answer: ValidAnswer, *, again: bool) -> Search:
        """Take the vectors there are; ask once more, and only once, for those that are missing."""
        found = {i: v for i, v in zip(part, answer.vectors, strict=True) if v is not None}
        missing = tuple(item for item in part if item not in found)
        yield BatchResult(tuple(found), list(found.values()), answer.usage)
        if not missing:
            return True
        if again:
            for item in missing:
                yield self._bad((item,), _NO_VECTOR)
            return False
        return (yield from self._asked(missing, _ONCE, again=True))

    def _bad(self, part: Batch, failure: Failure) -> BatchResult:
        self._outage.note_bad(failure, self._cancel)
        reason, advice = failure.reason, failure.advice
        if failure.of_item:
            reason, advice = failure.of_item, "Change it, or take it out of the collection."
        return BatchResult(part, [ItemFailure(reason, advice, item_id=part[0].item_id)])


def _halves(part: Batch) -> tuple[Batch, Batch]:
    middle = len(part) // 2
    return part[:middle], part[middle:]
