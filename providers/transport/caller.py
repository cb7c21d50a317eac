"""One call with its repetitions: paced, sent, checked, tried again where that can help, noted."""

import random
import threading
from dataclasses import dataclass, replace

from collection.embeddings import Setup
from providers.failure_kind import Action, FailureKind
from providers.inputs import Batch
from providers.transport.api import HostedApi
from providers.transport.call_context import CallContext
from providers.transport.call_log import DONE
from providers.transport.cost import dollars, estimated_amounts
from providers.transport.failure import Failure
from providers.transport.http import Answer, Http
from providers.transport.valid_answer import ValidAnswer, shown_answer, valid_answer

STOPPED = "stopped"
_GROWTH, _GROWTH_OF_RATE = 2, 4
"""How waiting grows from try to try; where a limit by the minute was reached, beyond a minute."""
_NOT_ACCEPTED = frozenset({FailureKind.KEY, FailureKind.NO_KEY, FailureKind.EXPIRED})


@dataclass(frozen=True, slots=True)
class Tries:
    """How often a call is tried when the provider or an item in it may be at fault.

    `in_doubt`: after so many tries the failure is returned as one of DOUBT; None for as many as
    the retry policy allows, of which the last fails the provider. `before`: so many were made of
    another call for the same reason, and count.
    """

    in_doubt: int | None = None
    before: int = 0


class Caller:
    """Asks one provider for the vectors of batches. Safe with many threads."""

    def __init__(self, api: HostedApi, setup: Setup, context: CallContext, base_url: str) -> None:
        self._api, self._setup, self._context, self._base_url = api, setup, context, base_url
        info = api.info
        self._price = info.model(setup.model).price
        concurrency = context.concurrency or info.concurrency
        self._who = context.credentials.fingerprint
        by_address = info.rate is not None and info.rate.per_address
        self._accepted = context.process.accepted
        self._limiter = context.process.limiter(
            base_url, None if by_address else self._who, info.rate, concurrency
        )
        self._authorization = api.authorization(context.credentials)
        self._http = Http(base_url, concurrency, context.retry_policy)
        self._renewing, self._renewals = threading.Lock(), 0

    @property
    def accepted(self) -> bool:
        """Whether the provider has accepted these credentials in this process."""
        return (self._base_url, self._who) in self._accepted

    def ask(
        self,
        batch: Batch,
        noted: Batch,
        cancel: threading.Event,
        purpose: str = "embed",
        tries: Tries = Tries(),
    ) -> ValidAnswer | Failure | None:
        """Return the vectors of a batch, why there are none, or None once `cancel` is set.

        `noted`: the same inputs as the log is to keep them. A Failure's action is one that the
        caller has to see to: ISOLATE, SPLIT, ABORT or, where `tries` says so, DOUBT.
        """
        number = self._context.log.begin(
            self._setup,
            noted,
            self._base_url,
            purpose,
            values=self._context.credentials.values,
            own_base_url=not self._context.base_url,
        )
        outcome = self._tried(_Call(batch, number, tries), cancel)
        if isinstance(outcome, Failure):
            if outcome.kind in _NOT_ACCEPTED:
                self._accepted.remove(self._base_url, self._who)
            self._context.log.update(number, outcome=str(outcome))
        elif outcome is None:
            self._context.log.update(number, outcome=STOPPED)
        else:
            self._accepted.add(self._base_url, self._who)
            self._context.log.update(number, outcome=DONE)
        return outcome

    def _tried(self, call: "_Call", cancel: threading.Event) -> ValidAnswer | Failure | None:
        retry_policy = self._context.retry_policy
        while True:
            renewals = self._renewals
            outcome = self._once(call, cancel)
            if outcome is None or isinstance(outcome, ValidAnswer):
                return outcome
            if outcome.split_first and len(call.batch) > 1:
                return replace(outcome, action=Action.SPLIT)
            tries = call.tries + call.allowed.before
            match outcome.action:
                case Action.RENEW if not call.renewed and self._renew(renewals):
                    call.renewed = True
                case Action.RETRY_ONCE if not call.resent:
                    call.resent = True
                case Action.DOUBT if tries < (call.allowed.in_doubt or 2):
                    continue
                case Action.DOUBT | Action.RETRY if _in_doubt(call, outcome):
                    return replace(outcome, action=Action.DOUBT)
                case Action.RETRY if tries < retry_policy.tries:
                    if (too_long := self.wait(outcome, tries, cancel)) is not None:
                        return too_long
                case Action.ISOLATE | Action.SPLIT:
                    return outcome
                case _:
                    return replace(outcome, action=Action.ABORT)

    def _once(self, call: "_Call", cancel: threading.Event) -> ValidAnswer | Failure | None:
        """Send once, when it is this call's turn; None once `cancel` is set."""
        estimate = dollars(self._price, call.amounts(self._api, self._setup)) or 0.0
        if not self._context.budget.reserve(estimate):
            return _over_budget(self._context.budget.cap or 0.0)
        if not self._limiter.acquire(cancel):
            self._context.budget.settle(estimate, 0.0)
            return None
        try:
            request = self._api.request_for(self._setup, call.batch, self._context.credentials)
            answer = self._http.send(request, self._authorization)
        finally:
            self._limiter.release()
        call.tries += 1
        outcome = self._read(call, answer)
        self._note(call, answer, outcome, estimate)
        return outcome

    def _read(self, call: "_Call", answer: Answer | Failure) -> ValidAnswer | Failure:
        if isinstance(answer, Failure):
            return answer
        if answer.status == 200:
            return valid_answer(self._api, self._setup, call.batch, answer.body, self._hidden)
        return self._api.explain(answer.status, answer.headers, answer.body, self._hidden)

    def _note(
        self,
        call: "_Call",
        answer: Answer | Failure,
        outcome: ValidAnswer | Failure,
        estimate: float,
    ) -> None:
        """Write down what came of a try, and what it cost.

        Where no answer came its estimate stays reserved in the budget: the provider may have
        worked, and may bill it.
        """
        log, number = self._context.log, call.number
        log.update(number, tries=call.tries)
        if isinstance(answer, Answer):
            log.update(
                number,
                status=answer.status,
                latency=answer.seconds,
                sent_bytes=answer.sent_bytes,
                received_bytes=len(answer.body),
                answer=shown_answer(answer.body, self._hidden),
                remaining=self._hidden(self._api.remaining(answer.headers)),
            )
        if isinstance(outcome, ValidAnswer):
            amounts = {**call.amounts(self._api, self._setup), **outcome.usage}
            paid = dollars(self._price, amounts)
            log.update(number, tokens=outcome.usage.get("tokens"), dollars=paid)
            self._context.budget.settle(estimate, paid or 0.0)
        elif isinstance(answer, Answer) and answer.status != 200:
            self._context.budget.settle(estimate, 0.0)  # a refusal is not billed

    def wait(self, failure: Failure, tries: int, cancel: threading.Event) -> Failure | None:
        """Wait as is due after so many tries; returns a failure where that would be too long."""
        seconds = self._wait_for(failure, tries)
        if seconds > self._context.retry_policy.longest_asked:
            return _asked_too_long(failure, seconds)
        cancel.wait(seconds)
        return None

    def _wait_for(self, failure: Failure, tries: int) -> float:
        """Return the seconds to wait before the next try."""
        retry_policy = self._context.retry_policy
        if failure.calls_a_second is not None:
            self._limiter.slow_to(failure.calls_a_second)
        if failure.lower_concurrency:
            self._limiter.lower_concurrency()
        growth = _GROWTH_OF_RATE if failure.kind is FailureKind.RATE else _GROWTH
        wait = min(retry_policy.longest_wait, retry_policy.first_wait * growth ** (tries - 1))
        wait *= random.uniform(0.5, 1.0)  # noqa: S311 - jitter, no secret
        if failure.retry_after is not None:
            wait = max(failure.retry_after, 0.0)
        if failure.kind is FailureKind.RATE and wait <= retry_policy.longest_asked:
            self._limiter.pause(wait)  # whoever asks with this key would be refused, too
        return wait

    def _renew(self, renewals: int) -> bool:
        """Renew the credential, once for all calls that found it run out."""
        with self._renewing:
            if self._renewals == renewals:
                if not self._authorization.renew():
                    return False
                self._renewals += 1
            return True

    def _hidden(self, text: str) -> str:
        return self._context.credentials.hidden_in(self._authorization.hidden_in(text))


class _Call:
    """What is remembered from one try to the next."""

    def __init__(self, batch: Batch, number: int, allowed: Tries) -> None:
        self.batch, self.number, self.allowed = batch, number, allowed
        self.tries, self.renewed, self.resent = 0, False, False
        self._amounts: dict[str, float] | None = None

    def amounts(self, api: HostedApi, setup: Setup) -> dict[str, float]:
        if self._amounts is None:
            self._amounts = estimated_amounts(api, setup, self.batch)
        return self._amounts


def _in_doubt(call: _Call, failure: Failure) -> bool:
    """Whether it is time to ask if the provider or an item is at fault."""
    may_be_an_item = failure.action is Action.DOUBT or failure.kind is FailureKind.SERVICE
    most = call.allowed.in_doubt
    return may_be_an_item and most is not None and call.tries >= most


def _asked_too_long(failure: Failure, wait: float) -> Failure:
    return replace(
        failure,
        action=Action.ABORT,
        advice=f"It asks to wait {wait / 60:.0f} minutes. Embed again after that: only what is "
        "missing is asked for.",
    )


def _over_budget(cap: float) -> Failure:
    return Failure(
        f"The spending cap of ${cap:,.2f} for one run is reached.",
        "What was embedded is kept. Raise the cap and embed again: only the rest is asked for.",
        kind=FailureKind.CAP,
        action=Action.ABORT,
    )
