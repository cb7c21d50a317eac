import threading

import pytest

from providers.errors import MissingCredentials, UnusableCredential
from providers.hosted.nomic import NOMIC
from providers.local.provider import MINILM
from providers.transport.base_url import base_url_of, checked_base_url, is_loopback
from providers.transport.call_context import CallContext
from providers.transport.credentials import Credentials, Secret
from providers.transport.process_state import AcceptedCredentials

INFO = NOMIC.info


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://api.example.org", "https://api.example.org"),
        ("https://api.example.org/", "https://api.example.org"),
        ("https://api.example.org:8443", "https://api.example.org:8443"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://127.8.9.10", "http://127.8.9.10"),
        ("http://localhost:8000/", "http://localhost:8000"),
        ("http://nomic.localhost", "http://nomic.localhost"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_scheme_and_host_are_an_address(address, expected):
    assert checked_base_url(INFO, address) == expected


@pytest.mark.parametrize(
    "address",
    [
        "http://api.example.org",
        "http://10.0.0.1",
        "http://192.168.1.2:8000",
        "http://0.0.0.0:8000",
        "http://localhost.example.org",
        "http://127.0.0.1.example.org",
        "http://[::2]",
    ],
)
def test_beyond_this_machine_an_address_has_to_be_https(address):
    with pytest.raises(UnusableCredential, match="not https"):
        checked_base_url(INFO, address)


@pytest.mark.parametrize(
    "address",
    [
        "https://api.example.org/v1",
        "https://api.example.org?key=1",
        "https://api.example.org#top",
        "https://me@api.example.org",
        "https://me:word@api.example.org",
        "https://:word@api.example.org",
        "https://@api.example.org",
        "https://api.example.org\\@elsewhere.example.org",
        "https://api.example .org",
        "https://",
        "https://:443",
        "https://api.example.org:port",
        "https://api.example.org:99999",
        "https://[::1",
        "ftp://api.example.org",
        "file:///etc/passwd",
        "api.example.org",
        "//api.example.org",
        "localhost:8000",
        "",
    ],
)
def test_anything_else_is_no_address(address):
    with pytest.raises(UnusableCredential, match="a scheme and a host"):
        checked_base_url(INFO, address)


def test_a_refused_address_is_not_shown_because_a_login_may_be_in_it():
    with pytest.raises(UnusableCredential) as caught:
        checked_base_url(INFO, "https://me:canary@api.example.org")
    assert "canary" not in str(caught.value)
    assert "NOMIC_BASE_URL" in str(caught.value)


def test_the_environment_moves_the_address():
    environment = {"NOMIC_BASE_URL": " https://elsewhere.example.org/ "}
    assert base_url_of(INFO, environment) == "https://elsewhere.example.org"
    assert base_url_of(INFO, {"NOMIC_BASE_URL": "  "}) is None
    assert base_url_of(INFO, {}) is None


def test_an_embedded_provider_has_no_address():
    assert base_url_of(MINILM.info, {"": "https://elsewhere.example.org"}) is None


def test_the_process_s_own_environment_is_the_one_that_is_asked(monkeypatch):
    monkeypatch.setenv("NOMIC_BASE_URL", "https://elsewhere.example.org")
    assert base_url_of(INFO) == "https://elsewhere.example.org"


@pytest.mark.parametrize("host", ["localhost", "a.localhost", "127.0.0.1", "127.1.2.3", "::1"])
def test_this_machine_is_known_by_its_names(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "0.0.0.0", "example.org", "localhost.org", "10.0.0.1", "::"])
def test_any_other_host_is_elsewhere(host):
    assert not is_loopback(host)


def context(address=None):
    return CallContext(Credentials("nomic", {"api_key": Secret("k")}), address)


def test_an_embedder_asks_where_the_access_says_else_the_provider_itself():
    setup = INFO.setup()
    assert NOMIC.embedder(setup, context()).base_url == "https://api-atlas.nomic.ai"
    moved = NOMIC.embedder(setup, context("https://elsewhere.example.org/"))
    assert moved.base_url == "https://elsewhere.example.org"


def test_an_embedder_refuses_an_address_that_cannot_be_used():
    with pytest.raises(UnusableCredential, match="not https"):
        NOMIC.embedder(INFO.setup(), context("http://elsewhere.example.org"))


def test_without_access_there_is_no_embedder():
    with pytest.raises(MissingCredentials, match="no key yet"):
        NOMIC.embedder(INFO.setup())


def test_the_number_of_calls_at_once_is_the_provider_s_own_unless_told():
    setup, chosen = INFO.setup(), CallContext(context().credentials, concurrency=3)
    assert NOMIC.embedder(setup, context()).concurrency == INFO.concurrency
    assert NOMIC.embedder(setup, chosen).concurrency == 3


def test_accepted_credentials_are_known_by_address_and_fingerprint():
    accepted = AcceptedCredentials()
    accepted.add("https://one.example.org", "me")
    assert ("https://one.example.org", "me") in accepted
    assert ("https://two.example.org", "me") not in accepted
    assert ("https://one.example.org", "you") not in accepted
    accepted.remove("https://one.example.org", "me")
    accepted.remove("https://one.example.org", "never there")
    assert ("https://one.example.org", "me") not in accepted


def test_many_threads_may_accept_at_once():
    accepted = AcceptedCredentials()
    threads = [
        threading.Thread(target=lambda n=n: [accepted.add("a", f"{n}-{i}") for i in range(200)])
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(("a", f"{n}-{i}") in accepted for n in range(4) for i in range(200))
