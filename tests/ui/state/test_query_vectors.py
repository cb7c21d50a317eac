"""The vectors of queries: asked for once, side by side, and each with its own failure."""

import threading
import time

import numpy as np
import pytest

from collection.embeddings import Role
from collection.items import text_item
from providers.errors import ProviderFailed
from providers.inputs import input_of
from providers.registry import PROVIDERS
from tests.providers.word_length_provider import (
    INFO,
    WordLengthEmbedder,
    WordLengthProvider,
    down,
    no_vector_for,
)
from ui.state.query_vectors import Asking, Failed, Known, NotAsked, QueryVectors

SETUP = INFO.setup()
LONG = 20


@pytest.fixture
def embedder(monkeypatch):
    """The embedder of a provider that the registry knows during the test."""
    given = WordLengthEmbedder()
    monkeypatch.setitem(PROVIDERS, INFO.id, WordLengthProvider(given))
    return given


@pytest.fixture
def held(embedder):
    """A gate: answers wait until it is set."""
    gate = threading.Event()
    embedder.before_answer = lambda batch: gate.wait(LONG)
    yield gate
    gate.set()


def query(words, role=Role.QUERY):
    return input_of(text_item(words), role)


def nobody(setup):
    return None


def asked(vectors, *inputs, context=nobody):
    """Ask without a cache, and wait until all is over."""
    vectors.ask(SETUP, inputs, None, context)
    vectors.wait(LONG)
    return vectors


def test_a_query_becomes_a_vector_of_length_one(embedder):
    known = asked(QueryVectors(), query("see four cats")).state(SETUP, query("see four cats"))
    assert known.vector == pytest.approx(np.array([3, 4, 4]) / np.sqrt(41))


def test_what_is_known_is_not_asked_again(embedder):
    vectors = asked(QueryVectors(), query("a cat"), query("a dog"))
    asked(vectors, query("a cat"))
    asked(vectors, query("a dog"), query("a bird"))
    assert sorted(embedder.embedded) == ["a bird", "a cat", "a dog"]


def test_each_role_is_asked_for_and_known_on_its_own(embedder):
    vectors = asked(QueryVectors(), query("a cat"))
    assert vectors.state(SETUP, query("a cat", Role.DOCUMENT)) == NotAsked()
    asked(vectors, query("a cat"), query("a cat", Role.DOCUMENT))
    assert isinstance(vectors.state(SETUP, query("a cat", Role.DOCUMENT)), Known)
    assert embedder.embedded == ["a cat", "a cat"]


def test_the_same_words_twice_in_one_question_are_asked_once(embedder):
    asked(QueryVectors(), query("a cat"), query("a cat"))
    assert embedder.embedded == ["a cat"]


def test_asking_again_while_the_answer_is_under_way_starts_no_second_call(embedder, held):
    vectors = QueryVectors()
    for _ in range(3):
        vectors.ask(SETUP, [query("a cat")], None, nobody)
    assert vectors.waiting(SETUP)
    held.set()
    vectors.wait(LONG)
    assert embedder.embedded == ["a cat"]
    assert isinstance(vectors.state(SETUP, query("a cat")), Known)


def test_another_role_does_not_stop_the_first(embedder, held):
    vectors = QueryVectors()
    vectors.ask(SETUP, [query("a cat")], None, nobody)
    vectors.ask(SETUP, [query("a cat"), query("a cat", Role.DOCUMENT)], None, nobody)
    held.set()
    vectors.wait(LONG)
    assert embedder.embedded == ["a cat", "a cat"]
    assert isinstance(vectors.state(SETUP, query("a cat")), Known)


def test_other_words_stop_the_former_which_may_be_asked_again(embedder, held):
    vectors = QueryVectors()
    vectors.ask(SETUP, [query("a cat")], None, nobody)
    vectors.ask(SETUP, [query("a dog")], None, nobody)
    assert vectors.state(SETUP, query("a cat")) == NotAsked()
    assert vectors.state(SETUP, query("a dog")) == Asking()
    held.set()
    vectors.wait(LONG)
    assert isinstance(vectors.state(SETUP, query("a dog")), Known)
    assert isinstance(asked(vectors, query("a cat")).state(SETUP, query("a cat")), Known)


def test_waiting_has_an_end_and_news_come_later(embedder, held):
    vectors = QueryVectors()
    vectors.ask(SETUP, [query("a cat")], None, nobody)
    vectors.wait(0.0)
    assert vectors.waiting(SETUP)
    assert not vectors.has_news
    held.set()
    vectors.wait(LONG)
    assert not vectors.waiting(SETUP)
    assert not vectors.has_news


def test_an_answer_that_has_come_is_waited_for_until_it_is_taken_over(embedder):
    ended = threading.Event()
    embedder.before_answer = lambda batch: ended.set()
    vectors = QueryVectors()
    vectors.ask(SETUP, [query("a cat")], None, nobody)
    assert ended.wait(LONG)
    while not vectors.has_news:
        time.sleep(0.001)  # polling: what was waited for is a step before the end of the job
    assert vectors.state(SETUP, query("a cat")) == Asking()
    assert vectors.waiting(SETUP)
    vectors.collect()
    assert not vectors.waiting(SETUP)
    assert isinstance(vectors.state(SETUP, query("a cat")), Known)


def test_words_that_cannot_be_read_have_their_reason_and_cost_the_others_nothing(embedder):
    embedder.answer = no_vector_for("xyz")
    vectors = asked(QueryVectors(), query("xyz"), query("a cat"))
    assert isinstance(vectors.state(SETUP, query("a cat")), Known)
    assert vectors.state(SETUP, query("xyz")) == Failed("It is not a word. Write another.")


def test_a_provider_that_fails_says_why_and_may_be_asked_again(embedder):
    embedder.before_answer = down
    vectors = asked(QueryVectors(), query("a cat"))
    assert vectors.state(SETUP, query("a cat")) == Failed("It is out of order. Come back later.")
    embedder.before_answer = lambda batch: None
    asked(vectors, query("a cat"))
    assert isinstance(vectors.state(SETUP, query("a cat")), Known)


def test_a_failure_says_nothing_about_a_query_that_was_not_asked(embedder):
    embedder.before_answer = down
    assert asked(QueryVectors(), query("a cat")).state(SETUP, query("a dog")) == NotAsked()


def test_one_setup_that_fails_costs_another_nothing(embedder):
    vectors = QueryVectors()

    def refused(setup):
        raise ProviderFailed("Word length", "A key is missing.", "Type one.")

    other = INFO.setup(dimension=2)
    vectors.ask(SETUP, [query("a cat")], None, refused)
    vectors.wait(LONG)
    vectors.ask(other, [query("a cat")], None, nobody)
    vectors.wait(LONG)
    assert vectors.state(SETUP, query("a cat")) == Failed("A key is missing. Type one.")
    assert isinstance(vectors.state(other, query("a cat")), Known)


@pytest.mark.parametrize("named", [None, INFO.id])
def test_a_stopped_query_is_over_at_once_and_gives_no_reason(embedder, held, named):
    vectors = QueryVectors()
    vectors.ask(SETUP, [query("a cat")], None, nobody)
    vectors.stop(named)
    assert not vectors.waiting(SETUP)
    assert vectors.state(SETUP, query("a cat")) == NotAsked()


def test_stopping_one_provider_leaves_the_others_at_work(embedder, held):
    vectors = QueryVectors()
    vectors.ask(SETUP, [query("a cat")], None, nobody)
    vectors.stop("another")
    assert vectors.waiting(SETUP)


def test_what_was_known_stays_when_the_provider_is_stopped(embedder):
    vectors = asked(QueryVectors(), query("a cat"))
    vectors.stop()
    assert isinstance(vectors.state(SETUP, query("a cat")), Known)
