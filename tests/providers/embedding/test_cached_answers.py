"""What the cache holds of a hosted provider is given out only to whom the provider accepts."""

import numpy as np
import pytest

from collection.items import text_item
from collection.samples import is_sample_item, load_sample
from providers.embedding.cache import VectorCache
from providers.embedding.job import EmbeddingJob
from providers.embedding.progress import JobState
from providers.errors import MissingCredentials
from providers.inputs import input_of
from tests.providers.word_length_provider import INFO, WordLengthEmbedder, down

WORDS = ["one", "three four", "a bb ccc"]
SAMPLE_TEXTS = load_sample("cat-and-box").texts


def stranger():
    """An embedder of somebody whom the provider has not accepted yet."""
    embedder = WordLengthEmbedder()
    embedder.accepted = False
    return embedder


def job_of(embedder, words, cache):
    items = [text_item(word) if isinstance(word, str) else word for word in words]
    inputs = [input_of(item) for item in items]
    return EmbeddingJob(INFO, embedder.setup, embedder, inputs, cache, is_public=is_sample_item)


@pytest.fixture
def cache():
    """A cache in which somebody else's run has left the words and the sample."""
    cache = VectorCache(None)
    job_of(WordLengthEmbedder(), [*WORDS, *SAMPLE_TEXTS], cache).run()
    yield cache
    cache.close()


def test_when_everything_is_cached_one_proving_call_opens_the_cache(cache):
    embedder = stranger()
    job = job_of(embedder, WORDS, cache)
    job.run()
    assert (embedder.proofs, embedder.embedded) == (1, [])
    assert (len(job.embeddings), job.progress.cached) == (3, 3)
    assert job.progress.state is JobState.DONE


def test_who_is_accepted_already_proves_nothing(cache):
    embedder = WordLengthEmbedder()
    job = job_of(embedder, WORDS, cache)
    job.run()
    assert (embedder.proofs, embedder.embedded, len(job.embeddings)) == (0, [], 3)


def test_the_sample_is_given_out_without_any_call(cache):
    embedder = stranger()
    job = job_of(embedder, SAMPLE_TEXTS, cache)
    job.run()
    assert (embedder.proofs, embedder.embedded) == (0, [])
    assert len(job.embeddings) == len(SAMPLE_TEXTS)
    assert not embedder.accepted


def test_what_is_not_cached_is_embedded_first_and_is_the_proof(cache):
    embedder, served_before = stranger(), []
    embedder.before_answer = lambda part: served_before.append(job.progress.cached)
    job = job_of(embedder, [*WORDS, "new"], cache)
    job.run()
    assert embedder.embedded == ["new"]
    assert served_before == [0]
    assert (embedder.proofs, len(job.embeddings), job.progress.cached) == (0, 4, 3)


def test_nothing_is_given_out_when_the_proof_fails(cache):
    embedder = stranger()
    embedder.before_proof = down
    job = job_of(embedder, WORDS, cache)
    job.run()
    assert job.progress.state is JobState.FAILED
    assert (len(job.embeddings), job.progress.cached) == (0, 0)


def test_nothing_is_given_out_when_what_is_new_fails(cache):
    embedder = stranger()
    embedder.before_answer = down
    job = job_of(embedder, [*WORDS, "new"], cache)
    job.run()
    assert job.progress.state is JobState.FAILED
    assert (len(job.embeddings), embedder.proofs) == (0, 0)


def test_who_was_accepted_before_the_provider_failed_still_gets_what_is_cached(cache):
    embedder = stranger()
    embedder.size = embedder.concurrency = 1
    embedder.before_answer = lambda part: down(part) if part[0].payload == "later" else None
    job = job_of(embedder, [*WORDS, "new", "later"], cache)
    job.run()
    assert job.progress.state is JobState.FAILED
    assert (len(job.embeddings), job.progress.cached) == (4, 3)


def test_a_stopped_job_gives_out_nothing_more(cache):
    embedder = stranger()
    job = job_of(embedder, WORDS, cache)
    embedder.before_proof = lambda part: job.stop()
    job.run()
    assert job.progress.state is JobState.STOPPED
    assert len(job.embeddings) == 0


def test_who_cannot_ask_at_all_gets_nothing_from_the_cache(cache):
    job = EmbeddingJob(
        INFO,
        INFO.setup(),
        MissingCredentials("Word length", "It has no key yet."),
        [input_of(text_item(word)) for word in WORDS],
        cache,
    )
    job.run()
    assert job.progress.state is JobState.FAILED
    assert job.progress.reason == "It has no key yet."
    assert len(job.embeddings) == 0


def test_vectors_from_elsewhere_are_those_of_another_provider(cache):
    elsewhere = WordLengthEmbedder()
    elsewhere.base_url = "https://elsewhere.example.org"
    elsewhere.answer = lambda item: np.asarray([0, 0, 1], np.float32)
    job = job_of(elsewhere, WORDS, cache)
    job.run()
    assert elsewhere.embedded == WORDS
    assert job.progress.cached == 0
