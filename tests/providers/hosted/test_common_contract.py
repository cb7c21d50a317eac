"""What holds for every hosted provider, whatever its API: odd answers, networks, orders, keys."""

import base64
import threading
from dataclasses import replace

import numpy as np
import pytest

from collection.embeddings import ItemFailure
from providers.embedding.cache import VectorCache
from providers.embedding.job import EmbeddingJob
from providers.embedding.progress import JobState
from providers.errors import ProviderFailed
from providers.transport.call_context import RetryPolicy
from stand_ins import ERROR_CASES
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
    Status,
    Truncated,
    WithoutIndex,
    WrongDimension,
)
from stand_ins.refused import refused_address
from tests.providers.hosted.all_hosted import HOSTED
from tests.providers.hosted.asking import IMPATIENT, answers_of, picture, text

# Answers with status 200 that no documentation promises.
WRONG_ANSWERS = {
    "one vector short": OneShort(),
    "all vectors of another dimension": WrongDimension(),
    "one vector of another dimension": WrongDimension(row=0),
    "no field with the vector": MissingField(),
    "half of a JSON": Garbage(),
    "a web page": Html(),
    "an empty object": Status(200, {}),
    "an empty list": Status(200, []),
    "null": Status(200, b"null"),
    "nothing": Status(200, b""),
}
BROKEN_CONNECTIONS = {"reset": Reset(), "broken off": Truncated()}
# provider → the most calls that may start at once, and the seconds until as many may again
PUBLISHED = {
    "nomic": (1200, 300),
    "jina": (100, 60),
    "vertex": (600, 60),
    "cohere": (2000, 60),
    "voyage": (2000, 60),
}
THREE = (text("a kite"), text("a cat"), text("a tree"))


def each(faults):
    return pytest.mark.parametrize("fault", [pytest.param(f, id=i) for i, f in faults.items()])


def is_vector(answer, dimension):
    return (
        isinstance(answer, np.ndarray)
        and answer.shape == (dimension,)
        and answer.dtype == np.float32
        and bool(np.isfinite(answer).all())
    )


def job_of(hosted, server, inputs, cache=None):
    embedder, _ = hosted.embedder(server)
    return EmbeddingJob(hosted.provider.info, embedder.setup, embedder, inputs, cache)


def test_texts_and_pictures_get_vectors_of_the_dimension_asked_for(hosted, server):
    embedder, _ = hosted.embedder(server)
    found = answers_of(embedder, *THREE, picture("red"), picture("blue"))
    assert len(found) == 5
    assert all(is_vector(vector, embedder.setup.dimension) for vector in found.values())


def test_every_dimension_of_every_model_is_what_comes_back(hosted, server):
    for model in hosted.provider.info.models:
        for dimension in model.dimensions:
            embedder, _ = hosted.embedder(server, model=model.id, dimension=dimension)
            found = answers_of(embedder, THREE[0], picture("red"))
            assert all(is_vector(vector, dimension) for vector in found.values())


def test_each_item_gets_the_vector_that_it_gets_alone(hosted, server):
    embedder, _ = hosted.embedder(server)
    items = (*THREE, picture("red"), picture("blue"))
    together = answers_of(embedder, *items)
    for item in items:
        (alone,) = answers_of(embedder, item).values()
        assert np.array_equal(together[item.item_id], alone)


@pytest.mark.parametrize("fault", [ShuffledIndex(), WithoutIndex()], ids=["shuffled", "without"])
@pytest.mark.parametrize("hosted", [HOSTED["jina"], HOSTED["voyage"]], ids=["jina", "voyage"])
def test_vectors_are_found_by_their_index_or_without_one_by_their_place(hosted, server, fault):
    embedder, _ = hosted.embedder(server)
    in_order = answers_of(embedder, *THREE)
    server.misbehave(fault)
    again = answers_of(embedder, *THREE)
    assert len(server.received) == 2
    assert all(np.array_equal(again[name], row) for name, row in in_order.items())


def test_the_one_refused_picture_of_a_call_is_named(hosted, server):
    embedder, _ = hosted.embedder(server)
    good, bad, other = picture("red"), picture("blue"), picture("green")
    marks = (bad.jpeg, base64.b64encode(bad.jpeg))
    refusal = next(c for c in ERROR_CASES[hosted.provider.info.id] if c.action == "isolate")
    server.misbehave(refusal.fault, None, lambda call: any(mark in call.body for mark in marks))
    found = answers_of(embedder, good, bad, other)
    assert isinstance(found[bad.item_id], ItemFailure)
    assert is_vector(found[good.item_id], embedder.setup.dimension)
    assert is_vector(found[other.item_id], embedder.setup.dimension)


def test_a_picture_that_cannot_be_read_is_named_and_not_sent(hosted, server):
    embedder, _ = hosted.embedder(server)
    damaged = replace(picture("red", 900), payload=picture("red", 900).jpeg[:200])
    found = answers_of(embedder, damaged, THREE[0])
    assert str(found[damaged.item_id]).startswith("The picture cannot be read.")
    assert is_vector(found[THREE[0].item_id], embedder.setup.dimension)
    assert len(server.received) == 1


def test_a_provider_says_all_that_its_card_shows(hosted):
    info = hosted.provider.info
    assert all((info.title, info.summary, info.good_at, info.bad_at, info.licence, info.role_note))
    assert not info.embedded
    assert len(info.key_steps) >= 3
    pages = [info.home_page, info.key_page, *(model.source for model in info.models)]
    pages += [info.rate.source] if info.rate else []
    assert all(page.startswith("https://") for page in pages)
    assert all(model.limits and model.limits.source and model.picture_side for model in info.models)
    assert info.base_url_variable == f"{info.id.upper()}_BASE_URL"
    assert any(field.secret for field in info.key_fields)


def test_calls_within_the_published_limit_are_never_slowed(hosted):
    rate = hosted.provider.info.rate
    assert (rate and (rate.calls, rate.seconds)) == PUBLISHED.get(hosted.provider.info.id)


def test_a_job_gives_rows_of_length_one(hosted, server):
    job = job_of(hosted, server, [*THREE, picture("red")])
    job.run()
    assert job.progress.state is JobState.DONE
    assert job.embeddings.vectors.shape == (4, job.setup.dimension)
    assert np.allclose(np.linalg.norm(job.embeddings.vectors, axis=1), 1, atol=1e-6)


@each(WRONG_ANSWERS)
def test_a_wrong_answer_is_asked_for_once_more(hosted, server, fault):
    embedder, log = hosted.embedder(server)
    server.misbehave(fault)
    found = answers_of(embedder, THREE[0])
    assert is_vector(found[THREE[0].item_id], embedder.setup.dimension)
    assert len(server.received) == log.calls[-1].tries == 2


@each(WRONG_ANSWERS)
def test_an_answer_that_is_wrong_twice_ends_it(hosted, server, fault):
    embedder, _ = hosted.embedder(server)
    server.misbehave(fault, times=None)
    with pytest.raises(ProviderFailed) as failed:
        answers_of(embedder, *THREE)
    assert len(server.received) <= 3  # of an answer without vectors, one word more is asked
    assert "\n" not in str(failed.value)


@pytest.mark.parametrize("null", [False, True], ids=["NaN", "null"])
def test_a_vector_that_is_not_finite_is_asked_for_once_more_and_alone(hosted, server, null):
    embedder, _ = hosted.embedder(server)
    server.misbehave(NotFinite(null=null))
    found = answers_of(embedder, *THREE)
    assert all(is_vector(vector, embedder.setup.dimension) for vector in found.values())
    assert [call.body.count(b"a kite") for call in server.received].count(1) == 2
    again = next(call for call in server.received[1:] if b"a kite" in call.body)
    assert b"a cat" not in again.body


@pytest.mark.parametrize("null", [False, True], ids=["NaN", "null"])
def test_an_item_that_is_not_finite_twice_fails_alone(hosted, server, null):
    embedder, _ = hosted.embedder(server)
    server.misbehave(NotFinite(null=null), times=None, when=lambda call: b"kite" in call.body)
    found = answers_of(embedder, *THREE)
    assert isinstance(found["text a kite"], ItemFailure)
    assert is_vector(found["text a cat"], embedder.setup.dimension)
    assert is_vector(found["text a tree"], embedder.setup.dimension)


@each(BROKEN_CONNECTIONS)
def test_a_connection_that_breaks_off_is_tried_again(hosted, server, fault):
    embedder, _ = hosted.embedder(server)
    server.misbehave(fault)
    found = answers_of(embedder, THREE[0])
    assert is_vector(found[THREE[0].item_id], embedder.setup.dimension)
    assert len(server.received) == 2


@each(BROKEN_CONNECTIONS)
def test_a_connection_that_always_breaks_off_ends_it_after_the_last_try(hosted, server, fault):
    embedder, _ = hosted.embedder(server)
    server.misbehave(fault, times=None)
    with pytest.raises(ProviderFailed, match="broke off"):
        answers_of(embedder, THREE[0])
    assert len(server.received) == IMPATIENT.tries


def test_an_answer_that_does_not_come_in_time_is_asked_for_again(hosted, server):
    # as many tries as a slow machine needs: only the first is held
    retry_policy = RetryPolicy(read=0.4, first_wait=0.01, longest_wait=0.01, tries=100)
    embedder, log = hosted.embedder(server, retry_policy=retry_policy)
    held = server.misbehave(Held())
    found = answers_of(embedder, THREE[0])
    held.released.set()
    assert is_vector(found[THREE[0].item_id], embedder.setup.dimension)
    assert log.calls[-1].tries > 1


def test_answers_that_never_come_in_time_end_it(hosted, server):
    embedder, _ = hosted.embedder(
        server, retry_policy=RetryPolicy(read=0.1, first_wait=0.01, tries=2)
    )
    held = server.misbehave(Held(), times=None)
    with pytest.raises(ProviderFailed, match="No answer came in time"):
        answers_of(embedder, THREE[0])
    server.wait_for(lambda server: len(server.received) == 2)
    held.released.set()


def test_an_address_where_nobody_answers_is_tried_twice(hosted):
    with refused_address() as address:
        embedder, log = hosted.embedder_with("a-key", address)
        with pytest.raises(ProviderFailed, match="cannot be reached"):
            answers_of(embedder, *THREE)
    assert log.calls[-1].tries == 2


def test_a_redirect_is_not_followed(hosted, server):
    embedder, _ = hosted.embedder(server)
    with hosted.stand_in() as elsewhere:
        server.misbehave(Redirect(elsewhere.address + "/v1/embeddings"), times=None)
        with pytest.raises(ProviderFailed, match="sent on to another address"):
            answers_of(embedder, *THREE)
        assert elsewhere.received == []
    assert len(server.received) == 1


def test_a_wrong_key_ends_it_with_the_first_call_and_is_not_repeated(hosted, server):
    embedder, log = hosted.embedder_with("wrong-key-4711", server.address)
    with pytest.raises(ProviderFailed) as failed:
        answers_of(embedder, *THREE)
    assert len(server.received) == 1
    assert "wrong-key-4711" not in str(failed.value) + repr(log.calls)
    assert failed.value.advice
    assert not embedder.accepted


def test_a_right_key_counts_as_accepted_from_the_first_answer_on(hosted, server):
    embedder, _ = hosted.embedder(server)
    assert not embedder.accepted
    embedder.prove(threading.Event())
    assert embedder.accepted
    assert len(server.received) == 1


def test_a_job_that_is_stopped_begins_no_new_call_and_keeps_what_was_under_way(hosted, server):
    inputs = [text(f"word {n}") for n in range(400)]
    cache = VectorCache(None)
    embedder, _ = hosted.embedder(server, concurrency=2)
    in_one_call = len(embedder.batches(inputs)[0])
    inputs = inputs[: 3 * in_one_call]
    job = EmbeddingJob(hosted.provider.info, embedder.setup, embedder, inputs, cache)
    held = server.misbehave(Held(), times=None)
    thread = threading.Thread(target=job.run)
    thread.start()
    server.wait_for(lambda it: len(it.received) == 2)
    job.stop()
    assert job.progress.state is JobState.STOPPED
    held.released.set()
    thread.join(30)
    assert not thread.is_alive()
    assert len(server.received) == 2
    again = job_of(hosted, server, inputs, cache)
    server.behave()
    again.run()
    cache.close()
    assert (again.progress.cached, again.progress.state) == (2 * in_one_call, JobState.DONE)
    assert len(server.received) == 3


def test_the_log_of_a_call_tells_what_it_was(hosted, server):
    embedder, log = hosted.embedder(server)
    answers_of(embedder, THREE[0])
    (call,) = log.calls
    (received,) = server.received
    assert (call.ok, call.status, call.tries) == (True, 200, 1)
    assert call.sent_bytes == len(received.body)
    assert call.received_bytes > 0
    assert call.base_url == server.address
    assert server.key not in repr(call)
