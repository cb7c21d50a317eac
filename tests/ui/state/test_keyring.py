"""The keys of one session: who sees them, and how they go."""

import pytest

from providers.errors import MissingCredentials
from providers.registry import PROVIDERS
from ui.state.keyring import Keyring

NOMIC, VERTEX = PROVIDERS["nomic"].info, PROVIDERS["vertex"].info
(API_KEY,) = NOMIC.key_fields
CANARY = "nk-canary-of-this-test"


def test_a_typed_key_comes_before_that_of_the_environment(monkeypatch):
    monkeypatch.setenv("NOMIC_API_KEY", "nk-of-the-server")
    ring = Keyring(lent=True)
    assert "NOMIC_API_KEY" in ring.origins(NOMIC)["api_key"]
    assert "NOMIC_API_KEY" in ring.lent_variables
    ring.give("nomic", API_KEY, f"  {CANARY}\n")
    assert ring.origins(NOMIC) == {"api_key": "typed here"}
    assert ring.credentials(NOMIC).secrets["api_key"].reveal() == CANARY
    assert CANARY not in repr(ring)


def test_the_servers_keys_and_logins_are_for_sessions_alone_to_which_they_are_lent(monkeypatch):
    monkeypatch.setenv("NOMIC_API_KEY", "nk-of-the-server")
    monkeypatch.setenv("PROJECT_ID", "the-servers-project")
    with pytest.raises(MissingCredentials):
        Keyring().credentials(NOMIC)
    assert Keyring().origins(NOMIC) == {}
    assert Keyring().lent_variables == frozenset()
    assert Keyring().lacking(NOMIC) == "The API key is missing."
    lent = Keyring(lent=True)
    assert lent.credentials(NOMIC).secrets["api_key"].reveal() == "nk-of-the-server"
    assert lent.lacking(NOMIC) is None
    assert lent.credentials(VERTEX).own_machine
    typed = Keyring(values={"vertex": {"project": "a-project"}})
    assert not typed.credentials(VERTEX).own_machine


def test_a_forgotten_key_is_gone_wherever_it_is_still_held():
    ring = Keyring()
    ring.give("nomic", API_KEY, CANARY)
    held = ring.credentials(NOMIC)
    ring.forget_all()
    assert not held.secrets["api_key"].known
    assert not ring.any_typed
    with pytest.raises(MissingCredentials):
        ring.credentials(NOMIC)


def test_a_project_is_kept_and_shown_but_no_secret():
    ring = Keyring()
    project = next(f for f in PROVIDERS["vertex"].info.key_fields if f.name == "project")
    ring.give("vertex", project, "a-project")
    assert ring.values == {"vertex": {"project": "a-project"}}
    assert not ring.any_typed
