"""What an answer with an error means, by the first rule that fits it.

Each provider's own rules come first; `COMMON_RULES` follow behind them: what a status means where
nothing else is documented.
"""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from providers.failure_kind import Action, FailureKind
from providers.transport.failure import Failure, Rule

SERVER_ERRORS = tuple(range(500, 600))
STATUS_SAYS_IT = (408, 409, 413, 425, 429, *SERVER_ERRORS)
"""What these mean is plain, even where a server in front of the provider tells it as a page."""

_NO_SUCH_MODEL = (
    r"INPUT_((INVALID|UNKNOWN|UNSUPPORTED)_)?MODEL|\bbody model\b"
    r"|\b(unknown|invalid|unsupported|no such) model\b(?! input)"
    r"|\bmodels?[\s:/]{1,3}(\S{1,200}\s)?((is|was|does|could) )?(not|no longer) (be )?"
    r"(found|supported|available|offered|exist)"
)
_NOT_OFFERED = (
    FailureKind.MODEL,
    Action.ABORT,
    "The provider does not offer this model, or no longer.",
    "Choose another model.",
)

COMMON_RULES = (
    Rule(
        (401, 498),
        "",
        FailureKind.KEY,
        Action.ABORT,
        "The key is wrong or was withdrawn.",
        "Copy it again from the provider's page, whole and without spaces.",
    ),
    Rule(
        (402,),
        "",
        FailureKind.BALANCE,
        Action.ABORT,
        "The account has no money or free quota left.",
        "Top it up on the provider's page, or use another key.",
    ),
    Rule(
        (403,),
        "",
        FailureKind.PERMISSION,
        Action.ABORT,
        "The provider does not allow this key to do that.",
        "Look on the provider's page what the key and the plan include.",
    ),
    Rule((404,), "model", *_NOT_OFFERED),
    Rule(
        (404,),
        "",
        FailureKind.ENDPOINT,
        Action.ABORT,
        "There is nothing at the address that was asked.",
        "Look whether the base address is right; if you gave none, choose another model.",
    ),
    Rule(
        (407,),
        "",
        FailureKind.PROXY,
        Action.ABORT,
        "A proxy between here and the provider wants a login.",
        "Sign in to the network, or set HTTPS_PROXY with the proxy's login.",
    ),
    Rule(
        (413,),
        "",
        FailureKind.TOO_LARGE,
        Action.SPLIT,
        "What was sent is larger than the provider takes.",
        "Send smaller pictures.",
    ),
    Rule(
        (429,),
        "",
        FailureKind.RATE,
        Action.RETRY,
        "The provider's limit of calls was reached.",
        "Wait a minute, then embed again: only what is missing is asked for.",
    ),
    Rule(
        (408, 409, 425, *SERVER_ERRORS),
        "",
        FailureKind.SERVICE,
        Action.RETRY,
        "The provider is out of order or overloaded.",
        "Try again in a few minutes: only what is missing is asked for.",
    ),
    Rule((400, 422), _NO_SUCH_MODEL, *_NOT_OFFERED),
    Rule(
        (400, 422),
        "",
        FailureKind.INPUT,
        Action.ISOLATE,
        "The provider refused it.",
        "Change it, or take it out of the collection.",
    ),
)

_LONGEST_SAID = 300
_MOST_READ = 10_000  # characters


def explain(
    rules: Sequence[Rule],
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    hidden: Callable[[str], str] = str,
) -> Failure:
    """Return why an answer with an error status gave nothing, by the first rule that fits.

    `hidden` takes the secrets out of what is quoted. The rules read what was really said: a short
    key could stand in the very word that tells one error from another.
    """
    if 300 <= status < 400:
        return _redirected(status)
    if _is_html(body) and status not in STATUS_SAYS_IT:
        return html_instead(status)
    said = error_text(body)
    quoted = shortened(printable(hidden(said)))
    for rule in (*rules, *COMMON_RULES):
        if rule.fits(status, said[:_MOST_READ]):
            shown = _as_said(quoted)
            return Failure(
                f"{rule.reason.removesuffix('.')} (HTTP {status}).{shown}",
                rule.advice,
                kind=rule.kind,
                action=rule.action,
                retry_after=retry_after(headers),
                calls_a_second=rule.calls_a_second,
                lower_concurrency=rule.lower_concurrency,
                split_first=rule.split_first,
                of_item=(
                    f"The provider fails on it while others come through (HTTP {status}).{shown}"
                    if rule.kind is FailureKind.SERVICE
                    else ""
                ),
            )
    return Failure(
        f"The provider answered with the unexpected status {status}.{_as_said(quoted)}",
        "Look whether the base address is right.",
        kind=FailureKind.SERVICE,
        action=Action.ABORT,
    )


def html_instead(status: int) -> Failure:
    """Return the failure of a web page where an answer was due."""
    return Failure(
        f"A web page came back instead of an answer (HTTP {status}): something between here and "
        "the provider, such as a proxy or a login page of the network, answered in its place.",
        "Sign in to the network, or ask who runs it to let the provider's address through.",
        kind=FailureKind.PROXY,
        action=Action.RETRY_ONCE if status == 200 else Action.ABORT,
    )


def incomplete_answer(what: str, said: str = "") -> Failure:
    """Return the failure of an answer with status 200 that lacks vectors.

    `what`: what it is, behind “The answer”. `said`: the message in it, without secrets.
    """
    shown = _as_said(shortened(printable(said)))
    return Failure(
        f"The answer {what}.{shown}",
        "Try again later; if it stays so, the provider is at fault.",
        kind=FailureKind.ANSWER,
        action=Action.DOUBT,
        of_item=f"The provider gives no vector for it while others come through.{shown}",
    )


def _as_said(quoted: str) -> str:
    """Return what was said as a sentence behind another one; "" for nothing."""
    if not quoted:
        return ""
    return f" It said: “{quoted}”" + ("" if quoted[-1] in ".!?…" else ".")


def _redirected(status: int) -> Failure:
    return Failure(
        f"The call was sent on to another address (HTTP {status}), which is not followed, because "
        "the key would go there, too.",
        "A proxy answers in the provider's place, or the base address is wrong.",
        kind=FailureKind.PROXY,
        action=Action.ABORT,
    )


def error_text(body: bytes) -> str:
    """Return code and message of an error, whichever of the known shapes its body has."""
    try:
        return " ".join(dict.fromkeys(_words(json.loads(body))))
    except (ValueError, RecursionError):
        return "" if _is_html(body) else body.decode("utf-8", "replace").strip()


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


def printable(text: str) -> str:
    """Return a text without halves of characters, which JSON allows and no page can show."""
    return text.encode("utf-8", "replace").decode()


def _is_html(body: bytes) -> bool:
    start = body[:200].lstrip().lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))
