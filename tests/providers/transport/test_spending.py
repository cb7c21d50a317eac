"""A run never costs more than its cap allows, and what it costs is counted."""

import threading
from dataclasses import replace

import pytest

from providers.failure_kind import Action, FailureKind
from providers.price import Price
from providers.transport.budget import Budget
from providers.transport.failure import Failure
from providers.transport.valid_answer import ValidAnswer
from tests.providers.hosted.asking import text
from tests.providers.transport.fake_api import (
    MODEL,
    FakeHttp,
    LetterApi,
    RecordingEvent,
    answer,
    good,
    info,
)


def ask(caller, words="two words", cancel=None):
    batch = (text(words),)
    return caller.ask(batch, batch, cancel or RecordingEvent())


@pytest.fixture(autouse=True)
def _half_a_dollar_a_token(monkeypatch):
    price = Price({"tokens": 0.5}, "words", "2026-11", "this file")
    monkeypatch.setattr(LetterApi, "info", info(models=(replace(MODEL, price=price),)))


def test_what_was_really_used_is_what_is_counted(caller_with):
    caller, context = caller_with(FakeHttp(lambda r: good(r, {"tokens": 3})), budget=Budget(100.0))
    ask(caller)
    assert context.budget.spent == 1.5
    assert context.log.calls[0].dollars == 1.5


def test_where_nothing_was_counted_the_estimate_stands(caller_with):
    caller, context = caller_with(FakeHttp(lambda r: good(r, {"other": 3})), budget=Budget(100.0))
    ask(caller, "four words are here")
    assert context.budget.spent == context.log.calls[0].dollars == 2.5


def test_a_call_that_would_exceed_the_cap_is_not_sent(caller_with):
    wire = FakeHttp()
    caller, context = caller_with(wire, budget=Budget(1.0))
    outcome = ask(caller, "four words are here")
    assert (outcome.kind, outcome.action) == (FailureKind.CAP, Action.ABORT)
    assert "$1.00" in outcome.reason
    assert (wire.calls, context.budget.spent) == (0, 0.0)


def test_the_cap_stops_the_call_that_comes_after_the_money_is_spent(caller_with):
    wire = FakeHttp(usual=lambda r: good(r, {"tokens": 2}))
    caller, context = caller_with(wire, budget=Budget(2.5))
    outcomes = [ask(caller) for _ in range(3)]
    assert [type(outcome) for outcome in outcomes] == [ValidAnswer, ValidAnswer, Failure]
    assert (wire.calls, context.budget.spent) == (2, 2.0)


def test_a_refusal_is_not_billed(caller_with):
    caller, context = caller_with(FakeHttp(usual=answer(401)), budget=Budget(100.0))
    ask(caller)
    assert context.budget.spent == 0.0


def test_an_answer_that_came_but_makes_no_sense_may_be_billed(caller_with):
    wire = FakeHttp(usual=answer(200, {"rows": []}))
    caller, context = caller_with(wire, budget=Budget(100.0))
    ask(caller)
    assert (wire.calls, context.budget.spent) == (2, 3.0)


def test_a_call_whose_answer_got_lost_may_be_billed(caller_with):
    lost = Failure("It broke off.", kind=FailureKind.NETWORK, action=Action.RETRY)
    caller, context = caller_with(FakeHttp(lost), budget=Budget(100.0))
    ask(caller)
    assert context.budget.spent == 1.5 + 0.5


def test_who_cancels_while_waiting_for_a_turn_pays_nothing(caller_with):
    cancel = threading.Event()
    cancel.set()
    caller, context = caller_with(FakeHttp(), budget=Budget(100.0))
    ask(caller, cancel=cancel)
    assert context.budget.spent == 0.0
