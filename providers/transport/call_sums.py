"""What the calls of each Setup came to: how many, how long they took, what they cost."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from collection.embeddings import Setup
from providers.transport.call_log import Call


@dataclass(frozen=True, slots=True)
class CallSums:
    """The sums of one Setup; latencies in seconds, of the calls that are done.

    `retries`: how often a call was sent again. `tokens`, `dollars`, the latencies: None where
    nobody says. `unpriced`: how many calls that are done are not in `dollars`.
    """

    setup: Setup
    calls: int
    done: int
    retries: int
    median_latency: float | None
    p95_latency: float | None
    tokens: float | None
    dollars: float | None
    unpriced: int


def sums_by_setup(calls: Iterable[Call]) -> tuple[CallSums, ...]:
    """Return the sums of each Setup, in the order in which they were first asked."""
    by_setup: dict[Setup, list[Call]] = {}
    for call in calls:
        by_setup.setdefault(call.setup, []).append(call)
    return tuple(_sums(setup, group) for setup, group in by_setup.items())


def _sums(setup: Setup, calls: Sequence[Call]) -> CallSums:
    done = [call for call in calls if call.ok]
    latencies = [call.latency for call in done]
    return CallSums(
        setup,
        calls=len(calls),
        done=len(done),
        retries=sum(max(call.tries - 1, 0) for call in calls),
        median_latency=median(latencies) if latencies else None,
        p95_latency=_p95(latencies) if latencies else None,
        tokens=_sum(call.tokens for call in calls),
        dollars=_sum(call.dollars for call in calls),
        unpriced=sum(call.dollars is None for call in done),
    )


def _p95(values: Sequence[float]) -> float:
    """Return the value that 95 % do not exceed: one of them, as few calls leave no in-between."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def _sum(values: Iterable[float | None]) -> float | None:
    """Return the sum of what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None
