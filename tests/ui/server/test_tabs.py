"""A tab that was reloaded finds its session again, and no two tabs ever share one."""

import gc
import threading

import pytest

from collection.collection import Collection
from collection.items import text_item
from providers.registry import PROVIDERS
from ui.server.garbage import FrozenObjects
from ui.server.sessions import ServerSessions
from ui.state.editing import CollectionEditing
from ui.state.session import Session

NOMIC = PROVIDERS["nomic"].info
KEY = next(entry for entry in NOMIC.key_fields if entry.secret)


class Server:
    """A server whose clock and browsers the test moves; everything is held for half an hour."""

    def __init__(self, limit=3):
        self.now, self.there = 0.0, set()
        self.sessions = ServerSessions(
            limit, 10**9, 1_800.0, self.there.__contains__, lambda: self.now, FrozenObjects()
        )

    def visit(self, name, session=None, token=""):
        self.there.add(name)
        session = session or Session(owner=name)
        admitted = self.sessions.admit(name, session)
        if token:
            self.sessions.give_token(name, token)
        return admitted

    def leave(self, name):
        self.there.discard(name)
        self.later(0)

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


@pytest.fixture
def mine(server):
    """A session with a caption and a key, in the tab “old” with the token “first”."""
    session = Session(CollectionEditing(Collection().adding([text_item("mine")])), owner="old")
    session.keyring.give("nomic", KEY, "nk-canary")
    server.visit("old", session, "first")
    return session


def reload(server, token="first", into="new"):
    server.leave("old")
    server.visit(into)
    return server.sessions.take_over(token, into, True)


def test_after_a_reload_the_tab_has_its_session_with_its_keys(server, mine):
    assert reload(server) is mine
    assert mine.owner == "new"
    assert mine.keyring.any_typed
    assert len(server.sessions) == 1


def test_a_token_is_good_for_one_use(server, mine):
    reload(server)
    server.leave("new")
    server.visit("third")
    assert server.sessions.take_over("first", "third", True) is None
    server.leave("third")


def test_the_next_token_is_good_for_the_next_reload(server, mine):
    reload(server)
    server.sessions.give_token("new", "second")
    server.leave("new")
    server.visit("third")
    assert server.sessions.take_over("second", "third", True) is mine


@pytest.mark.parametrize("token", ["", "another", "first ", "FIRST"])
def test_who_does_not_know_the_token_gets_nothing(server, mine, token):
    assert reload(server, token) is None
    assert mine.owner == "old"


def test_a_duplicated_tab_gets_a_copy_without_keys_and_the_first_one_loses_nothing(server, mine):
    server.visit("duplicate")
    copy = server.sessions.take_over("first", "duplicate", False)
    assert copy is not mine
    assert copy.collection.digest == mine.collection.digest
    assert not copy.keyring.any_typed
    copy.editing.replace(Collection(), "clearing")
    assert len(mine.collection) == 1
    assert reload(server) is mine


def test_two_tabs_with_one_token_never_get_the_same_session(server, mine):
    server.leave("old")
    found, ready = [], threading.Barrier(8)

    def ask(name):
        ready.wait()
        found.append(server.sessions.take_over("first", name, True))

    for number in range(2):
        server.visit(f"tab {number}")
    threads = [threading.Thread(target=ask, args=(f"tab {n % 2}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found.count(mine) == 1
    assert found.count(None) == 7


def test_a_reload_waits_for_the_end_of_its_old_connection(server, mine):
    server.visit("new")
    threading.Timer(0.2, server.there.discard, ["old"]).start()
    assert server.sessions.take_over("first", "new", True) is mine


def test_keys_and_runs_are_held_for_two_minutes_and_all_else_for_the_retention(server, mine):
    server.leave("old")
    server.later(119)
    assert mine.keyring.any_typed
    server.later(1)
    assert not mine.keyring.any_typed
    assert len(mine.collection) == 1
    server.later(1_679)
    assert len(mine.collection) == 1
    server.later(1)
    assert not len(mine.collection)


def test_keys_typed_after_coming_back_are_given_up_anew(server, mine):
    for _ in range(2):
        server.leave("old")
        server.later(120)
        assert not mine.keyring.any_typed
        server.there.add("old")
        server.later(1)
        mine.keyring.give("nomic", KEY, "nk-canary")
        server.later(500)
        assert mine.keyring.any_typed


def test_on_a_full_server_whoever_reloads_finds_his_session(server, mine):
    server.visit("second")
    server.visit("third")
    assert reload(server) is mine
    server.later(10)
    assert len(mine.collection) == 1
    assert len(server.sessions) == 3


def test_who_is_gone_makes_room_and_who_is_there_does_not(server, mine):
    assert not server.sessions.make_room()
    server.leave("old")
    assert server.sessions.make_room()
    assert not len(mine.collection)


def test_a_copy_shares_nothing_that_changes(mine):
    mine.embedding.concurrency["nomic"] = 3
    mine.views["map-method"] = "pca"
    copy = mine.copied()
    copy.compared.tick(0, False)
    copy.embedding.concurrency.clear()
    copy.views.clear()
    copy.exercise.count += 1
    assert 0 in mine.compared.ticked
    assert mine.embedding.concurrency == {"nomic": 3}
    assert mine.views == {"map-method": "pca"}
    assert mine.exercise.count == 0


def test_everything_is_forgotten_at_a_press(mine):
    mine.keyring.values["vertex"] = {"project": "mine"}
    mine.forget_everything()
    assert not len(mine.collection)
    assert not mine.keyring.any_typed
    assert not mine.keyring.values
