"""Misbehaviour for `StandIn.misbehave`: answers that no documentation promises.

A fault is any callable `(proceed, stopping) -> Answer`: `proceed()` gives the proper answer, and
`stopping` is an event that is set when the server stops, for faults that wait.
"""

import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stand_ins.answers import Answer

_WAITED_LONG_ENOUGH = 60.0  # seconds; a test that forgets to release must not hang
_GLANCE = 0.02  # seconds


@dataclass(frozen=True)
class Status:
    """Answer with this status; a dict becomes JSON, a str plain text, bytes stay bytes."""

    code: int
    body: Any = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, proceed, stopping):
        return Answer(self.code, self.body, self.headers)


@dataclass(frozen=True)
class Html:
    """Answer with a web page, as a proxy or a sign-in wall does."""

    code: int = 200

    def __call__(self, proceed, stopping):
        page = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Hello</body></html>"
        return Answer(self.code, page, {"Content-Type": "text/html; charset=utf-8"})


@dataclass(frozen=True)
class Garbage:
    """Answer 200 with a body that says it is JSON and is not."""

    def __call__(self, proceed, stopping):
        return Answer(200, b'{"embeddings": [[0.1, 0.2', {"Content-Type": "application/json"})


@dataclass(frozen=True)
class Redirect:
    """Send the client elsewhere."""

    to: str
    code: int = 302

    def __call__(self, proceed, stopping):
        return Answer(self.code, b"", {"Location": self.to})


@dataclass(frozen=True)
class Reset:
    """Break the connection (TCP reset) without an answer."""

    def __call__(self, proceed, stopping):
        return Answer(reset=True)


@dataclass(frozen=True)
class Truncated:
    """Promise more bytes than the proper answer has, and close the connection after them."""

    missing_bytes: int = 100

    def __call__(self, proceed, stopping):
        answer = proceed()
        answer.missing_bytes = self.missing_bytes
        return answer


@dataclass(frozen=True)
class Slow:
    """Answer properly, but only after some seconds."""

    seconds: float

    def __call__(self, proceed, stopping):
        stopping.wait(self.seconds)  # what the fault is for; never after the server stops
        return proceed()


@dataclass(frozen=True)
class Held:
    """Answer properly, but only once `released` is set; `reached` is set when a request waits."""

    released: threading.Event = field(default_factory=threading.Event)
    reached: threading.Event = field(default_factory=threading.Event)

    def __call__(self, proceed, stopping):
        self.reached.set()
        waited = 0.0
        # polling: of two events either ends it
        while not self.released.wait(_GLANCE) and not stopping.is_set():
            waited += _GLANCE
            if waited > _WAITED_LONG_ENOUGH:
                raise TimeoutError("a held request was never released")
        return proceed()


@dataclass(frozen=True)
class ShuffledIndex:
    """Answer in another order; the `index` of each entry still says whose it is."""

    def __call__(self, proceed, stopping):
        answer = proceed()
        for entry in answer.results or ():
            if not isinstance(entry, dict) or "index" not in entry:
                raise TypeError("this API answers by position, so order cannot be shuffled")
        if answer.results:
            answer.results[:] = answer.results[1:][::-1] + answer.results[:1]
        return answer


@dataclass(frozen=True)
class WithoutIndex:
    """Answer in the right order, but leave the `index` of each entry out."""

    def __call__(self, proceed, stopping):
        answer = proceed()
        for entry in answer.results or ():
            del entry["index"]
        return answer


@dataclass(frozen=True)
class OneShort:
    """Leave the last vector out."""

    def __call__(self, proceed, stopping):
        answer = proceed()
        del (answer.results or [])[-1:]
        return answer


@dataclass(frozen=True)
class WithoutResult:
    """Leave the result of one input out; where results have an index, the others keep theirs."""

    row: int

    def __call__(self, proceed, stopping):
        answer = proceed()
        del (answer.results or [])[self.row : self.row + 1]
        return answer


@dataclass(frozen=True)
class NotFinite:
    """Put a NaN, or with `null` a JSON null, into one vector."""

    row: int = 0
    null: bool = False

    def __call__(self, proceed, stopping):
        answer = proceed()
        for container, key in answer.vector_places()[self.row : self.row + 1]:
            container[key][0] = None if self.null else math.nan
        return answer


@dataclass(frozen=True)
class WrongDimension:
    """Answer with vectors that lack their last component; with `row`, only that one."""

    row: int | None = None

    def __call__(self, proceed, stopping):
        answer = proceed()
        for at, (container, key) in enumerate(answer.vector_places()):
            if self.row is None or at == self.row:
                container[key] = container[key][:-1]
        return answer


@dataclass(frozen=True)
class MissingField:
    """Leave out the field with the vector; where vectors have no field, that of their list."""

    row: int = 0

    def __call__(self, proceed, stopping):
        answer = proceed()
        shape = answer.shape
        for container, key in answer.vector_places()[self.row : self.row + 1]:
            if isinstance(container, dict):
                del container[key]
            else:
                answer.shape = lambda results: _without("embeddings", shape(results))
        return answer


def _without(name, body):
    return {other: value for other, value in body.items() if other != name}
