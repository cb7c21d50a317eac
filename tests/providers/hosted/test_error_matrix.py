"""Each documented error of each provider leads to what its documentation says can be done."""

import json
from dataclasses import replace

import numpy as np
import pytest
from requests.structures import CaseInsensitiveDict

from collection.embeddings import ItemFailure
from providers.errors import ProviderFailed
from providers.failure_kind import Action, FailureKind
from stand_ins import ERROR_CASES
from stand_ins.answers import Answer
from tests.providers.hosted.all_hosted import HOSTED
from tests.providers.hosted.asking import IMPATIENT, answers_of, text
from tests.providers.transport.fake_api import RecordingEvent


def cases(*actions, kind=None):
    """Return the parameters (provider, case) of all cases with these actions and this kind."""
    return [
        pytest.param(HOSTED[name], case, id=f"{name}-{case.name}-{at}")
        for name in HOSTED
        for at, case in enumerate(ERROR_CASES[name])
        if (not actions or case.action in actions) and kind in (None, case.kind)
    ]


@pytest.mark.parametrize(("hosted", "case"), cases())
def test_an_error_is_read_as_documented(hosted, case):
    _, body = Answer(case.status, case.body).encoded()
    headers = CaseInsensitiveDict(case.headers)
    failure = hosted.provider.api.explain(case.status, headers, body)
    assert failure.kind is FailureKind[case.kind.upper()]
    split = failure.action is Action.SPLIT or failure.split_first
    assert split if case.action == "split" else failure.action == case.action
    assert failure.reason
    assert failure.advice
    assert "\n" not in str(failure)
    assert failure.retry_after == (1.0 if case.headers.get("Retry-After") else None)


def test_of_a_404_its_words_tell_a_wrong_model_from_a_wrong_address(hosted):
    for said, kind in (
        ("Model x-1 not found", FailureKind.MODEL),
        ("Not Found", FailureKind.ENDPOINT),
    ):
        failure = hosted.provider.api.explain(404, {}, json.dumps({"detail": said}).encode())
        assert (failure.kind, failure.action) == (kind, Action.ABORT)


@pytest.mark.parametrize(("hosted", "case"), cases("abort"))
def test_an_error_that_no_repetition_mends_ends_it_with_the_first_call(hosted, case, server):
    embedder, log = hosted.embedder(server)
    server.misbehave(case.fault, times=None)
    with pytest.raises(ProviderFailed) as failed:
        answers_of(embedder, text("a kite"), text("a cat"))
    assert len(server.received) == 1
    assert "\n" not in str(failed.value)
    assert failed.value.advice
    assert server.key not in str(failed.value)
    assert not log.calls[-1].ok
    assert log.calls[-1].status == case.status


@pytest.mark.parametrize(("hosted", "case"), cases("isolate"))
def test_the_one_refused_item_is_named_and_the_others_are_embedded(hosted, case, server):
    embedder, _ = hosted.embedder(server)
    bad = text("a rotten apple")
    server.misbehave(case.fault, times=None, when=lambda call: b"rotten" in call.body)
    found = answers_of(embedder, text("a kite"), text("a cat"), bad, text("a tree"), text("a hat"))
    assert [name for name, it in found.items() if isinstance(it, ItemFailure)] == [bad.item_id]
    failure = found[bad.item_id]
    assert failure.item_id == bad.item_id
    assert f"(HTTP {case.status})" in str(failure)
    assert all(np.linalg.norm(it) > 0 for name, it in found.items() if name != bad.item_id)


@pytest.mark.parametrize(("hosted", "case"), cases("split"))
def test_a_call_that_is_too_large_is_halved(hosted, case, server):
    embedder, _ = hosted.embedder(server)
    server.misbehave(case.fault, times=None, when=lambda call: call.body.count(b"word ") > 2)
    found = answers_of(embedder, *(text(f"word {n}") for n in range(4)))
    assert [call.body.count(b"word ") for call in server.received] == [4, 2, 2]
    assert not any(isinstance(it, ItemFailure) for it in found.values())


@pytest.mark.parametrize(("hosted", "case"), cases("retry"))
def test_an_error_that_passes_is_waited_for(hosted, case, server, paces):
    embedder, log = hosted.embedder(server)
    server.misbehave(replace(case, headers={}).fault)
    (vector,) = answers_of(embedder, text("a kite")).values()
    assert vector.shape == (embedder.setup.dimension,)
    assert len(server.received) == 2
    assert (log.calls[-1].ok, log.calls[-1].tries) == (True, 2)


@pytest.mark.parametrize(("hosted", "case"), cases("retry"))
def test_an_error_that_stays_ends_it_after_the_last_try(hosted, case, server, paces):
    embedder, log = hosted.embedder(server)
    server.misbehave(replace(case, headers={}).fault, times=None)
    with pytest.raises(ProviderFailed, match=r".+\. .+") as failed:
        answers_of(embedder, text("a kite"), text("a cat"))
    # Those of the probe, which tells that no item is at fault, count.
    assert len(server.received) == sum(call.tries for call in log.calls) == IMPATIENT.tries
    assert "\n" not in str(failed.value)


def test_who_asks_to_wait_is_not_asked_again_before(hosted, server, paces, pauses):
    embedder, watch = hosted.embedder(server)[0], RecordingEvent()
    rate = next(c for c in ERROR_CASES[hosted.provider.info.id] if c.kind == "rate")
    server.misbehave(replace(rate, headers={"Retry-After-Ms": "300"}).fault)
    answers_of(embedder, text("a kite"), cancel=watch)
    assert len(server.received) == 2
    assert watch.waits == pauses == [0.3]


def test_who_asks_to_wait_longer_than_we_would_is_not_asked_again(hosted, server):
    embedder, _ = hosted.embedder(server)
    case = next(c for c in ERROR_CASES[hosted.provider.info.id] if c.action == "retry")
    server.misbehave(replace(case, headers={"Retry-After": "3600"}).fault, times=None)
    with pytest.raises(ProviderFailed):
        answers_of(embedder, text("a kite"))
    assert len(server.received) == 1


def test_a_key_that_an_error_repeats_is_shown_nowhere(hosted, server):
    embedder, log = hosted.embedder(server)
    case = next(c for c in ERROR_CASES[hosted.provider.info.id] if c.kind == "key")
    message = json.dumps(case.body).replace(".", f". You sent {server.key}.")
    server.misbehave(replace(case, body=message.encode()).fault)
    with pytest.raises(ProviderFailed) as failed:
        answers_of(embedder, text("a kite"))
    assert server.key not in str(failed.value) + repr(log.calls)


@pytest.mark.parametrize(("hosted", "case"), cases("split", kind="too_large"))
def test_a_single_item_that_is_too_large_is_named(hosted, case, server):
    embedder, _ = hosted.embedder(server)
    server.misbehave(case.fault, times=None, when=lambda call: b"rotten" in call.body)
    found = answers_of(embedder, text("a rotten apple"), text("a kite"))
    assert isinstance(found["text a rotten apple"], ItemFailure)
    assert not isinstance(found["text a kite"], ItemFailure)
