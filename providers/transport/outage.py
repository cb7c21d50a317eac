"""Whether a provider is out of order, or only some items cannot be embedded.

A service that cannot cope with one item often says just what it says when it is down. So whoever
meets such a failure asks here: an answer that came meanwhile, or else one plain word, tells.
"""

import threading
from collections.abc import Callable
from dataclasses import replace

from providers.errors import MissingCredentials, ProviderFailed
from providers.failure_kind import Action, FailureKind
from providers.inputs import Batch
from providers.transport.failure import Failure
from providers.transport.valid_answer import ValidAnswer

MOST_BAD_ITEMS = 8
"""So many items of a run may be at fault for what an outage looks like; beyond, it is one."""
_ALL_REFUSED = 6
"""So many items refused one by one, and none accepted: is it the provider, not the items?"""

_NOT_THE_ITEMS = (
    "It refuses even one plain word, so it is not your items: look whether the model and its "
    "settings are right, or try again later."
)

Probe = Callable[[threading.Event], ValidAnswer | Failure | None]
"""Embeds one plain word; None once the event is set."""
AskAgain = Callable[[], ValidAnswer | Failure | None]


class OutageWatch:
    """What one run has learned of a provider's state. Safe with many threads."""

    def __init__(self, provider: str, probe: Probe) -> None:
        self._provider, self._probe = provider, probe
        self._probed = False
        self._down: Failure | None = None
        self._refused, self._bad = 0, 0
        self._failing_alone: dict[str, set[str]] = {}
        self._lock, self._judging = threading.Lock(), threading.Lock()
        self.answers = 0
        """So many calls were answered with vectors."""

    def note_answer(self) -> None:
        """Note that the provider has given vectors."""
        with self._lock:
            self.answers += 1
            self._failing_alone.clear()

    def judge(
        self,
        part: Batch,
        failure: Failure,
        answers_before: int,
        ask_again: AskAgain | None,
        cancel: threading.Event,
    ) -> ValidAnswer | Failure | None:
        """Find out who is at fault for a failure: returns it if an item of the part is.

        None once `cancel` is set, as nobody has found out then.

        `answers_before`: the number of `answers` when the part was first asked for. `ask_again`:
        of an item that goes alone, asks for it with all patience there is; where no word is
        needed for an outage, what comes of that is returned. Raises ProviderFailed when the
        provider is out of order.
        """
        if ask_again is not None:
            with self._lock:
                self._failing_alone.setdefault(str(failure), set()).add(part[0].item_id)
        with self._judging:  # whoever comes second learns from what the first has found out
            if cancel.is_set():
                return None
            if self._down is not None:
                raise self.failed(self._down)
            if self.answers > answers_before:
                return failure
            if ask_again is not None and len(self._failing_alone.get(str(failure), ())) > 1:
                return self._patiently(ask_again)
            if not self._probed:
                self._probed = True
                self.prove(cancel)
            return failure

    def _patiently(self, ask_again: AskAgain) -> ValidAnswer | Failure | None:
        outcome = ask_again()
        if isinstance(outcome, Failure) and outcome.action is Action.ABORT:
            self._down = outcome
            raise self.failed(outcome)
        if isinstance(outcome, ValidAnswer):
            self.note_answer()
        return outcome

    def note_bad(self, failure: Failure, cancel: threading.Event) -> None:
        """Note that an item was found at fault; raises ProviderFailed where it must be more."""
        if failure.action is not Action.DOUBT:
            self._note_refused(cancel)
            return
        with self._lock:
            self._bad += 1
            too_many = self._bad > MOST_BAD_ITEMS
        if too_many:
            raise self.failed(
                replace(
                    failure,
                    advice=f"More than {MOST_BAD_ITEMS} items met this in one run, so it is the "
                    "provider. Try again in a few minutes: only what is missing is asked for.",
                )
            )

    def _note_refused(self, cancel: threading.Event) -> None:
        """Note that an item was refused, and ask for one word where everything is.

        Other items may have their vectors from the cache, or wait behind the refused ones.
        """
        with self._judging:
            self._refused += 1
            if self._refused >= _ALL_REFUSED and not self.answers:
                self.prove(cancel)

    def prove(self, cancel: threading.Event) -> None:
        """Embed one word. Raises ProviderFailed when the provider gives nothing for it."""
        outcome = self._probe(cancel)
        if isinstance(outcome, ValidAnswer):
            self.note_answer()
        elif isinstance(outcome, Failure):
            if outcome.action in (Action.ISOLATE, Action.SPLIT):
                outcome = replace(outcome, advice=_NOT_THE_ITEMS)
            self._down = outcome
            raise self.failed(outcome)

    def failed(self, failure: Failure) -> ProviderFailed:
        """Return the error of a provider that cannot go on."""
        error = MissingCredentials if failure.kind is FailureKind.NO_KEY else ProviderFailed
        return error(self._provider, failure.reason, failure.advice)
