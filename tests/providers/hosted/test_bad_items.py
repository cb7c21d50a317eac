"""One item that a service cannot cope with is found and named; all others get their vectors.

Whether the service itself is out of order one plain word tells. Each case for every provider.
"""

import base64
import math
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from collection.embeddings import ItemFailure
from providers.embedding.job import EmbeddingJob
from providers.embedding.progress import JobState
from providers.errors import ProviderFailed
from providers.transport.hosted import PROBE
from stand_ins.faults import Status, WithoutResult
from tests.providers.hosted.asking import IMPATIENT, answers_of, picture, text

SIXTY = tuple(text(f"caption {number:02}") for number in range(60))
WORD = PROBE.text.encode()


def captions_in(call):
    """Return the numbers of the captions in a request, in their order."""
    return [int(number) for number in re.findall(rb"caption (\d\d)", call.body)]


def poisoned(*numbers, status=500):
    """Return what a service says whenever one of these captions is in a call."""
    return {
        "fault": Status(status, {"detail": "internal"}),
        "times": None,
        "when": lambda call: bool(set(numbers) & set(captions_in(call))),
    }


@dataclass
class NoVectorFor:
    """Leaves out the vector of a caption, wherever it stands in a call."""

    number: int
    row: int = 0

    def wants(self, call):
        found = captions_in(call)
        if self.number not in found:
            return False
        self.row = found.index(self.number)
        return True

    def __call__(self, proceed, stopping):
        return WithoutResult(self.row)(proceed, stopping)


def bad_in(found):
    return [int(name[-2:]) for name, it in found.items() if isinstance(it, ItemFailure)]


def planned_calls(embedder, items=SIXTY):
    return len(embedder.batches(items))


def bound(embedder, items=SIXTY, bad=1):
    """Return how many calls there may be: those planned, a second try, a probe, the search."""
    largest = max(len(batch) for batch in embedder.batches(items))
    return planned_calls(embedder, items) + bad * (1 + 2 * math.log2(largest)) + 1


def is_probe(call):
    return WORD in call.body


@pytest.mark.parametrize("bad", [0, 5, 31, 59])
def test_one_caption_that_makes_the_service_fail_is_named_and_59_are_embedded(hosted, server, bad):
    embedder, log = hosted.embedder(server)
    server.misbehave(**poisoned(bad))
    found = answers_of(embedder, *SIXTY)
    assert bad_in(found) == [bad]
    assert len(found) == 60
    assert "fails on it" in str(found[SIXTY[bad].item_id])
    assert "HTTP 500" in str(found[SIXTY[bad].item_id])
    assert len(server.received) <= bound(embedder)
    assert sum(call.tries for call in log.calls) == len(server.received)
    assert sum(map(is_probe, server.received)) <= 1


@pytest.mark.parametrize("numbers", [(5, 6), (0, 59), (3, 4, 40)])
def test_several_bad_captions_are_all_found(hosted, server, numbers):
    embedder, _ = hosted.embedder(server)
    server.misbehave(**poisoned(*numbers))
    found = answers_of(embedder, *SIXTY)
    assert sorted(bad_in(found)) == list(numbers)
    assert len(server.received) <= bound(embedder, bad=len(numbers))
    assert sum(map(is_probe, server.received)) <= 1


def test_a_bad_caption_is_found_while_others_are_embedded_at_the_same_time(hosted, server):
    embedder, _ = hosted.embedder(server)
    server.misbehave(**poisoned(5, 6))
    cancel = threading.Event()
    with ThreadPoolExecutor(8) as pool:
        batches = embedder.batches(SIXTY)
        parts = pool.map(lambda batch: list(embedder.embed(batch, cancel)), batches)
        answers = {
            item.item_id: answer
            for some in parts
            for part in some
            for item, answer in zip(part.inputs, part.answers, strict=True)
        }
    assert sorted(bad_in(answers)) == [5, 6]
    assert len(answers) == 60


def test_a_bad_caption_all_alone_is_told_from_an_outage_by_one_word(hosted, server):
    embedder, log = hosted.embedder(server)
    server.misbehave(**poisoned(7))
    (failure,) = answers_of(embedder, SIXTY[7]).values()
    assert isinstance(failure, ItemFailure)
    assert [is_probe(call) for call in server.received] == [False, False, True]
    assert [call.purpose for call in log.calls] == ["embed", "probe"]


def test_one_bad_picture_is_named(hosted, server):
    embedder, _ = hosted.embedder(server)
    good, bad, other = picture("red"), picture("blue"), picture("green")
    marks = (bad.jpeg, base64.b64encode(bad.jpeg))
    server.misbehave(Status(500), None, lambda call: any(mark in call.body for mark in marks))
    found = answers_of(embedder, good, bad, other, *SIXTY[:3])
    assert [name for name, it in found.items() if isinstance(it, ItemFailure)] == [bad.item_id]
    assert len(found) == 6


@pytest.mark.parametrize("bad", [0, 5, 59])
def test_a_vector_that_never_comes_costs_no_other_item_its_own(hosted, server, bad):
    embedder, _ = hosted.embedder(server)
    missing = NoVectorFor(bad)
    server.misbehave(missing, None, missing.wants)
    found = answers_of(embedder, *SIXTY)
    assert bad_in(found) == [bad]
    assert "no vector for it" in str(found[SIXTY[bad].item_id])
    assert len(server.received) <= bound(embedder)


def test_a_service_that_is_down_is_told_as_that_after_few_calls(hosted, server):
    embedder, _ = hosted.embedder(server)
    server.misbehave(Status(503, {"detail": "internal"}), times=None)
    with pytest.raises(ProviderFailed, match="out of order"):
        answers_of(embedder, *SIXTY)
    assert len(server.received) == IMPATIENT.tries
    assert sum(map(is_probe, server.received)) <= 1


def test_a_run_against_a_service_that_is_down_names_no_item(hosted, server):
    embedder, log = hosted.embedder(server)
    server.misbehave(Status(500, {"detail": "internal"}), times=None)
    job = EmbeddingJob(hosted.provider.info, embedder.setup, embedder, SIXTY, None)
    job.run()
    assert job.progress.state is JobState.FAILED
    assert "out of order" in job.progress.reason
    assert (job.progress.embedded, job.progress.failed) == (0, 0)
    assert len(server.received) <= 2 * embedder.concurrency + IMPATIENT.tries
    assert sum(call.purpose == "probe" for call in log.calls) <= 1


def test_a_service_that_goes_down_on_the_way_names_no_item(hosted, server):
    embedder, _ = hosted.embedder(server)
    items = [text(f"caption {number:02}") for number in range(99)]
    batches = embedder.batches(items)
    assert len(list(embedder.embed(batches[0], threading.Event()))) == 1
    server.misbehave(Status(500), times=None)
    with pytest.raises(ProviderFailed, match="out of order"):
        answers_of(embedder, *items)


def test_the_same_error_for_two_items_that_go_alone_needs_no_word_to_be_an_outage(hosted, server):
    embedder, _ = hosted.embedder(server)
    server.misbehave(Status(500), times=None)
    both = threading.Barrier(2)
    judge = embedder._outage.judge

    def judged_once_both_have_failed(*given):
        both.wait(30)
        return judge(*given)

    embedder._outage.judge = judged_once_both_have_failed

    def failing(item):
        with pytest.raises(ProviderFailed, match="out of order"):
            list(embedder.embed((item,), threading.Event()))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(failing, SIXTY[:2]))
    assert sum(map(is_probe, server.received)) <= 1


def test_beyond_eight_bad_items_the_provider_is_out_of_order(hosted, server):
    embedder, _ = hosted.embedder(server)
    server.misbehave(**poisoned(*range(0, 60, 6)))
    with pytest.raises(ProviderFailed, match="More than 8 items"):
        answers_of(embedder, *SIXTY)


@pytest.mark.parametrize(
    "body",
    [
        {"detail": "Model is being updated, try at noon"},
        {"error": {"message": "Model is being updated, try at noon"}},
        {"message": "Model is being updated, try at noon"},
    ],
)
def test_a_message_in_place_of_vectors_reaches_the_person(hosted, server, body):
    embedder, _ = hosted.embedder(server)
    server.misbehave(Status(200, body), times=None)
    with pytest.raises(ProviderFailed, match="Model is being updated, try at noon"):
        answers_of(embedder, *SIXTY[:3])
    assert len(server.received) == 3


def test_a_key_in_such_a_message_is_hidden(hosted, server):
    embedder, log = hosted.embedder(server)
    server.misbehave(Status(200, {"detail": f"You sent {server.key}."}), times=None)
    with pytest.raises(ProviderFailed) as failed:
        answers_of(embedder, SIXTY[0])
    assert server.key not in str(failed.value) + repr(log.calls)


def test_a_moment_of_weakness_names_no_item_of_a_batch(hosted, server):
    embedder, _ = hosted.embedder(server)
    pair = (SIXTY[0], picture("red"))  # which the one provider of single items takes together
    items = SIXTY[:8] if len(embedder.batches(SIXTY[:8])) == 1 else pair
    server.misbehave(Status(500), times=2)
    found = answers_of(embedder, *items, pairs=[tuple(item.item_id for item in pair)])
    assert not any(isinstance(answer, ItemFailure) for answer in found.values())
    assert len(found) == len(items)


def test_an_item_alone_gets_a_third_try_where_others_were_answered_meanwhile(hosted, server):
    embedder, _ = hosted.embedder(server)
    cancel = threading.Event()

    def busy_while_another_is_answered(proceed, stopping):
        if len(server.received) == 2:
            list(embedder.embed((SIXTY[1],), cancel))
        return Status(500)(proceed, stopping)

    server.misbehave(busy_while_another_is_answered, 2, lambda call: captions_in(call) == [7])
    (part,) = embedder.embed((SIXTY[7],), cancel)
    assert not isinstance(part.answers[0], ItemFailure)
    assert [captions_in(call) for call in server.received] == [[7], [7], [1], [7]]


def test_a_new_run_may_ask_its_word_again(hosted, server):
    embedder, _ = hosted.embedder(server)
    server.misbehave(**poisoned(7))
    for _ in range(2):
        embedder.load()
        assert bad_in(answers_of(embedder, SIXTY[7])) == [7]
    assert sum(map(is_probe, server.received)) == 2
