"""The Google login of this machine: looked up late, renewed once, shown nowhere."""

import json
import sys
import traceback
from types import SimpleNamespace

import pytest
import requests

from providers.check import check
from providers.connection import connect
from providers.errors import (
    MissingCredentials,
    ProviderFailed,
    UnusableCredential,
)
from providers.failure_kind import Action, FailureKind
from providers.hosted.google_login import ApplicationDefault
from providers.hosted.vertex import VERTEX
from providers.transport.call_context import CallContext
from providers.transport.credentials import find_credentials
from stand_ins.faults import Garbage, Reset, Status
from stand_ins.google import error_body
from stand_ins.refused import refused_address
from stand_ins.vertex import VertexStandIn
from tests.providers.hosted.asking import IMPATIENT, answers_of, text
from tests.providers.hosted.google_tokens import GoogleTokensStandIn

FILE = "GOOGLE_APPLICATION_CREDENTIALS"


@pytest.fixture(autouse=True)
def _no_login_of_its_own(monkeypatch, tmp_path):
    """Keep the logins of the machine that tests, and its metadata server, out of it."""
    for name in (
        FILE,
        "GOOGLE_CLOUD_PROJECT",
        "GOOGLE_CLOUD_QUOTA_PROJECT",
        "GOOGLE_CLOUD_LOCATION",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path / "gcloud"))
    monkeypatch.setenv("NO_GCE_CHECK", "true")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture(scope="module")
def _service():
    with GoogleTokensStandIn() as running:
        yield running


@pytest.fixture
def tokens(_service):
    """The token service; it begins at token-1."""
    _service.minted = 0
    _service.forget()
    _service.behave()
    return _service


@pytest.fixture
def server():
    with VertexStandIn(key="token-1") as running:
        yield running


@pytest.fixture
def log_in(monkeypatch, tmp_path, tokens):
    """Write a service account's key file and name it; fields of it may be others."""

    def write(**changes):
        path = tmp_path / "service-account.json"
        path.write_text(json.dumps({**tokens.service_account(), **changes}), encoding="utf-8")
        monkeypatch.setenv(FILE, str(path))
        return path

    return write


@pytest.fixture
def refused():
    """An address at which nobody listens, nor will."""
    with refused_address() as address:
        yield address


@pytest.fixture
def connection(server):
    """A connection to Vertex AI with nothing given but the project."""
    return connect("vertex", project="a-project", base_url=server.address, dimension=128)


def sent_with(authorization):
    """Return the headers of a request to which the authorization has added itself."""
    request = requests.Request("POST", "http://127.0.0.1/").prepare()
    return authorization(request).headers


def raised_by(authorization):
    with pytest.raises(ProviderFailed) as caught:
        sent_with(authorization)
    return caught.value


def test_a_service_account_gets_one_token_for_many_calls(log_in, tokens, server, connection):
    log_in()
    assert connection.embed_texts(["a kite", "a cat", "a hat"]).shape == (3, 128)
    assert {call.bearer for call in server.received} == {"token-1"}
    assert not any("X-Goog-User-Project" in call.headers for call in server.received)
    assert tokens.minted == 1


def test_a_token_that_has_run_out_is_renewed_once_and_the_call_succeeds(
    log_in, tokens, server, connection
):
    log_in()
    server.key, server.expired = "token-2", {"token-1"}
    assert connection.embed_texts(["a kite"]).shape == (1, 128)
    assert [call.bearer for call in server.received] == ["token-1", "token-2"]
    assert tokens.minted == 2


def test_eight_calls_at_once_with_a_token_that_has_run_out_renew_it_once(
    log_in, tokens, server, connection
):
    log_in()
    server.key, server.expired = "token-2", {"token-1"}

    def once_all_are_there(proceed, stopping):
        server.wait_for(lambda it: it.most_concurrent == 8)
        return proceed()

    server.misbehave(once_all_are_there, times=8)
    assert connection.embed_texts([f"word {n}" for n in range(8)]).shape == (8, 128)
    assert [call.bearer for call in server.received] == ["token-1"] * 8 + ["token-2"] * 8
    assert tokens.minted == 2


def test_a_token_that_is_refused_after_its_renewal_too_ends_it(log_in, tokens, server, connection):
    log_in()
    server.key = "another"
    with pytest.raises(ProviderFailed, match="gcloud auth print-access-token"):
        connection.embed_texts(["a kite"])
    assert tokens.minted == len(server.received) == 2


def test_the_project_that_pays_is_named_where_the_login_has_one(
    log_in, server, connection, monkeypatch
):
    log_in()
    monkeypatch.setenv("GOOGLE_CLOUD_QUOTA_PROJECT", "payer-1")
    connection.embed_texts(["a kite"])
    assert server.received[0].headers["X-Goog-User-Project"] == "payer-1"


def test_a_token_is_used_for_55_minutes_at_most(log_in, tokens):
    log_in()
    now = [1000.0]
    login = ApplicationDefault("Google", clock=lambda: now[0])
    assert sent_with(login)["Authorization"] == "Bearer token-1"
    now[0] += 55 * 60 - 1
    assert sent_with(login)["Authorization"] == "Bearer token-1"
    now[0] += 1
    assert sent_with(login)["Authorization"] == "Bearer token-2"


def access_to(server):
    """Return an access with nothing given but the project."""
    found = find_credentials(VERTEX.info, {"project": "a-project"})
    return CallContext(found, server.address, retry_policy=IMPATIENT)


@pytest.mark.parametrize(
    ("fault", "times"),
    [(Reset(), 1), (Status(503, {"error": "unavailable"}), 3)],  # google-auth itself asks thrice
    ids=["cut", "overloaded"],
)
def test_a_passing_trouble_of_the_token_service_costs_a_wait_and_not_the_run(
    log_in, tokens, server, monkeypatch, fault, times
):
    no_wait = SimpleNamespace(sleep=lambda seconds: None)
    monkeypatch.setattr("google.auth._exponential_backoff.time", no_wait)
    log_in()
    tokens.misbehave(fault, times=times)
    embedder = VERTEX.embedder(VERTEX.info.setup(), access_to(server))
    (vector,) = answers_of(embedder, text("a kite")).values()
    assert vector.shape == (1408,)
    assert len(tokens.received) == times + 1


def test_a_check_without_any_login_says_that_there_is_no_key(server):
    found = check(VERTEX, VERTEX.info.setup(), access_to(server))
    assert (found.kind, found.headline) == (FailureKind.NO_KEY, "There is no key yet.")
    assert "gcloud auth application-default login" in found.details


def test_a_check_that_does_not_reach_the_token_service_does_not_blame_the_key(
    log_in, refused, server
):
    log_in(token_uri=f"{refused}/token")
    found = check(VERTEX, VERTEX.info.setup(), access_to(server))
    assert (found.kind, found.headline) == (FailureKind.NETWORK, "The provider cannot be reached.")
    assert "access tokens cannot be reached" in found.details


def test_nothing_is_looked_up_before_something_is_sent(log_in, tokens, connection):
    log_in()
    ApplicationDefault("Google")
    assert tokens.minted == 0


def test_without_any_login_nothing_is_sent_and_the_ways_to_one_are_told(server, connection):
    with pytest.raises(MissingCredentials) as caught:
        connection.embed_texts(["a kite"])
    assert "gcloud auth application-default login" in str(caught.value)
    assert "gcloud auth print-access-token" in str(caught.value)
    assert "gcloud auth" in caught.value.advice
    assert server.received == []
    assert isinstance(raised_by(ApplicationDefault("Google")), MissingCredentials)


def test_without_google_auth_the_command_that_installs_it_is_told(connection, monkeypatch):
    monkeypatch.setitem(sys.modules, "google.auth", None)
    with pytest.raises(ProviderFailed, match="pip install google-auth"):
        connection.embed_texts(["a kite"])
    assert isinstance(raised_by(ApplicationDefault("Google")), MissingCredentials)


@pytest.mark.parametrize("content", [None, "no JSON", "{}", '{"type": "service_account"}'])
def test_a_file_that_cannot_be_read_counts_as_no_login(log_in, content):
    path = log_in()
    path.unlink()
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert isinstance(raised_by(ApplicationDefault("Google")), MissingCredentials)


@pytest.mark.parametrize(
    "fault",
    [
        Status(400, {"error": "invalid_grant", "error_description": "token-1 was revoked"}),
        Status(200, {"no": "token"}),
        Garbage(),
    ],
    ids=["revoked", "no token", "no JSON"],
)
def test_a_login_that_gets_no_token_is_told_in_plain_words(log_in, tokens, fault):
    log_in()
    tokens.misbehave(fault, times=None)
    problem = raised_by(ApplicationDefault("Google"))
    assert isinstance(problem, UnusableCredential)
    assert "gcloud auth application-default login" in str(problem)


def test_a_token_service_that_cannot_be_reached_is_no_fault_of_the_login(log_in, refused):
    log_in(token_uri=f"{refused}/token")
    problem = raised_by(ApplicationDefault("Google"))
    assert (problem.kind, problem.action) == (FailureKind.NETWORK, Action.RETRY_ONCE)
    assert "cannot be reached" in problem.reason


def test_after_a_failure_the_login_is_looked_up_anew(log_in, server, connection):
    with pytest.raises(ProviderFailed):
        connection.embed_texts(["a kite"])
    log_in()
    assert connection.embed_texts(["a kite"]).shape == (1, 128)


def test_no_exception_carries_what_google_auth_said(log_in, tokens):
    log_in()
    tokens.misbehave(Status(400, {"error": "invalid_grant", "error_description": "s3cret"}))
    problem = raised_by(ApplicationDefault("Google"))
    assert problem.__cause__ is None
    assert problem.__context__ is None
    assert "s3cret" not in "".join(traceback.format_exception(problem))


def test_the_token_shows_neither_in_the_object_nor_in_an_error(log_in, server, connection):
    log_in()
    server.misbehave(Status(403, error_body(403, "token-1 may not.", "IAM_PERMISSION_DENIED")))
    with pytest.raises(ProviderFailed) as caught:
        connection.embed_texts(["a kite"])
    assert "*** may not" in str(caught.value)
    assert "token-1" not in repr(connection.calls.calls)
    login = ApplicationDefault("Google")
    sent_with(login)
    assert "token-" not in repr(login)
    assert login.hidden_in("a token-2 b") == "a *** b"


def test_the_token_before_is_hidden_too_after_a_renewal(log_in, tokens):
    log_in()
    login = ApplicationDefault("Google")
    sent_with(login)
    login.renew()
    sent_with(login)
    assert login.hidden_in("token-1 token-2") == "*** ***"


@pytest.mark.parametrize(
    ("options", "allowed"),
    [
        ({}, True),
        ({"environment": {}}, False),
        ({"environment": {}, "own_machine": True}, True),
        ({"own_machine": False}, False),
    ],
    ids=str,
)
def test_a_server_does_not_lend_its_login_unless_it_says_so(options, allowed):
    found = find_credentials(VERTEX.info, {"project": "a-project"}, **options)
    assert found.own_machine is allowed
    if allowed:
        assert isinstance(VERTEX.api.authorization(found), ApplicationDefault)
    else:
        with pytest.raises(MissingCredentials, match="gcloud auth print-access-token"):
            VERTEX.embedder(VERTEX.info.setup(), CallContext(found))


def test_a_token_that_was_given_comes_before_the_login(log_in, tokens, server):
    log_in()
    given = {"project": "a-project", "access_token": "token-1"}
    context = CallContext(
        find_credentials(VERTEX.info, given), server.address, retry_policy=IMPATIENT
    )
    answers_of(VERTEX.embedder(VERTEX.info.setup(), context), text("a kite"))
    assert tokens.minted == 0
