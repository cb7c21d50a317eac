"""What the calls of each Setup come to."""

from datetime import UTC, datetime

import pytest

from collection.embeddings import Setup
from providers.transport.call_log import DONE, UNDER_WAY, Call
from providers.transport.call_sums import sums_by_setup
from tests.providers.hosted.asking import batch_of, text

ONE, OTHER = Setup("one", "m", 2), Setup("other", "m", 2)
BATCH = batch_of(text("a cat"))


def call(setup=ONE, outcome=DONE, latency=0.1, tries=1, tokens=10.0, dollars=0.5):
    return Call(
        number=1,
        setup=setup,
        batch=BATCH,
        base_url="https://example.org",
        started=datetime.now(UTC),
        outcome=outcome,
        latency=latency,
        tries=tries,
        tokens=tokens,
        dollars=dollars,
    )


def test_each_setup_has_its_sums_in_the_order_in_which_they_were_asked():
    one, other = sums_by_setup([call(ONE), call(OTHER), call(ONE)])
    assert (one.setup, one.calls, one.tokens, one.dollars) == (ONE, 2, 20.0, 1.0)
    assert (other.setup, other.calls, other.tokens, other.dollars) == (OTHER, 1, 10.0, 0.5)


def test_a_try_beyond_the_first_is_a_retry_and_a_call_not_sent_yet_is_none():
    (sums,) = sums_by_setup([call(tries=3), call(tries=1), call(tries=0, outcome=UNDER_WAY)])
    assert (sums.calls, sums.done, sums.retries) == (3, 2, 2)


def test_latencies_are_those_of_the_calls_that_are_done():
    slow = call(latency=9.0, outcome="The provider failed.")
    calls = [call(latency=number / 100) for number in range(1, 101)]
    (sums,) = sums_by_setup([slow, *reversed(calls)])
    assert sums.median_latency == pytest.approx(0.505)
    assert sums.p95_latency == 0.95


def test_of_few_calls_the_slowest_is_the_95_percent_latency():
    (sums,) = sums_by_setup([call(latency=0.2), call(latency=0.9), call(latency=0.1)])
    assert (sums.median_latency, sums.p95_latency) == (0.2, 0.9)


def test_what_nobody_says_is_unknown_and_not_zero():
    (sums,) = sums_by_setup([call(outcome=UNDER_WAY, latency=0.0, tokens=None, dollars=None)])
    assert (sums.median_latency, sums.p95_latency) == (None, None)
    assert (sums.tokens, sums.dollars, sums.unpriced) == (None, None, 0)


def test_done_calls_without_a_known_cost_are_counted_beside_the_sum():
    (sums,) = sums_by_setup([call(dollars=0.25), call(dollars=None), call(dollars=0.25)])
    assert (sums.dollars, sums.unpriced) == (0.5, 1)


def test_without_a_call_there_are_no_sums():
    assert sums_by_setup([]) == ()
