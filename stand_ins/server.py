"""A stand-in: an HTTP server on loopback that answers as a hosted API documents it.

    with NomicStandIn() as nomic:
        requests.post(nomic.address + "/v1/embedding/text", ...)
        nomic.received[-1].json

Each API is a subclass that checks requests and answers; what all of them share is here. The
stand-ins are stricter than the services where the documentation is silent: a field that it does
not name is refused.
"""

import re
import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import ClassVar

from stand_ins.answers import Refused
from stand_ins.error_case import ErrorCase
from stand_ins.listener import Listener
from stand_ins.right_request import RightRequest

_STOPPED_WITHIN = 5.0  # seconds
_POLL = 0.02  # seconds between two looks at whether to stop


@dataclass(frozen=True)
class Limits:
    """How many requests in how many seconds, and how many at the same time."""

    requests: int
    seconds: float
    concurrency: int | None = None


@dataclass
class _Misbehaviour:
    fault: object
    times: int | None
    when: object

    def wants(self, call):
        if self.times == 0:
            return False
        return call.method == "POST" if self.when is None else self.when(call)


class StandIn:
    """The server of one API, running from `with` to the end of the block.

    A subclass gives `routes` (method, pattern of the path, name of its method that answers),
    `check_key`, `refusal` and, where limits are documented, `LIMITS` and `over_limit`; for the
    tests of clients also `error_cases`, the documented errors, `right_request`, and where a key
    alone does not do, `credentials`, and `headers_with` where it goes elsewhere.
    """

    provider: ClassVar[str]
    """The id under which a client knows the API; "" for a service that only helps one."""
    error_cases: ClassVar[tuple[ErrorCase, ...]]
    right_request: ClassVar[RightRequest]
    LIMITS: ClassVar[Limits | None] = None
    routes: ClassVar[tuple[tuple[str, str, str], ...]]

    @staticmethod
    def credentials(key):
        """Return what a client has to know of who asks, by name."""
        return {"api_key": key}

    @staticmethod
    def headers_with(key):
        """Return the headers of a request that has this key."""
        return {"Authorization": f"Bearer {key}"}

    def __init__(self, *, key=None, latency=0.0, limits=False):
        self.key = key or f"good-key-of-{self.provider}"
        self.latency = latency
        self.limits = self.LIMITS if limits else None
        self.most_concurrent = 0
        self.crashes = []
        self._lock = threading.Condition()
        self._received = []
        self._misbehaviours = []
        self._concurrency = 0
        self._recent = deque()
        self._stopping = threading.Event()

    def __enter__(self):
        self._server = Listener(("127.0.0.1", 0), self)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL,), name=self.provider, daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, kind, error, trace):
        self._stopping.set()
        self._server.shutdown()
        self._thread.join(_STOPPED_WITHIN)
        self._server.server_close()
        self._server.hang_up()
        if self.crashes and error is None:
            raise AssertionError(f"the stand-in itself failed:\n{self.crashes[0]}")

    @property
    def received(self):
        """Every request so far, oldest first, but those of the control path."""
        with self._lock:
            return list(self._received)

    def wait_for(self, fact, within=30.0):
        """Wait until `fact(stand_in)` holds, looking whenever a request comes or is answered."""
        with self._lock:
            if not self._lock.wait_for(lambda: fact(self), within):
                raise TimeoutError(f"{self.provider}: what was waited for did not happen")

    def forget(self):
        """Begin counting anew."""
        with self._lock:
            self._received.clear()
            self._recent.clear()
            self.most_concurrent = self._concurrency

    def misbehave(self, fault, times=1, when=None):
        """Apply a fault to the next requests for which `when(request)` holds.

        Without `when` these are all POST requests; `times=None` means for good. Faults wait in
        line until a request wants them, one a request, the first of them first.
        """
        with self._lock:
            self._misbehaviours.append(_Misbehaviour(fault, times, when))
        return fault

    def behave(self):
        """Forget all misbehaviour."""
        with self._lock:
            self._misbehaviours.clear()

    @property
    def waiting_faults(self):
        """The faults that still have requests to wait for."""
        with self._lock:
            return [entry.fault for entry in self._misbehaviours if entry.times != 0]

    def begin(self, call):
        with self._lock:
            self._received.append(call)
            self._concurrency += 1
            self.most_concurrent = max(self.most_concurrent, self._concurrency)
            self._lock.notify_all()
            return self._concurrency

    def end(self, call, status):
        with self._lock:
            self._concurrency -= 1
            call.status = status
            call.ended = time.monotonic()
            self._lock.notify_all()

    def respond(self, call, concurrency):
        """Return the answer to a request: the proper one, or what a fault makes of it."""

        def proceed():
            try:
                return self._proper_answer(call, concurrency)
            except Refused as refused:
                return refused.answer

        fault = self._next_fault(call)
        if self.latency:
            self._stopping.wait(self.latency)  # as long as the network is to take
        return proceed() if fault is None else fault(proceed, self._stopping)

    def recent_calls(self):
        """How many requests were let in within the seconds of the documented limit."""
        with self._lock:
            return self._count_recent()

    def check_key(self, call):
        raise NotImplementedError

    def refusal(self, status, message, field="body"):
        """Return the exception that carries a refusal in the API's own shape."""
        raise NotImplementedError

    def over_limit(self, limits, *, too_many_concurrent):
        """Return the refusal of a request beyond the limits."""
        return self.refusal(429, "Too many requests.")

    def json_of(self, call):
        """Return the JSON object of a request's body, or refuse it."""
        if call.content_type != "application/json":
            raise self.refusal(415, "The Content-Type is not application/json.")
        if call.problem:
            raise self.refusal(400, f"The body is not JSON: {call.problem}")
        if not isinstance(call.json, dict):
            raise self.refusal(422, "The body is not an object.")
        return call.json

    def _next_fault(self, call):
        with self._lock:
            for entry in self._misbehaviours:
                if entry.wants(call):
                    if entry.times is not None:
                        entry.times -= 1
                    return entry.fault
        return None

    def _proper_answer(self, call, concurrency):
        found = [
            (method, getattr(self, name), match)
            for method, pattern, name in self.routes
            if (match := re.fullmatch(pattern, call.path))
        ]
        if not found:
            raise self.refusal(404, "Not found.")
        method, function, match = found[0]
        if call.method != method:
            raise self.refusal(405, "Method not allowed.")
        self.check_key(call)
        self._check_limits(call, concurrency)
        return function(call, match)

    def _count_recent(self):
        oldest = time.monotonic() - (self.limits or self.LIMITS).seconds
        while self._recent and self._recent[0] < oldest:
            self._recent.popleft()
        return len(self._recent)

    def _check_limits(self, call, concurrency):
        if self.LIMITS is None:
            return
        limits = self.limits
        if limits and limits.concurrency and concurrency > limits.concurrency:
            raise self.over_limit(limits, too_many_concurrent=True)
        with self._lock:
            too_many = limits and self._count_recent() >= limits.requests
            if not too_many:
                self._recent.append(call.started)
        if too_many:
            raise self.over_limit(limits, too_many_concurrent=False)
