"""The keys of one session: who sees them, and how they go."""

import pytest

from providers.errors import MissingCredentials
from providers.registry import PROVIDERS
from ui.state import keyring as keys
from ui.state.keyring import LEND_VARIABLE, Keyring, server_lends

NOMIC = PROVIDERS["nomic"].info
(API_KEY,) = NOMIC.key_fields
CANARY = "nk-canary-of-this-test"


@pytest.fixture
def bound_to(monkeypatch):
    """Say at which address the server listens."""

    def bind(address):
        monkeypatch.setattr(keys.st, "get_option", {"server.address": address}.get)

    return bind


def test_a_typed_key_comes_before_that_of_the_environment(bound_to, monkeypatch):
    bound_to("localhost")
    monkeypatch.setenv("NOMIC_API_KEY", "nk-of-the-server")
    ring = Keyring()
    assert "NOMIC_API_KEY" in ring.origins(NOMIC)["api_key"]
    ring.give("nomic", API_KEY, f"  {CANARY}\n")
    assert ring.origins(NOMIC) == {"api_key": "typed here"}
    assert ring.credentials(NOMIC).secrets["api_key"].reveal() == CANARY
    assert CANARY not in repr(ring)


@pytest.mark.parametrize("address", ["0.0.0.0", "", "192.0.2.7"])
def test_a_server_for_others_keeps_its_own_keys_unless_told_to_lend_them(
    bound_to, monkeypatch, address
):
    bound_to(address)
    monkeypatch.delenv(LEND_VARIABLE, raising=False)
    monkeypatch.setenv("NOMIC_API_KEY", "nk-of-the-server")
    with pytest.raises(MissingCredentials):
        Keyring().credentials(NOMIC)
    assert not server_lends()
    assert Keyring().origins(NOMIC) == {}
    assert Keyring().lacking(NOMIC) == "The API key is missing."
    monkeypatch.setenv(LEND_VARIABLE, "yes")
    assert Keyring().credentials(NOMIC).secrets["api_key"].reveal() == "nk-of-the-server"
    assert Keyring().lacking(NOMIC) is None


def test_a_forgotten_key_is_gone_wherever_it_is_still_held(bound_to):
    bound_to("0.0.0.0")
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
