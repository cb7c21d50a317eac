"""How many sessions there may be, what they hold together, and when they end."""

import gc
import threading
import weakref

import numpy as np
import pytest

from collection.collection import Collection
from collection.embeddings import Embeddings, Setup
from collection.items import PictureItem, text_item
from providers.embedding.cache import VectorCache
from providers.embedding.job import EmbeddingJob
from providers.embedding.run import Run
from providers.inputs import input_of
from tests.providers.word_length_provider import INFO, WordLengthEmbedder
from ui.server.garbage import FrozenObjects
from ui.server.sessions import ServerSessions
from ui.state.editing import CollectionEditing
from ui.state.session import Session

SETUP = Setup("local-minilm", "made up", 2)


class Server:
    """A server whose clock and browsers the test moves."""

    def __init__(self, limit=3, max_kept_bytes=1_000):
        self.now, self.there, self.frozen = 0.0, set(), FrozenObjects()
        self.sessions = ServerSessions(
            limit, max_kept_bytes, 120.0, self.there.__contains__, lambda: self.now, self.frozen
        )

    def visit(self, name, session=None):
        self.there.add(name)
        return self.sessions.admit(name, session or Session())

    def later(self, seconds):
        self.now += seconds
        self.sessions.sweep()


@pytest.fixture(autouse=True)
def nothing_stays_frozen():
    yield
    gc.unfreeze()


@pytest.fixture
def server():
    return Server()


def with_picture(picture):
    return Session(CollectionEditing(Collection().adding([picture])))


def picture(name, size):
    return PictureItem(name, f"{name}.jpg", b"x" * size, b"", 4, 3)


def test_who_comes_when_the_server_is_full_has_to_wait_and_who_is_in_stays_in(server):
    first = Session()
    assert server.visit("first", first)
    assert server.visit("second")
    assert server.visit("third")
    assert not server.visit("fourth")
    assert server.visit("first", first)


def test_on_a_full_server_who_has_been_gone_for_longest_gives_way(server):
    sessions = {name: with_picture(picture(name, 10)) for name in ("first", "second", "third")}
    for name, session in sessions.items():
        server.visit(name, session)
    server.there.discard("third")
    server.later(1)
    server.there.discard("second")
    server.later(1)
    assert server.visit("fourth")
    server.later(0)
    assert [len(session.collection) for session in sessions.values()] == [1, 1, 0]
    assert server.visit("fifth")
    assert not server.visit("sixth")
    server.later(0)
    assert len(sessions["second"].collection) == 0
    assert len(sessions["first"].collection) == 1


def test_there_is_room_again_once_a_browser_has_been_gone_for_the_retention_time(server):
    for name in ("first", "second", "third"):
        server.visit(name)
    server.there.discard("second")
    server.later(1)
    server.later(100)
    assert len(server.sessions) == 3
    server.later(21)
    assert len(server.sessions) == 2
    assert server.visit("fourth")


def test_a_browser_that_comes_back_in_time_finds_its_session(server):
    session = with_picture(picture("cat", 10))
    server.visit("first", session)
    server.there.discard("first")
    server.later(1)
    server.later(60)
    server.there.add("first")
    server.later(1)
    server.there.discard("first")
    server.later(1)
    server.later(119)
    assert session.collection.pictures
    server.later(1)
    assert not session.collection.pictures


def test_a_session_that_has_ended_holds_no_key_no_picture_and_no_vector(server):
    session = with_picture(picture("cat", 10))
    session.embedding.results[SETUP] = Embeddings(SETUP, ("cat",), np.eye(1, 2, dtype=np.float32))
    server.visit("first", session)
    server.there.clear()
    server.later(0)
    server.later(120)
    assert len(server.sessions) == 0
    assert not len(session.collection)
    assert not session.embedding.results
    assert not session.keyring.any_typed


def with_run_under_way(cache):
    """Return a session, its run of four items, who embeds one by one, and what lets him answer."""
    embedder, go_on = WordLengthEmbedder(size=1), threading.Event()
    embedder.before_answer = lambda batch: go_on.wait(30)
    inputs = [input_of(text_item(word)) for word in ("one", "two", "three", "four")]
    session = Session()
    session.embedding.run = Run([EmbeddingJob(INFO, embedder.setup, embedder, inputs, cache)])
    return session, session.embedding.run.start(), embedder, go_on


def test_the_run_of_a_browser_that_is_gone_stops_and_what_it_had_asked_for_is_cached(server):
    cache = VectorCache(None)
    session, run, embedder, go_on = with_run_under_way(cache)
    server.visit("first", session)
    server.there.clear()
    server.later(0)
    assert run.active
    server.later(120)
    assert not run.active
    go_on.set()
    assert run.wait(30)
    assert len(embedder.embedded) <= embedder.concurrency
    assert len(cache) == len(embedder.embedded)


def test_when_the_server_stops_no_run_begins_a_further_call(server):
    session, run, embedder, go_on = with_run_under_way(None)
    server.visit("first", session)
    server.sessions.stop_runs()
    go_on.set()
    assert run.wait(30)
    assert len(embedder.embedded) <= embedder.concurrency


def test_what_all_sessions_keep_is_counted_once_where_they_share_it(server):
    shared = picture("sample", 300)
    server.visit("first", with_picture(shared))
    server.visit("second", with_picture(shared))
    server.visit("third", with_picture(picture("own", 200)))
    assert server.sessions.kept_bytes == 500
    assert server.sessions.room == 500


def test_what_only_undo_brings_back_counts_too_and_shared_pictures_once(server):
    session = with_picture(picture("own", 300))
    server.visit("first", session)
    more = session.collection.adding([picture("more", 200)])
    session.editing.replace(more, "adding 1 picture")
    assert server.sessions.kept_bytes == 500
    session.editing.replace(Collection(), "clearing")
    assert server.sessions.kept_bytes == 500
    session.editing.undo_stack.forget_oldest()
    session.editing.undo_stack.forget_oldest()
    assert server.sessions.kept_bytes == 0


def test_a_session_frozen_alive_is_freed_after_its_end(server):
    session = Session()
    session.me = session  # a cycle, as pages make them
    seen = weakref.ref(session)
    server.visit("first", session)
    server.frozen.freeze()
    del session
    server.there.clear()
    server.later(0)
    assert seen() is not None
    server.later(120)
    assert seen() is None


def test_nothing_is_frozen_anew_for_a_session_that_saw_no_freeze(server):
    server.frozen.freeze()
    server.visit("first")
    server.there.clear()
    server.later(0)
    server.later(120)
    assert server.frozen.freezes == 1
