"""A documented error answer, and what a client should make of it, as data.

Where an API documents no body, the body is of the shape that the API documents for its other
errors.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stand_ins.faults import Status

ACTIONS = ("abort", "isolate", "split", "retry", "renew")
"""Stop the job; drop or repair this item; halve the batch; wait and repeat; renew the token."""

KINDS = (
    *("key", "expired", "permission", "not_enabled", "balance", "model", "endpoint"),
    *("rate", "service", "input", "too_large"),
)
"""What is wrong. `endpoint` is an address, path or region; `balance` is money, quota or plan."""

RETRY_AFTER = {"Retry-After": "1"}
PAGE = "<html><head><title>Error</title></head><body><h1>Bad Gateway</h1></body></html>"
HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass(frozen=True)
class ErrorCase:
    """An error answer, and the action and kind that a client should read from it."""

    name: str
    status: int
    body: Any
    action: str
    kind: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def fault(self):
        """The fault that makes a stand-in answer so: `stand_in.misbehave(case.fault)`."""
        return Status(self.status, self.body, self.headers)


def detail(message):
    return {"detail": message}


def message(message):
    return {"message": message}


def rate_cases(body):
    return (
        ErrorCase("rate", 429, body, "retry", "rate"),
        ErrorCase("rate with Retry-After", 429, body, "retry", "rate", RETRY_AFTER),
    )


def service_cases(body_of, statuses=(500, 503, 504)):
    return (
        *(
            ErrorCase(f"service {status}", status, body_of(status), "retry", "service")
            for status in statuses
        ),
        ErrorCase("gateway page", 502, PAGE, "retry", "service", HTML),
        ErrorCase("empty 503", 503, b"", "retry", "service", RETRY_AFTER),
    )
