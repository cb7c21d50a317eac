import threading

import pytest

from providers.failure_kind import Action, FailureKind
from providers.transport.call_context import RetryPolicy
from providers.transport.call_log import DONE
from providers.transport.caller import STOPPED
from providers.transport.credentials import HeaderKey
from providers.transport.failure import Failure
from providers.transport.rate_limiter import RateLimiter
from providers.transport.valid_answer import ValidAnswer
from tests.providers.hosted.asking import picture, text
from tests.providers.transport.fake_api import (
    CrowdedApi,
    FakeHttp,
    LetterApi,
    RecordingEvent,
    answer,
    good,
)

BATCH = (text("a cat"), text("a bad bat"))
BUSY = answer(503, {"detail": "Not now."})
REFUSED = Failure("It cannot be reached.", kind=FailureKind.NETWORK, action=Action.RETRY_ONCE)


def ask(caller, batch=BATCH, cancel=None):
    return caller.ask(batch, batch, cancel or RecordingEvent())


class RenewableApi(LetterApi):
    """Its key can be renewed; how often is counted."""

    def __init__(self, renewable=True):
        self.renewals, self.renewable = 0, renewable

    def authorization(self, credentials):
        api = self

        class Renewable(HeaderKey):
            def renew(self):
                api.renewals += 1
                return api.renewable

        return Renewable("X-Key", "", credentials.secrets["api_key"])


def test_a_good_answer_comes_at_the_first_try(caller_with):
    wire = FakeHttp()
    caller, context = caller_with(wire)
    checked = ask(caller)
    assert [vector.tolist() for vector in checked.vectors] == [[2, 0, 1], [3, 2, 1]]
    (call,) = context.log.calls
    assert (call.outcome, call.status, call.tries, call.latency) == (DONE, 200, 1, 0.5)
    assert (call.sent_bytes, call.tokens, call.ok) == (20, 2.0, True)
    assert call.received_bytes == len(good(wire.requests[0]).body)
    assert "rows" in call.answer


def test_the_log_keeps_the_inputs_that_it_is_told_to_keep(caller_with):
    caller, context = caller_with(FakeHttp())
    kept = (picture("red"),)
    caller.ask((picture("red", 8),), kept, RecordingEvent(), "check")
    assert context.log.calls[0].batch == kept
    assert context.log.calls[0].purpose == "check"


def test_what_is_left_of_the_limits_is_noted(caller_with):
    caller, context = caller_with(FakeHttp(lambda r: answer(200, good(r).body, left="99 calls")))
    ask(caller)
    assert context.log.calls[0].remaining == "99 calls"


def test_an_overloaded_provider_is_asked_up_to_the_number_of_tries(caller_with):
    wire, watch = FakeHttp(usual=BUSY), RecordingEvent()
    caller, context = caller_with(wire)
    outcome = ask(caller, cancel=watch)
    assert outcome.action is Action.ABORT
    assert "Not now." in outcome.reason
    assert (wire.calls, len(watch.waits)) == (5, 4)
    assert context.log.calls[0].tries == 5
    assert context.log.calls[0].outcome == str(outcome)


def test_waiting_ends_with_the_first_good_answer(caller_with):
    wire = FakeHttp(BUSY, BUSY)
    caller, context = caller_with(wire)
    assert isinstance(ask(caller), ValidAnswer)
    assert (wire.calls, len(context.log), context.log.calls[0].tries) == (3, 1, 3)


def test_waiting_doubles_and_its_jitter_takes_off_at_most_half(caller_with):
    for _ in range(20):
        watch = RecordingEvent()
        ask(caller_with(FakeHttp(usual=BUSY))[0], cancel=watch)
        for wait, whole in zip(watch.waits, (1.0, 2.0, 4.0, 8.0), strict=True):
            assert whole / 2 <= wait <= whole


def test_waiting_is_spread_by_chance(caller_with):
    firsts = set()
    for _ in range(10):
        watch = RecordingEvent()
        ask(caller_with(FakeHttp(usual=BUSY))[0], cancel=watch)
        firsts.add(watch.waits[0])
    assert len(firsts) > 1


def test_waiting_is_never_longer_than_the_longest(caller_with):
    watch = RecordingEvent()
    retry_policy = RetryPolicy(first_wait=1.0, longest_wait=2.0, tries=8)
    ask(caller_with(FakeHttp(usual=BUSY), retry_policy=retry_policy)[0], cancel=watch)
    assert len(watch.waits) == 7
    assert max(watch.waits) <= 2.0


def test_retry_after_wins_over_our_own_waiting(caller_with):
    watch = RecordingEvent()
    wire = FakeHttp(answer(503, retry_after="7"), answer(503, retry_after="0"))
    assert isinstance(ask(caller_with(wire)[0], cancel=watch), ValidAnswer)
    assert watch.waits == [7.0, 0.0]


def test_a_provider_that_asks_for_some_minutes_gets_them(caller_with):
    watch = RecordingEvent()
    assert isinstance(
        ask(caller_with(FakeHttp(answer(503, retry_after="290")))[0], cancel=watch), ValidAnswer
    )
    assert watch.waits == [290.0]


def test_to_be_told_to_wait_too_long_fails_at_once_and_says_how_long(caller_with):
    wire, watch = FakeHttp(answer(503, retry_after="3600")), RecordingEvent()
    outcome = ask(caller_with(wire)[0], cancel=watch)
    assert outcome.action is Action.ABORT
    assert "60 minutes" in outcome.advice
    assert (wire.calls, watch.waits) == (1, [])


def test_waiting_for_a_limit_by_the_minute_outlives_the_minute(caller_with, monkeypatch):
    monkeypatch.setattr(RateLimiter, "pause", lambda limiter, seconds: None)
    wire, watch = FakeHttp(usual=answer(429)), RecordingEvent()
    ask(caller_with(wire, retry_policy=RetryPolicy())[0], cancel=watch)
    assert len(watch.waits) == 5
    assert watch.waits[0] <= 1.0
    assert sum(watch.waits) > 60.0


@pytest.mark.parametrize("key", ["k", "key", "quota"])
def test_what_an_error_means_does_not_depend_on_the_key(caller_with, key):
    wire = FakeHttp(answer(403, b"the quota of this key expired"))
    outcome = ask(caller_with(wire, key=key)[0])
    assert outcome.kind is FailureKind.EXPIRED
    assert outcome.reason.startswith("It has run out (HTTP 403)")
    assert key not in outcome.reason.split("It said:")[1]


def test_a_rate_limit_holds_back_whoever_asks_with_the_same_key(caller_with, monkeypatch):
    held = []
    monkeypatch.setattr(RateLimiter, "pause", lambda limiter, seconds: held.append(seconds))
    ask(caller_with(FakeHttp(answer(429, retry_after="3")))[0])
    ask(caller_with(FakeHttp(BUSY))[0])
    assert held == [3.0]


def test_a_provider_may_ask_for_fewer_calls_at_once_or_a_slower_pace(caller_with):
    waits = RetryPolicy(first_wait=0.0, longest_wait=0.0)
    slowed, _ = caller_with(FakeHttp(answer(429, b"pace")), retry_policy=waits)
    ask(slowed)
    assert slowed._limiter._gap == 1 / 50
    lowered, _ = caller_with(FakeHttp(answer(429, b"at once")), retry_policy=waits)
    ask(lowered)
    assert lowered._limiter._allowed_concurrency() == 2


def test_callers_with_one_key_share_a_pacer_and_those_with_two_do_not(caller_with):
    mine, _ = caller_with(FakeHttp(), key="mine")
    mine_too, _ = caller_with(FakeHttp(), key="mine")
    yours, _ = caller_with(FakeHttp(), key="yours")
    assert mine._limiter is mine_too._limiter
    assert mine._limiter is not yours._limiter


def test_where_the_provider_counts_by_address_all_keys_share_a_pacer(caller_with):
    mine, _ = caller_with(FakeHttp(), api=CrowdedApi(), key="mine")
    yours, _ = caller_with(FakeHttp(), api=CrowdedApi(), key="yours")
    assert mine._limiter is yours._limiter


@pytest.mark.parametrize("status", [401, 402, 403, 404, 407, 302, 418])
def test_what_cannot_be_helped_is_asked_once(caller_with, status):
    wire = FakeHttp(usual=answer(status, {"message": "no"}))
    assert ask(caller_with(wire)[0]).action is Action.ABORT
    assert wire.calls == 1


@pytest.mark.parametrize(("status", "action"), [(422, Action.ISOLATE), (413, Action.SPLIT)])
def test_what_concerns_the_items_is_left_to_who_asked(caller_with, status, action):
    wire = FakeHttp(usual=answer(status))
    assert ask(caller_with(wire)[0]).action is action
    assert wire.calls == 1


def test_a_large_call_is_split_before_it_is_waited_for_and_a_small_one_waits(caller_with):
    wire = FakeHttp(usual=answer(504))
    assert ask(caller_with(wire)[0]).action is Action.SPLIT
    assert wire.calls == 1
    assert ask(caller_with(wire)[0], BATCH[:1]).action is Action.ABORT
    assert wire.calls == 1 + 5


@pytest.mark.parametrize("broken", [answer(200, {"rows": []}), answer(200, b"<html>"), REFUSED])
def test_an_answer_that_makes_no_sense_is_asked_for_once_more(caller_with, broken):
    wire, watch = FakeHttp(broken), RecordingEvent()
    assert isinstance(ask(caller_with(wire)[0], cancel=watch), ValidAnswer)
    assert (wire.calls, watch.waits) == (2, [])
    wire = FakeHttp(usual=broken)
    assert ask(caller_with(wire)[0]).action is Action.ABORT
    assert wire.calls == 2


def test_a_credential_that_ran_out_is_renewed_once_and_the_call_repeated(caller_with):
    api, wire = RenewableApi(), FakeHttp(answer(403, b"expired"))
    assert isinstance(ask(caller_with(wire, api)[0]), ValidAnswer)
    assert (api.renewals, wire.calls) == (1, 2)


def test_a_credential_that_ran_out_again_at_once_is_given_up(caller_with):
    api, wire = RenewableApi(), FakeHttp(usual=answer(403, b"expired"))
    outcome = ask(caller_with(wire, api)[0])
    assert (outcome.kind, outcome.action) == (FailureKind.EXPIRED, Action.ABORT)
    assert (api.renewals, wire.calls) == (1, 2)


def test_a_credential_that_cannot_be_renewed_is_given_up(caller_with):
    api, wire = RenewableApi(renewable=False), FakeHttp(usual=answer(403, b"expired"))
    assert ask(caller_with(wire, api)[0]).action is Action.ABORT
    assert wire.calls == 1


def test_many_calls_that_find_the_credential_run_out_renew_it_once(caller_with):
    api, all_asked = RenewableApi(), threading.Barrier(4)

    def expired(request):
        all_asked.wait(10)
        return answer(403, b"expired")

    caller, _ = caller_with(FakeHttp(*[expired] * 4), api)
    outcomes = []
    threads = [threading.Thread(target=lambda: outcomes.append(ask(caller))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert [type(outcome) for outcome in outcomes] == [ValidAnswer] * 4
    assert api.renewals == 1


def test_cancelled_before_it_began_nothing_is_sent(caller_with):
    wire, cancel = FakeHttp(), threading.Event()
    cancel.set()
    caller, context = caller_with(wire)
    assert ask(caller, cancel=cancel) is None
    assert wire.calls == 0
    assert context.log.calls[0].outcome == STOPPED


def test_cancelled_while_it_waits_nothing_more_is_sent(caller_with):
    cancel = threading.Event()

    def busy_then_cancelled(request):
        cancel.set()
        return BUSY

    wire = FakeHttp(usual=busy_then_cancelled)
    caller, context = caller_with(wire)
    assert ask(caller, cancel=cancel) is None
    assert (wire.calls, context.log.calls[0].outcome) == (1, STOPPED)


def test_who_gets_an_answer_is_accepted_and_who_has_a_wrong_key_no_longer(caller_with):
    caller, _ = caller_with(FakeHttp(good, answer(401), good, BUSY))
    assert not caller.accepted
    ask(caller)
    assert caller.accepted
    ask(caller)
    assert not caller.accepted
    ask(caller)
    ask(caller)  # out of order says nothing about the key
    assert caller.accepted


def test_who_has_no_key_any_more_is_no_longer_accepted(caller_with):
    caller, _ = caller_with(
        FakeHttp(good, Failure("Logged out.", kind=FailureKind.NO_KEY, action=Action.ABORT))
    )
    ask(caller)
    ask(caller)
    assert not caller.accepted


@pytest.mark.parametrize("echo", ["canary-key", "Y2FuYXJ5LWtleQ=="])
def test_a_key_in_an_answer_is_hidden_in_the_reason_and_in_the_log(caller_with, echo):
    long = {"detail": "x" * 295 + echo + " is wrong"}
    for broken in (answer(401, {"detail": f"{echo} is wrong"}), answer(400, long)):
        caller, context = caller_with(FakeHttp(usual=broken), key="canary-key")
        outcome = ask(caller)
        for shown in (str(outcome), repr(outcome), repr(context.log.calls)):
            assert "canary" not in shown
            assert "Y2Fu" not in shown


def test_the_whole_call_is_one_entry_whatever_it_took(caller_with):
    wire = FakeHttp(BUSY, REFUSED, answer(200, b"junk"))
    caller, context = caller_with(wire)
    outcome = ask(caller)
    assert outcome.kind is FailureKind.ANSWER  # it is asked for again only once in all
    assert (len(context.log), context.log.calls[0].tries) == (1, 3)
