"""The calls of one session: what was asked, what came back, how long it took, what it cost.

A request is not kept as it was sent: it is made again from its inputs when somebody looks.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from collection.embeddings import Setup
from collection.short_repr import ShortRepr
from providers.inputs import Batch

UNDER_WAY = "under way"
DONE = "done"
KEPT = 2_000


@dataclass(frozen=True, slots=True, repr=False)
class Call(ShortRepr):
    """One call with its repetitions; times in seconds, sizes in bytes, cost in US dollars.

    `outcome`: "under way", "done", or why it gave nothing. `status`: of the last answer, None
    where none came. `tries`: how often it was sent. `latency`: of the last try. `tokens` and
    `dollars`: None where nobody says. `answer`: shortened, without secrets. `remaining`:
    what the provider says is left of its limits, in words. `started`: in UTC. `values`: what the
    provider was told besides secrets, such as a project and a region. `own_base_url`: whether the
    address is the provider's own, and not one that was set in its place.
    """

    number: int
    setup: Setup
    batch: Batch
    base_url: str
    started: datetime
    purpose: str = "embed"
    outcome: str = UNDER_WAY
    status: int | None = None
    tries: int = 0
    latency: float = 0.0
    sent_bytes: int = 0
    received_bytes: int = 0
    tokens: float | None = None
    dollars: float | None = None
    answer: str = ""
    remaining: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    own_base_url: bool = True

    @property
    def ok(self) -> bool:
        """Whether it gave what was asked for."""
        return self.outcome == DONE


class CallLog:
    """The latest calls, oldest first. Safe with many threads."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._calls: OrderedDict[int, Call] = OrderedDict()
        self._last_number = 0
        self._lock = threading.Lock()

    def begin(
        self,
        setup: Setup,
        batch: Batch,
        base_url: str,
        purpose: str,
        *,
        values: Mapping[str, str] | None = None,
        own_base_url: bool = True,
    ) -> int:
        """Note that a call begins; return its number."""
        with self._lock:
            number = self._last_number = self._last_number + 1
            self._calls[number] = Call(
                number,
                setup,
                batch,
                base_url,
                started=datetime.now(UTC),
                purpose=purpose,
                values=dict(values or {}),
                own_base_url=own_base_url,
            )
            while len(self._calls) > self._most:
                self._calls.popitem(last=False)
            return number

    def update(self, number: int, **changes: Any) -> None:
        """Note more about a call; of one that is too old to be kept, nothing."""
        with self._lock:
            if number in self._calls:
                self._calls[number] = replace(self._calls[number], **changes)

    @property
    def calls(self) -> tuple[Call, ...]:
        """The calls kept, oldest first."""
        with self._lock:
            return tuple(self._calls.values())

    def __len__(self) -> int:
        with self._lock:
            return len(self._calls)
