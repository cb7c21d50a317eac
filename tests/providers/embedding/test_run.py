import threading
import time

import pytest

from collection.embeddings import Setup
from collection.items import text_item
from providers.embedding.job import EmbeddingJob
from providers.embedding.progress import JobState
from providers.embedding.run import Run, run_of
from providers.errors import UnknownProvider
from providers.inputs import input_of
from tests.providers.word_length_provider import INFO, WordLengthEmbedder, down


def job_of(embedder):
    return EmbeddingJob(INFO, embedder.setup, embedder, [input_of(text_item("a b c"))], None)


def test_one_provider_that_fails_costs_the_other_nothing():
    broken = WordLengthEmbedder(INFO.setup(dimension=2))
    broken.before_answer = down
    run = Run([job_of(broken), job_of(WordLengthEmbedder())]).start()
    assert run.wait(10)
    assert [p.state for p in run.progress] == [JobState.FAILED, JobState.DONE]
    assert [len(e) for e in run.take_ended()] == [0, 1]


def test_one_provider_that_never_answers_keeps_no_other_waiting():
    silent, go_on = WordLengthEmbedder(INFO.setup(dimension=2)), threading.Event()
    silent.before_answer = lambda batch: go_on.wait(30)
    run = Run([job_of(silent), job_of(WordLengthEmbedder())]).start()
    while not run.has_news:
        time.sleep(0.01)  # polling: a run is read, it tells nobody
    assert [len(e) for e in run.take_ended()] == [1]
    assert run.active
    run.stop()
    go_on.set()
    assert run.wait(30)


def test_results_are_given_out_once():
    run = Run([job_of(WordLengthEmbedder())]).start()
    run.wait(10)
    assert run.has_news
    assert len(run.take_ended()) == 1
    assert not run.has_news
    assert run.take_ended() == []


def test_a_stopped_run_is_over_at_once_while_a_call_is_under_way():
    embedder, go_on = WordLengthEmbedder(), threading.Event()
    embedder.before_answer = lambda batch: go_on.wait(10)
    run = Run([job_of(embedder)]).start()
    assert run.active
    run.stop()
    assert not run.active
    go_on.set()
    run.wait(10)


def test_a_setup_of_an_unknown_provider_is_refused_before_anything_starts():
    with pytest.raises(UnknownProvider, match="local-minilm"):
        run_of([text_item("x")], [Setup("nobody", "m", 2)], None)
