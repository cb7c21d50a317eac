"""What went wrong with a call, what is done about it, and what a person can do.

Each provider lists the errors of its documentation as `Rule`s; the first that fits explains an
answer. `COMMON_RULES` follow behind them: what a status means where nothing else is documented.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What is the matter."""

    KEY = "key"
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


SERVER_ERRORS = tuple(range(500, 600))

COMMON_RULES = (
    Rule(
        (401, 498),
        "",
        Kind.KEY,
        Action.ABORT,
        "The key is wrong or was withdrawn.",
        "Copy it again from the provider's page, whole and without spaces.",
    ),
    Rule(
        (402,),
        "",
        Kind.BALANCE,
        Action.ABORT,
        "The account has no money or free quota left.",
        "Top it up on the provider's page, or use another key.",
    ),
    Rule(
        (403,),
        "",
        Kind.PERMISSION,
        Action.ABORT,
        "The provider does not allow this key to do that.",
        "Look on the provider's page what the key and the plan include.",
    ),
    Rule(
        (404,),
        "",
        Kind.MODEL,
        Action.ABORT,
        "The provider knows no such model or address.",
        "Choose another model; look whether the base address is right.",
    ),
    Rule(
        (407,),
        "",
        Kind.PROXY,
        Action.ABORT,
        "A proxy between here and the provider wants a login.",
        "Sign in to the network, or set HTTPS_PROXY with the proxy's login.",
    ),
    Rule(
        (413,),
        "",
        Kind.TOO_LARGE,
        Action.SPLIT,
        "What was sent is larger than the provider takes.",
        "Send pictures smaller.",
    ),
    Rule(
        (429,),
        "",
        Kind.RATE,
        Action.BACKOFF,
        "The provider's limit of calls was reached, and waiting did not help.",
        "Wait a minute, then embed again: only what is missing is asked for.",
    ),
    Rule(
        (408, 409, 425, *SERVER_ERRORS),
        "",
        Kind.SERVICE,
        Action.BACKOFF,
        "The provider is out of order or overloaded.",
        "Try again in a few minutes: only what is missing is asked for.",
    ),
    Rule(
        (400, 422),
        "",
        Kind.INPUT,
        Action.FIX,
        "The provider refused it.",
        "Change it, or take it out of the collection.",
    ),
)

_LONGEST_SAID = 300
_LONGEST_READ = 10_000  # bytes of a body that is no JSON


def explain(rules: Sequence[Rule], status: int, headers: Mapping[str, str], body: bytes) -> Failure:
    """Return why an answer with an error status gave nothing, by the first rule that fits."""
    if 300 <= status < 400:
        return _redirected(status)
    if _is_html(body) and status not in (429, *SERVER_ERRORS):
        return html_instead(status)
    said = said_in(body)
    for rule in (*rules, *COMMON_RULES):
        if rule.fits(status, said):
            shown = f" It said: “{shortened(said)}”" if said else ""
            return Failure(
                rule.kind,
                rule.action,
                f"{rule.reason} (HTTP {status}){shown}",
                rule.advice,
                retry_after(headers),
                rule.calls_a_second,
                rule.fewer_at_once,
                rule.split_first,
            )
    return Failure(
        Kind.SERVICE,
        Action.ABORT,
        f"The provider answered with the unexpected status {status}."
        + (f" It said: “{shortened(said)}”" if said else ""),
        "Look whether the base address is right.",
    )


def html_instead(status: int) -> Failure:
    """Return the failure of a web page where an answer was due."""
    return Failure(
        Kind.PROXY,
        Action.RESEND if status == 200 else Action.ABORT,
        f"A web page came back instead of an answer (HTTP {status}): something between here and "
        "the provider, such as a proxy or a login page of the network, answered in its place.",
        "Sign in to the network, or ask who runs it to let the provider's address through.",
    )


def _redirected(status: int) -> Failure:
    return Failure(
        Kind.PROXY,
        Action.ABORT,
        f"The call was sent on to another address (HTTP {status}), which is not followed, because "
        "the key would go there, too.",
        "A proxy answers in the provider's place, or the base address is wrong.",
    )


def said_in(body: bytes) -> str:
    """Return code and message of an error, whichever of the known shapes its body has."""
    try:
        return " ".join(dict.fromkeys(_words(json.loads(body))))
    except (ValueError, RecursionError):
        return "" if _is_html(body) else body[:_LONGEST_READ].decode("utf-8", "replace").strip()


def _words(tree: Any) -> list[str]:
    """Collect what matters: codes before messages, in the order in which they are nested."""
    if isinstance(tree, str):
        return [tree]
    if isinstance(tree, list):
        return [word for part in tree for word in _words(part)]
    if not isinstance(tree, dict):
        return []
    words = [str(tree[name]) for name in ("code", "status", "reason") if tree.get(name)]
    for name in ("details", "error", "detail", "message", "msg", "loc", "field", "errors"):
        words += _words(tree.get(name))
    return words


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that the provider asks to wait, None where it does not say.

    The forms of Retry-After: seconds, or a date (RFC 9110, section 10.2.3); and the
    milliseconds that some send beside it.
    """
    value = headers.get("retry-after", "").strip()
    for number, unit in ((headers.get("retry-after-ms", ""), 0.001), (value, 1.0)):
        seconds = _finite(number)
        if seconds is not None:
            return max(0.0, seconds * unit)
    try:
        then = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    return max(0.0, (then - datetime.now(UTC)).total_seconds())


def _finite(text: str) -> float | None:
    """Return the number that a text is, None for any other text, and for NaN and infinity."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def shortened(text: str) -> str:
    """Return a text in one line of at most 300 characters."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_SAID else line[: _LONGEST_SAID - 1] + "…"


def _is_html(body: bytes) -> bool:
    start = body[:200].lstrip().lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))
