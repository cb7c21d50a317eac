"""The pacer under a clock of its own: an hour passes at once, and nothing depends on the day."""

import threading

import pytest

from providers.info import Rate
from providers.transport import rate_limiter
from providers.transport.process_state import ProcessState
from providers.transport.rate_limiter import RateLimiter

TEN_A_MINUTE = Rate(10, 60.0, source="this file")
MANY = 1000


class Clock:
    """Seconds that pass only when told to."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


class Waiting(threading.Event):
    """Stands for the cancel event of one who waits: a second goes by between two looks at it.

    `retry_policy`: seconds after which it is set, None for never.
    """

    def __init__(self, clock, retry_policy=None, step=1.0):
        super().__init__()
        self.clock, self.step = clock, step
        self.until = None if retry_policy is None else clock.now + retry_policy
        self.looks = 0

    def is_set(self):
        if self.looks:
            self.clock.now += self.step
        self.looks += 1
        return self.until is not None and self.clock.now >= self.until


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(autouse=True)
def _hardly_any_real_waiting(monkeypatch):
    monkeypatch.setattr(rate_limiter, "_LOOK_AGAIN", 1e-5)


def entered_at(limiter, clock):
    """Enter, and return at what second that was; the call ends at once."""
    assert limiter.acquire(Waiting(clock))
    limiter.release()
    return clock.now


def test_a_burst_within_the_rate_is_never_slowed(clock):
    limiter = RateLimiter(TEN_A_MINUTE, MANY, clock)
    assert [entered_at(limiter, clock) for _ in range(10)] == [100.0] * 10


def test_the_call_beyond_the_rate_waits_until_the_first_leaves_the_window(clock):
    limiter = RateLimiter(TEN_A_MINUTE, MANY, clock)
    for _ in range(10):
        entered_at(limiter, clock)
    assert entered_at(limiter, clock) == 160.0


def test_the_window_slides_with_each_start(clock):
    limiter = RateLimiter(Rate(2, 60.0, source=""), MANY, clock)
    entered_at(limiter, clock)
    clock.now = 150.0
    entered_at(limiter, clock)
    assert entered_at(limiter, clock) == 160.0  # the first is over, the second is not
    assert entered_at(limiter, clock) == 210.0


def test_no_window_of_any_hour_holds_more_than_the_rate(clock):
    limiter = RateLimiter(TEN_A_MINUTE, MANY, clock)
    starts = [entered_at(limiter, clock) for _ in range(45)]
    assert all(later - first >= 60.0 for first, later in zip(starts, starts[10:], strict=False))


def test_without_a_rate_only_the_number_at_once_counts(clock):
    limiter = RateLimiter(None, MANY, clock)
    assert {entered_at(limiter, clock) for _ in range(500)} == {100.0}
    assert len(limiter._starts) <= 2  # what is not needed is not kept


def test_no_more_calls_are_under_way_than_allowed(clock):
    limiter = RateLimiter(None, 2, clock)
    assert limiter.acquire(Waiting(clock))
    assert limiter.acquire(Waiting(clock))
    assert not limiter.acquire(Waiting(clock, retry_policy=30))
    limiter.release()
    assert limiter.acquire(Waiting(clock, retry_policy=30))


def test_many_threads_never_exceed_the_number_at_once():
    limiter, lock = RateLimiter(None, 3), threading.Lock()
    under_way, most = [], []

    def call():
        assert limiter.acquire(threading.Event())
        with lock:
            under_way.append(1)
            most.append(len(under_way))
        with lock:
            under_way.pop()
        limiter.release()

    threads = [threading.Thread(target=call) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 40
    assert max(most) <= 3


def test_a_hold_stops_every_start_until_it_is_over(clock):
    limiter = RateLimiter(TEN_A_MINUTE, MANY, clock)
    limiter.pause(20.0)
    assert entered_at(limiter, clock) == 120.0


def test_a_shorter_hold_does_not_shorten_a_longer_one(clock):
    limiter = RateLimiter(None, MANY, clock)
    limiter.pause(20.0)
    limiter.pause(5.0)
    assert entered_at(limiter, clock) == 120.0


def test_a_slower_pace_spreads_starts_out_and_is_lifted_later(clock):
    limiter = RateLimiter(None, MANY, clock)
    entered_at(limiter, clock)
    limiter.slow_to(0.25)
    assert [entered_at(limiter, clock) for _ in range(3)] == [104.0, 108.0, 112.0]
    clock.now = 300.0
    assert [entered_at(limiter, clock) for _ in range(3)] == [300.0] * 3


def test_fewer_at_once_halves_the_number_and_is_lifted_later(clock):
    limiter = RateLimiter(None, 4, clock)
    limiter.lower_concurrency()
    assert limiter.acquire(Waiting(clock))
    assert limiter.acquire(Waiting(clock))
    assert not limiter.acquire(Waiting(clock, retry_policy=10))
    clock.now = 300.0
    assert limiter.acquire(Waiting(clock, retry_policy=10))


def test_one_call_is_allowed_however_often_the_number_is_halved(clock):
    limiter = RateLimiter(None, 4, clock)
    for _ in range(5):
        limiter.lower_concurrency()
    assert limiter.acquire(Waiting(clock))
    assert not limiter.acquire(Waiting(clock, retry_policy=10))


def test_cancel_ends_the_waiting_without_a_turn(clock):
    limiter = RateLimiter(TEN_A_MINUTE, MANY, clock)
    limiter.pause(1000.0)
    assert not limiter.acquire(Waiting(clock, retry_policy=5))
    assert clock.now == 105.0
    clock.now = 2000.0
    assert entered_at(limiter, clock) == 2000.0  # who gave up has taken no turn


def test_who_has_cancelled_before_gets_no_turn():
    cancelled = threading.Event()
    cancelled.set()
    assert not RateLimiter(None, 1).acquire(cancelled)


def test_cancel_wakes_a_thread_that_waits():
    limiter, cancel, answers = RateLimiter(None, 1), threading.Event(), []
    limiter.acquire(cancel)
    thread = threading.Thread(target=lambda: answers.append(limiter.acquire(cancel)))
    thread.start()
    cancel.set()
    thread.join(10)
    assert answers == [False]


def test_the_pacer_is_one_for_the_whole_process_by_address_and_credential():
    process = ProcessState()
    first = process.limiter("https://one.example.org", "me", TEN_A_MINUTE, 4)
    assert process.limiter("https://one.example.org", "me", TEN_A_MINUTE, 4) is first
    assert process.limiter("https://one.example.org", "you", TEN_A_MINUTE, 4) is not first
    assert process.limiter("https://two.example.org", "me", TEN_A_MINUTE, 4) is not first


def test_the_number_at_once_is_the_one_asked_for_last():
    process = ProcessState()
    limiter = process.limiter("https://three.example.org", "me", None, 4)
    process.limiter("https://three.example.org", "me", None, 7)
    assert limiter.concurrency == 7
