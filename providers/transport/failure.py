"""What went wrong with a call, what is done about it, and what a person can do.

Each provider lists the errors of its documentation as `Rule`s; the first that fits explains an
answer.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from providers.errors import (
    LoginInterrupted,
    LoginUnreachable,
    MissingCredentials,
    ProviderFailed,
    UnusableCredential,
    UnusablePlace,
)


class Kind(StrEnum):
    """What is the matter."""

    KEY = "key"
    NO_KEY = "no key"
    EXPIRED = "expired"
    BALANCE = "balance"
    PERMISSION = "permission"
    NOT_ENABLED = "not enabled"
    PLACE = "place"
    MODEL = "model"
    RATE = "rate"
    SERVICE = "service"
    INPUT = "input"
    TOO_LARGE = "too large"
    ANSWER = "answer"
    NETWORK = "network"
    PROXY = "proxy"
    CAP = "spending cap"


class Action(StrEnum):
    """What is done about it."""

    ABORT = "abort"
    """Stop: no further call can succeed."""
    FIX = "fix"
    """One item is refused: find it, and go on without it."""
    SPLIT = "split"
    """The call was too large: halve it."""
    BACKOFF = "backoff"
    """Wait and try again, up to the limit of tries."""
    RENEW = "renew"
    """The credential has run out: get a new one, once."""
    RESEND = "resend"
    """Try again at once, and only once."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A call that gave nothing: what happened, what a person can do, what we do.

    `retry_after`: seconds that the provider asks to wait. `calls_a_second`: the pace to fall
    back to from now on, 0 for none. `fewer_at_once`: lower the number of calls under way.
    `split_first`: a call of several items is halved before it is waited for.
    """

    kind: Kind
    action: Action
    reason: str
    advice: str = ""
    retry_after: float | None = None
    calls_a_second: float = 0.0
    fewer_at_once: bool = False
    split_first: bool = False

    def __str__(self) -> str:
        return f"{self.reason} {self.advice}".strip()


@dataclass(frozen=True, slots=True)
class Rule:
    """An error as documented: it fits a status and, where given, a pattern in what was said.

    `pattern`: a regular expression, searched in the error's code and message, in any case.
    """

    statuses: tuple[int, ...]
    pattern: str
    kind: Kind
    action: Action
    reason: str
    advice: str = ""
    calls_a_second: float = 0.0
    fewer_at_once: bool = False
    split_first: bool = False

    def fits(self, status: int, said: str) -> bool:
        """Whether the rule explains this answer."""
        return status in self.statuses and bool(re.search(self.pattern, said, re.IGNORECASE))


_MEANINGS: tuple[tuple[type[ProviderFailed], Kind, Action], ...] = (
    (MissingCredentials, Kind.NO_KEY, Action.ABORT),
    (UnusablePlace, Kind.PLACE, Action.ABORT),
    (UnusableCredential, Kind.KEY, Action.ABORT),
    (LoginInterrupted, Kind.NETWORK, Action.BACKOFF),
    (LoginUnreachable, Kind.NETWORK, Action.RESEND),
    (ProviderFailed, Kind.SERVICE, Action.ABORT),
)
"""What an error means of which nothing was sent, by its type; the first that fits counts."""


def failure_of(error: ProviderFailed) -> Failure:
    """Return what it means for a call that nothing could be sent, and what is done about it."""
    kind, action = next((k, a) for fits, k, a in _MEANINGS if isinstance(error, fits))
    return Failure(kind, action, error.reason, error.advice)
