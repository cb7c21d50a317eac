"""Stand-ins misbehave on request, and only then."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import numpy as np
import pytest
import requests

from stand_ins import ERROR_CASES, STAND_INS
from stand_ins.error_case import ACTIONS, KINDS
from stand_ins.faults import (
    Garbage,
    Held,
    Html,
    MissingField,
    NotFinite,
    OneShort,
    Redirect,
    Reset,
    ShuffledIndex,
    Slow,
    Status,
    Truncated,
    WrongDimension,
)
from stand_ins.right_request import post, vectors

each = pytest.mark.parametrize("stand_in", list(STAND_INS), indirect=True)
nomic = pytest.mark.parametrize("stand_in", ["nomic"], indirect=True)


@each
def test_faults_without_a_proper_answer(stand_in):
    for fault in (Reset(), Truncated()):
        stand_in.misbehave(fault)
        with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
            post(stand_in)
    stand_in.misbehave(Status(500, {"detail": "no"}, {"Retry-After": "7"}), times=2)
    assert [post(stand_in).headers.get("Retry-After") for _ in range(3)] == ["7", "7", None]
    stand_in.misbehave(Html())
    assert "html" in post(stand_in).headers["Content-Type"]
    stand_in.misbehave(Redirect("http://127.0.0.1:9/"))
    assert post(stand_in, allow_redirects=False, json={}).is_redirect
    stand_in.misbehave(Garbage())
    with pytest.raises(requests.exceptions.JSONDecodeError):
        post(stand_in).json()


@each
def test_faults_that_change_the_answer(stand_in):
    proper = vectors(stand_in, post(stand_in))
    stand_in.misbehave(WrongDimension())
    assert {len(row) for row in vectors(stand_in, post(stand_in))} == {len(proper[0]) - 1}
    stand_in.misbehave(NotFinite(row=1))
    assert np.isnan(vectors(stand_in, post(stand_in))[1][0])
    stand_in.misbehave(NotFinite(null=True))
    assert vectors(stand_in, post(stand_in))[0][0] is None
    for fault in (OneShort(), MissingField()):
        stand_in.misbehave(fault)
        response = post(stand_in)
        assert response.status_code == 200
        try:
            left = len(vectors(stand_in, response))
        except (KeyError, IndexError):
            left = 0
        assert left < len(proper)
    assert vectors(stand_in, post(stand_in)) == proper


@pytest.mark.parametrize("stand_in", ["jina", "voyage"], indirect=True)
def test_shuffled_entries_keep_their_index(stand_in):
    proper = post(stand_in).json()["data"]
    stand_in.misbehave(ShuffledIndex())
    shuffled = post(stand_in).json()["data"]
    assert [entry["index"] for entry in shuffled] == [1, 0]
    assert sorted(shuffled, key=lambda entry: entry["index"]) == proper


@nomic
def test_a_fault_waits_for_the_request_that_it_is_meant_for(stand_in):
    stand_in.misbehave(Status(503), when=lambda call: "bad" in call.json["texts"])
    assert post(stand_in, {"texts": ["good"]}).status_code == 200
    assert stand_in.waiting_faults
    assert [post(stand_in, {"texts": ["bad"]}).status_code for _ in range(2)] == [503, 200]
    assert not stand_in.waiting_faults


@nomic
def test_held_requests_are_counted_until_they_are_answered(stand_in):
    held = stand_in.misbehave(Held(threading.Event()), times=None)
    with ThreadPoolExecutor(12) as threads:
        answers = [threads.submit(post, stand_in) for _ in range(12)]
        stand_in.wait_for(lambda stand_in: stand_in.most_concurrent == 12)
        assert all(call.ended is None for call in stand_in.received)
        held.released.set()
        assert {answer.result().status_code for answer in answers} == {200}
    assert stand_in.most_concurrent == 12
    assert all(call.ended >= call.started for call in stand_in.received)


@nomic
def test_a_slow_answer_comes_after_the_client_has_gone(stand_in):
    stand_in.misbehave(Slow(60))
    with pytest.raises(requests.ReadTimeout):
        requests.post(stand_in.address + "/v1/embedding/text", json={}, timeout=(5, 0.05))


@pytest.mark.parametrize("provider", list(ERROR_CASES))
def test_error_cases_are_answered_as_they_are_written(provider):
    names = set()
    with STAND_INS[provider]() as stand_in:
        for case in ERROR_CASES[provider]:
            stand_in.misbehave(case.fault)
            response = post(stand_in)
            assert response.status_code == case.status
            if isinstance(case.body, dict):
                assert response.json() == case.body
            assert case.action in ACTIONS
            assert case.kind in KINDS
            assert (case.name, str(case.headers)) not in names
            names.add((case.name, str(case.headers)))
    assert {429, 500, 502, 503, 504} <= {case.status for case in ERROR_CASES[provider]}


def test_a_failure_of_the_stand_in_itself_is_told():
    def broken(proceed, stopping):
        raise ZeroDivisionError("a broken fault")

    running = ExitStack()
    stand_in = running.enter_context(STAND_INS["nomic"]())
    stand_in.misbehave(broken)
    with pytest.raises(requests.ConnectionError):
        post(stand_in)
    with pytest.raises(AssertionError, match="a broken fault"):
        running.close()
