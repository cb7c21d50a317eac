"""One tiny call to a hosted provider, and in plain words what came of it."""

import threading
from dataclasses import dataclass, replace

from collection.embeddings import Setup
from providers.errors import ProviderFailed
from providers.failure_kind import FailureKind
from providers.provider import Provider
from providers.transport.call_context import CallContext, RetryPolicy
from providers.transport.call_log import Call, CallLog
from providers.transport.failure import Failure
from providers.transport.hosted import HostedEmbedder

QUICK = RetryPolicy(connect=4.0, read=12.0, whole=15.0, first_wait=0.5, longest_wait=2.0, tries=2)
"""Somebody is waiting in front of the page."""

HEADLINES = {
    FailureKind.KEY: "The key is not accepted.",
    FailureKind.NO_KEY: "There is no key yet.",
    FailureKind.EXPIRED: "The access token has expired.",
    FailureKind.BALANCE: "The balance is empty.",
    FailureKind.PERMISSION: "The key may not do this.",
    FailureKind.NOT_ENABLED: "The API is not switched on.",
    FailureKind.ENDPOINT: "The address, region or project is wrong.",
    FailureKind.MODEL: "The model name is not known there.",
    FailureKind.RATE: "The limit of calls is reached.",
    FailureKind.SERVICE: "The provider cannot answer now.",
    FailureKind.INPUT: "The provider refused the test word.",
    FailureKind.TOO_LARGE: "The provider refused the test word.",
    FailureKind.ANSWER: "The answer makes no sense.",
    FailureKind.NETWORK: "The provider cannot be reached.",
    FailureKind.PROXY: "Something else answered in the provider's place.",
    FailureKind.CAP: "The spending cap is reached.",
}

_ITS_SETTINGS = "Look whether the model and its settings are right."
_ADVICE = {
    FailureKind.INPUT: _ITS_SETTINGS,
    FailureKind.TOO_LARGE: _ITS_SETTINGS,
    FailureKind.RATE: "Wait a minute, then check again.",
    FailureKind.SERVICE: "Check again in a few minutes.",
}
"""What to do after a check, where a run would give other advice."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found, in words; `seconds`: until the answer was there.

    `kind`: what is the matter, None when all is well.
    """

    headline: str
    details: str
    kind: FailureKind | None = None
    seconds: float = 0.0
    dimension: int = 0
    remaining: str = ""

    @property
    def ok(self) -> bool:
        """Whether the provider can be used."""
        return self.kind is None


def check(provider: Provider, setup: Setup, context: CallContext) -> CheckResult:
    """Embed one word with a hosted provider, and say what came of it. Raises nothing."""
    try:
        embedder = provider.embedder(setup, replace(context, retry_policy=QUICK))
    except ProviderFailed as failure:
        return unusable(failure)
    if not isinstance(embedder, HostedEmbedder):
        return CheckResult("It runs on this machine.", "There is nothing to check.")
    outcome = embedder.check(threading.Event())
    if isinstance(outcome, Failure):
        outcome = replace(outcome, advice=_ADVICE.get(outcome.kind, outcome.advice))
        return CheckResult(HEADLINES[outcome.kind], str(outcome), outcome.kind)
    call = _last_call(context.log, setup)
    return CheckResult(
        "It works.",
        f"It answered in {call.latency:.2f} s with a vector of {setup.dimension} dimensions.",
        None,
        call.latency,
        setup.dimension,
        call.remaining,
    )


def unusable(failure: ProviderFailed) -> CheckResult:
    """Return the result where no call could be made at all, such as without a key."""
    return CheckResult(failure.reason, failure.advice, failure.kind)


def _last_call(log: CallLog, setup: Setup) -> Call:
    return next(c for c in reversed(log.calls) if c.setup == setup and c.purpose == "check")
