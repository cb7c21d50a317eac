import dataclasses
import threading

import numpy as np
import pytest

from collection.embeddings import ItemFailure, Setup
from providers.errors import ProviderFailed
from providers.transport.hosted import PROBE, HostedEmbedder, HostedProvider
from tests.providers.hosted.asking import answers_of, parts_of, picture, text
from tests.providers.transport.fake_api import (
    ADDRESS,
    FakeHttp,
    LetterApi,
    answer,
    context_of,
    good,
    info,
)

TEN = [text(f"a {n}") for n in range(10)]


@pytest.fixture
def embedder(monkeypatch):
    """Return an embedder that asks over a wire."""

    def make(wire, **context):
        monkeypatch.setattr("providers.transport.caller.Http", lambda *_: wire)
        return HostedEmbedder(LetterApi(), Setup("letters", "letters", 3), context_of(**context))

    return make


def refusing(*bad, status=422):
    """A wire that refuses every request in which there is one of these texts."""

    def respond(request):
        if set(bad) & {entry for entry in request.json if isinstance(entry, str)}:
            return answer(status, {"detail": "not this one"})
        return good(request)

    return FakeHttp(usual=respond)


def lengths(wire):
    return [len(request.json) for request in wire.requests]


def test_a_batch_is_one_call_and_one_part(embedder):
    wire = FakeHttp()
    (part,) = parts_of(embedder(wire), *TEN)
    assert part.inputs == tuple(TEN)
    assert part.usage == {"tokens": 10.0}
    assert lengths(wire) == [10]


@pytest.mark.parametrize("bad", range(10))
def test_one_bad_item_of_ten_is_found_by_halving_and_the_others_are_embedded(embedder, bad):
    wire = refusing(f"a {bad}")
    answers = answers_of(embedder(wire), *TEN)
    failures = {i: a for i, a in answers.items() if isinstance(a, ItemFailure)}
    assert list(failures) == [TEN[bad].item_id]
    assert "not this one" in str(failures[TEN[bad].item_id])
    assert len(answers) == 10
    assert all(np.array_equal(a, [1, 0, 1]) for i, a in answers.items() if i not in failures)
    assert wire.calls <= 1 + 2 * 4  # ten are halved four times at most


def test_halving_takes_this_many_calls_of_these_sizes(embedder):
    wire = refusing("a 0")
    answers_of(embedder(wire), *TEN)
    assert lengths(wire) == [10, 5, 2, 1, 1, 3, 5]


def test_two_bad_items_are_both_found(embedder):
    answers = answers_of(embedder(refusing("a 0", "a 9")), *TEN)
    assert [isinstance(a, ItemFailure) for a in answers.values()].count(True) == 2
    assert isinstance(answers["text a 0"], ItemFailure)
    assert isinstance(answers["text a 9"], ItemFailure)


def test_a_call_that_is_too_large_is_halved_and_everything_is_embedded(embedder):
    wire = FakeHttp(usual=lambda r: good(r) if len(r.json) <= 3 else answer(413))
    answers = answers_of(embedder(wire), *TEN)
    assert not any(isinstance(a, ItemFailure) for a in answers.values())
    assert lengths(wire) == [10, 5, 2, 3, 5, 2, 3]


def test_a_call_that_is_too_slow_is_halved(embedder):
    wire = FakeHttp(answer(504))
    assert len(answers_of(embedder(wire), *TEN)) == 10
    assert lengths(wire) == [10, 5, 5]


def test_an_item_that_is_too_large_alone_is_named(embedder):
    (failure,) = answers_of(embedder(FakeHttp(usual=answer(413))), TEN[0]).values()
    assert "larger than the provider takes" in failure.reason
    assert failure.advice == "Send smaller pictures."


def test_when_every_item_is_refused_it_is_the_provider(embedder):
    wire = FakeHttp(usual=answer(422, {"detail": "no such field"}))
    with pytest.raises(ProviderFailed, match="no such field"):
        answers_of(embedder(wire), *TEN)
    assert wire.calls < 20


def test_bad_items_that_come_first_cost_the_good_ones_behind_them_nothing(embedder):
    bad = [f"a {n}" for n in range(8)]
    wire = refusing(*bad)
    answers = answers_of(embedder(wire), *TEN)
    assert sum(isinstance(a, ItemFailure) for a in answers.values()) == 8
    assert [request.json for request in wire.requests].count([PROBE.text]) == 1


def test_bad_items_asked_for_alone_again_and_again_stay_failures_of_their_own(embedder):
    wire = refusing("a 0")
    asking = embedder(wire)
    for _ in range(8):
        (failure,) = answers_of(asking, TEN[0]).values()
        assert "not this one" in str(failure)


def test_items_refused_after_others_were_embedded_are_only_items(embedder):
    bad = [f"a {n}" for n in range(1, 10)]
    answers = answers_of(embedder(refusing(*bad)), *TEN)
    assert sum(isinstance(a, ItemFailure) for a in answers.values()) == 9


def test_a_few_items_that_are_all_refused_are_named_one_by_one(embedder):
    answers = answers_of(embedder(FakeHttp(usual=answer(422))), *TEN[:5])
    assert all(isinstance(a, ItemFailure) for a in answers.values())


def test_a_damaged_picture_costs_no_call_and_no_other_item(embedder):
    damaged = dataclasses.replace(picture("red"), item_id="damaged", payload=b"\xff\xd8\xff junk")
    wire = FakeHttp()
    answers = answers_of(embedder(wire), damaged, picture("blue"))
    assert "cannot be read" in answers["damaged"].reason
    assert np.array_equal(answers["picture blue 32"], [0, 0, 2])
    assert lengths(wire) == [1]


def test_only_damaged_pictures_make_no_call(embedder):
    wire = FakeHttp()
    damaged = dataclasses.replace(picture("red"), payload=b"junk")
    assert isinstance(answers_of(embedder(wire), damaged)[damaged.item_id], ItemFailure)
    assert wire.calls == 0


def test_pictures_are_sent_at_the_model_s_size(embedder):
    wire, large = FakeHttp(), picture("red", 900)
    asking = embedder(wire)
    (batch,) = asking.batches([large])
    assert list(answers_of(asking, large)) == [large.item_id]
    (sent,) = wire.requests[0].pictures
    assert len(sent.jpeg) < len(large.jpeg)
    assert batch == (large,)


def test_a_row_that_is_not_finite_is_asked_for_once_more_and_alone(embedder):
    def nan_in_the_second(request):
        rows = [[1, 0, 0], [float("nan"), 0, 0], [1, 0, 0]]
        return answer(200, {"rows": rows, "usage": {"tokens": 3}})

    wire = FakeHttp(nan_in_the_second)
    parts = parts_of(embedder(wire), *TEN[:3])
    assert lengths(wire) == [3, 1]
    assert [len(part.inputs) for part in parts] == [2, 1]
    assert parts[1].inputs == (TEN[1],)
    assert sum(part.usage["tokens"] for part in parts) == 4


def test_a_row_that_is_never_finite_is_a_failure_of_its_item(embedder):
    def nan_for_a_1(request):
        rows = [[float("nan")] * 3 if entry == "a 1" else [1, 0, 0] for entry in request.json]
        return answer(200, {"rows": rows})

    wire = FakeHttp(usual=nan_for_a_1)
    answers = answers_of(embedder(wire), *TEN[:3])
    assert "no usable vector for it, twice" in answers["text a 1"].reason
    assert lengths(wire) == [3, 1]


def test_wrong_dimensions_end_it_after_one_more_try(embedder):
    wire = FakeHttp(usual=lambda r: answer(200, {"rows": [[1, 0]] * len(r.json)}))
    with pytest.raises(ProviderFailed, match="2 numbers where 3 were asked for"):
        answers_of(embedder(wire), *TEN)
    assert lengths(wire) == [10, 10]


def test_parts_given_before_a_failure_are_given(embedder):
    wire = FakeHttp(answer(413), good, answer(402))
    parts = embedder(wire).embed(tuple(TEN), threading.Event())
    assert len(next(parts).inputs) == 5
    with pytest.raises(ProviderFailed, match="no money or free quota"):
        next(parts)
    assert lengths(wire) == [10, 5, 5]


def test_once_cancelled_nothing_new_is_begun_and_nothing_is_made_up(embedder):
    cancel = threading.Event()

    def good_then_cancelled(request):
        cancel.set()
        return good(request)

    wire = FakeHttp(answer(413), good_then_cancelled)
    parts = list(embedder(wire).embed(tuple(TEN), cancel))
    assert [len(part.inputs) for part in parts] == [5]
    assert wire.calls == 2


def test_the_proof_is_one_small_call(embedder):
    wire = FakeHttp()
    asking = embedder(wire, key="of one who proves")
    assert not asking.accepted
    asking.prove(threading.Event())
    assert asking.accepted
    assert [request.json for request in wire.requests] == [[PROBE.text]]


def test_a_proof_that_fails_says_why(embedder):
    with pytest.raises(ProviderFailed, match="key is wrong") as caught:
        embedder(FakeHttp(usual=answer(401)), key="of one who fails").prove(threading.Event())
    assert caught.value.provider == "Letters"
    assert caught.value.advice


def test_a_word_that_is_refused_is_not_to_be_taken_out_of_the_collection(embedder):
    with pytest.raises(ProviderFailed) as caught:
        embedder(FakeHttp(usual=answer(422))).prove(threading.Event())
    assert "not your items" in caught.value.advice


def test_a_hosted_provider_is_described_by_its_api():
    provider = HostedProvider(LetterApi())
    assert provider.info == info()
    assert provider.embedder(provider.info.setup(), context_of()).base_url == ADDRESS
    assert provider.token_count(provider.info.setup(), "a cat") == 2
