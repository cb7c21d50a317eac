"""When a call may start: a published rate and a number of calls at once, for the whole process.

Calls inside the published rate are never slowed: the window slides, it does not spread them out.
"""

import threading
import time
from collections import deque
from collections.abc import Callable

from providers.info import Rate

_LOOK_AGAIN = 0.05  # seconds between two looks at the cancel event
_LOWERED_FOR = 120.0  # seconds until a lowered number of calls at once, or a pace, is lifted


class RateLimiter:
    """Lets calls start in turn, within a rate, a number at once, and a pause that one asked for.

    Safe with many threads.
    """

    def __init__(
        self, rate: Rate | None, concurrency: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.concurrency = concurrency
        self._rate, self._clock = rate, clock
        self._starts: deque[float] = deque()
        self._under_way, self._lowered_to, self._lowered_at = 0, 0, 0.0
        self._gap, self._gap_since, self._paused_until = 0.0, 0.0, 0.0
        self._changed = threading.Condition()

    def acquire(self, cancel: threading.Event) -> bool:
        """Wait for a turn; return False, without one, as soon as `cancel` is set."""
        with self._changed:
            while not cancel.is_set():
                wait = self._wait()
                if wait <= 0:
                    self._starts.append(self._clock())
                    self._under_way += 1
                    return True
                self._changed.wait(min(wait, _LOOK_AGAIN))
        return False

    def release(self) -> None:
        """Say that a call has ended."""
        with self._changed:
            self._under_way -= 1
            self._changed.notify()

    def pause(self, seconds: float) -> None:
        """Let no call start for a while: the provider asked for it."""
        with self._changed:
            self._paused_until = max(self._paused_until, self._clock() + seconds)

    def slow_to(self, calls_a_second: float) -> None:
        """Let calls start one after the other, at most so many a second, for a while."""
        with self._changed:
            self._gap, self._gap_since = 1.0 / calls_a_second, self._clock()

    def lower_concurrency(self) -> None:
        """Halve the number of calls at once, for a while; one always may."""
        with self._changed:
            self._lowered_to = max(1, self._allowed_concurrency() // 2)
            self._lowered_at = self._clock()

    def _allowed_concurrency(self) -> int:
        lowered = self._lowered_to and self._clock() - self._lowered_at < _LOWERED_FOR
        return min(self._lowered_to, self.concurrency) if lowered else self.concurrency

    def _wait(self) -> float:
        """Return the seconds until a call may start, about; 0 for now."""
        now = self._clock()
        if self._under_way >= self._allowed_concurrency():
            return _LOOK_AGAIN
        wait = self._paused_until - now
        if self._gap and now - self._gap_since < _LOWERED_FOR and self._starts:
            wait = max(wait, self._starts[-1] + self._gap - now)
        if self._rate is not None:
            while self._starts and self._starts[0] <= now - self._rate.seconds:
                self._starts.popleft()
            if len(self._starts) >= self._rate.calls:
                wait = max(wait, self._starts[0] + self._rate.seconds - now)
        elif len(self._starts) > 1:
            self._starts = deque([self._starts[-1]])
        return wait
