import threading
from datetime import UTC, datetime

from collection.embeddings import Setup
from providers.transport.call_log import DONE, UNDER_WAY, CallLog
from tests.providers.hosted.asking import batch_of, text

SETUP = Setup("p", "m", 2)
BATCH = batch_of(text("a cat"))
ADDRESS = "https://example.org"


def begin(log):
    return log.begin(SETUP, BATCH, ADDRESS, "embed")


def test_a_call_is_noted_as_it_begins():
    log, before = CallLog(), datetime.now(UTC)
    number = begin(log)
    (call,) = log.calls
    assert (call.number, call.setup, call.batch) == (number, SETUP, BATCH)
    assert (call.outcome, call.status, call.tries, call.ok) == (UNDER_WAY, None, 0, False)
    assert before <= call.started <= datetime.now(UTC)
    assert len(log) == 1


def test_more_is_noted_as_it_becomes_known():
    log = CallLog()
    number = begin(log)
    (before,) = log.calls
    log.update(number, tries=1, status=429)
    log.update(number, tries=2, status=200, outcome=DONE, tokens=7.0)
    (call,) = log.calls
    assert (call.tries, call.status, call.tokens, call.ok) == (2, 200, 7.0, True)
    assert before.status is None  # what somebody has taken out does not change


def test_the_latest_calls_are_kept_oldest_first():
    log = CallLog(most=3)
    numbers = [begin(log) for _ in range(5)]
    assert [call.number for call in log.calls] == numbers[-3:]
    log.update(numbers[0], outcome=DONE)
    assert [call.number for call in log.calls] == numbers[-3:]


def test_numbers_are_never_given_twice_by_many_threads():
    log, numbers = CallLog(), []

    def note():
        for _ in range(100):
            number = begin(log)
            log.update(number, outcome=DONE)
            numbers.append(number)

    threads = [threading.Thread(target=note) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(numbers)) == len(log) == 400
    assert all(call.ok for call in log.calls)
