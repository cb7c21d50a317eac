import threading

import numpy as np
import pytest

from collection.items import text_item
from providers.embedding.cache import VectorCache
from providers.embedding.job import EmbeddingJob
from providers.embedding.progress import JobState
from providers.errors import ProviderFailed
from providers.inputs import BatchResult, input_of
from tests.providers.word_length_provider import INFO, WordLengthEmbedder, down, no_vector_for

WORDS = ["one", "three four", "a bb ccc", "fifth", "six seven"]


def inputs_of(words):
    return [input_of(text_item(word)) for word in words]


def job_of(embedder, words=WORDS, cache=None, known=None):
    return EmbeddingJob(INFO, embedder.setup, embedder, inputs_of(words), cache, known)


@pytest.fixture
def cache():
    cache = VectorCache(None)
    yield cache
    cache.close()


def test_every_item_gets_its_row_in_order_at_length_one():
    job = job_of(WordLengthEmbedder())
    job.run()
    found = job.embeddings
    assert found.ids == tuple(text_item(word).id for word in WORDS)
    assert np.allclose(np.linalg.norm(found.vectors, axis=1), 1)
    assert np.allclose(found.vectors[2], np.asarray([1, 2, 3]) / np.sqrt(14))
    assert job.progress.state is JobState.DONE


def test_a_second_run_asks_the_cache_and_embeds_nothing(cache):
    job_of(WordLengthEmbedder(), cache=cache).run()
    again = WordLengthEmbedder()
    job = job_of(again, cache=cache)
    job.run()
    assert again.embedded == []
    assert (job.progress.cached, job.progress.embedded) == (5, 0)


def test_one_new_item_embeds_one_item(cache):
    job_of(WordLengthEmbedder(), cache=cache).run()
    again = WordLengthEmbedder()
    job = job_of(again, [*WORDS, "new"], cache=cache)
    job.run()
    assert again.embedded == ["new"]
    assert (job.progress.cached, job.progress.total) == (5, 6)


def test_vectors_already_known_are_not_embedded_again_without_any_cache():
    first = job_of(WordLengthEmbedder())
    first.run()
    again = WordLengthEmbedder()
    job = job_of(again, [*WORDS, "new"], known=first.embeddings)
    job.run()
    assert again.embedded == ["new"]
    assert len(job.embeddings) == 6


def test_an_item_that_fails_is_named_and_costs_no_other():
    embedder = WordLengthEmbedder()
    embedder.answer = no_vector_for("fifth")
    job = job_of(embedder)
    job.run()
    assert len(job.embeddings) == 4
    assert [str(f) for f in job.embeddings.failures.values()] == [
        "It is not a word. Write another."
    ]
    assert job.progress.state is JobState.DONE


@pytest.mark.parametrize("wrong", [np.zeros(3), np.full(3, np.nan), np.ones(4)])
def test_a_vector_that_cannot_be_right_is_a_failure_of_its_item(wrong):
    embedder = WordLengthEmbedder()
    usual = embedder.answer
    embedder.answer = lambda item: wrong if item.payload == "one" else usual(item)
    job = job_of(embedder)
    job.run()
    assert text_item("one").id in job.embeddings.failures
    assert len(job.embeddings) == 4


def test_a_provider_that_fails_keeps_what_it_had_finished(cache):
    embedder = WordLengthEmbedder(size=1)
    embedder.concurrency = 1
    embedder.before_answer = lambda batch: down(batch) if batch[0].payload == "fifth" else None
    job = job_of(embedder, cache=cache)
    job.run()
    assert job.progress.state is JobState.FAILED
    assert job.progress.reason == "It is out of order. Come back later."
    assert len(job.embeddings) == 3
    assert len(cache) == 3


def test_an_unforeseen_error_ends_the_job_in_words_and_costs_no_answer_under_way(cache):
    embedder, both_begun = WordLengthEmbedder(size=1), threading.Barrier(2)

    def fail_beside_another(batch):
        both_begun.wait(10)
        if batch[0].payload == "one":
            raise ValueError("a bug")

    embedder.before_answer = fail_beside_another
    job = job_of(embedder, WORDS[:2], cache=cache)
    job.run()
    assert job.progress.state is JobState.FAILED
    assert "unforeseen" in job.progress.reason
    assert "ValueError" in job.progress.reason
    assert len(job.embeddings) == 1
    assert len(cache) == 1


def test_too_few_answers_fail_the_provider_instead_of_shifting_rows():
    embedder = WordLengthEmbedder()
    usual = embedder.embed
    embedder.embed = lambda batch, cancel: (
        BatchResult(part.inputs, part.answers[:-1]) for part in usual(batch, cancel)
    )
    job = job_of(embedder)
    job.run()
    assert job.progress.state is JobState.FAILED
    assert len(job.embeddings) == 0


def test_a_batch_that_fails_half_way_keeps_the_parts_it_gave_before(cache):
    embedder = WordLengthEmbedder(size=5, part_size=2)
    embedder.before_answer = lambda part: down(part) if part[0].payload == "a bb ccc" else None
    job = job_of(embedder, cache=cache)
    job.run()
    assert job.progress.state is JobState.FAILED
    assert job.embeddings.ids == tuple(text_item(word).id for word in WORDS[:2])
    assert (job.progress.embedded, len(cache)) == (2, 2)


def test_a_failure_of_one_batch_ends_the_waiting_of_the_others():
    embedder, other_waits = WordLengthEmbedder(size=1), threading.Event()
    ended = []

    def embed(batch, cancel):
        if batch[0].payload == "one":
            assert other_waits.wait(10)
            down(batch)
        other_waits.set()
        ended.append(cancel.wait(10))  # as a call does that waits for its next try
        yield from ()

    embedder.embed = embed
    job = job_of(embedder)
    job.run()
    assert ended == [True]
    assert job.progress.state is JobState.FAILED


def test_a_job_broken_off_from_the_keyboard_tries_nothing_again(monkeypatch):
    embedder, ended = WordLengthEmbedder(size=1), []

    def embed(batch, cancel):
        ended.append(cancel.wait(10))  # as a call does that waits for its next try
        yield from ()

    def ctrl_c(*_, **__):
        raise KeyboardInterrupt

    embedder.embed = embed
    monkeypatch.setattr("providers.embedding.job.wait", ctrl_c)
    with pytest.raises(KeyboardInterrupt):
        job_of(embedder).run()
    assert ended
    assert all(ended)


def test_the_first_failure_is_the_one_that_is_told():
    embedder = WordLengthEmbedder(size=1)

    def embed(batch, cancel):
        if batch[0].payload == "one":
            down(batch)
        assert cancel.wait(10)
        raise ProviderFailed("Word length", "This came later.")
        yield

    embedder.embed = embed
    job = job_of(embedder)
    job.run()
    assert job.progress.reason == "It is out of order. Come back later."


def test_what_was_counted_is_added_up_over_all_parts():
    embedder = WordLengthEmbedder(size=3, part_size=1)
    job = job_of(embedder)
    job.run()
    assert job.embeddings.usage == {"words": 9}


def test_what_comes_from_the_cache_is_not_counted_again(cache):
    job_of(WordLengthEmbedder(), cache=cache).run()
    job = job_of(WordLengthEmbedder(), [*WORDS, "new"], cache=cache)
    job.run()
    assert job.embeddings.usage == {"words": 1}


def test_stop_starts_no_new_call_and_late_answers_still_reach_the_cache(cache):
    embedder = WordLengthEmbedder(size=1)
    embedder.concurrency = 1
    started, go_on = threading.Event(), threading.Event()

    def wait_here(batch):
        started.set()
        assert go_on.wait(10)

    embedder.before_answer = wait_here
    job = job_of(embedder, cache=cache)
    thread = threading.Thread(target=job.run)
    thread.start()
    assert started.wait(10)
    job.stop()
    assert job.progress.state is JobState.STOPPED  # at once, before the answer is there
    go_on.set()
    thread.join(10)
    assert embedder.embedded == ["one"]
    assert len(cache) == 1
    assert len(job.embeddings) == 0


def test_progress_counts_up_to_the_total():
    job = job_of(WordLengthEmbedder())
    assert (job.progress.state, job.progress.share) == (JobState.WAITING, 0.0)
    job.run()
    assert (job.progress.finished, job.progress.share) == (5, 1.0)


def test_nothing_to_embed_is_done_at_once():
    job = job_of(WordLengthEmbedder(), [])
    job.run()
    assert job.progress.state is JobState.DONE
    assert job.embeddings.vectors.shape == (0, 3)
