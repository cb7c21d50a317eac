"""One request over a real socket: what is sent, what is not followed, and how long it may take."""

import socket
import threading

import pytest

from providers.failure_kind import Action, FailureKind
from providers.transport import http as http_module
from providers.transport.call_context import RetryPolicy
from providers.transport.credentials import HeaderKey, Secret
from providers.transport.failure import Failure
from providers.transport.http import Answer, Http
from providers.transport.request import PictureData, Request
from stand_ins.faults import Redirect, Reset, Slow, Status, Truncated
from stand_ins.nomic import NomicStandIn
from stand_ins.refused import refused_address
from tests.providers.hosted.asking import picture

KEY = HeaderKey("Authorization", "Bearer ", Secret("a-key"))
TEXTS = Request("/v1/embedding/text", json={"texts": ["a kite"]})
QUICK = RetryPolicy(connect=2.0, read=5.0, whole=5.0)


@pytest.fixture
def nomic():
    with NomicStandIn(key="a-key") as stand_in:
        yield stand_in


def send(stand_in, request=TEXTS, retry_policy=QUICK):
    http = Http(stand_in.address, 2, retry_policy)
    try:
        return http.send(request, KEY)
    finally:
        http.close()


class Raw:
    """A server that says what it is told to, byte for byte, bit by bit."""

    def __init__(self, *pieces, pause=0.0):
        self._pieces, self._pause, self._over = pieces, pause, threading.Event()

    def __enter__(self):
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._socket.close()
        self._thread.join(10)

    def _serve(self):
        connection, _ = self._socket.accept()
        with connection:
            connection.recv(65536)
            for piece in self._pieces:
                try:
                    connection.sendall(piece)
                except OSError:
                    return  # the other side has had enough
                if self._over.wait(self._pause):
                    return


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def test_json_is_posted_with_its_type_and_the_key(nomic):
    answer = send(nomic)
    (call,) = nomic.received
    assert (call.method, call.path, call.query) == ("POST", "/v1/embedding/text", {})
    assert call.headers["Content-Type"] == "application/json"
    assert call.headers["Accept"] == "application/json"
    assert call.headers["User-Agent"] == "shared-space"
    assert (call.bearer, call.json) == ("a-key", {"texts": ["a kite"]})
    assert (answer.status, answer.sent_bytes) == (200, len(call.body))
    assert answer.seconds > 0


def test_a_form_is_posted_with_file_names_and_a_boundary(nomic):
    parts = (("model", "nomic-embed-vision-v1.5"), ("images", PictureData(picture("red"))))
    answer = send(nomic, Request("/v1/embedding/image", parts=parts))
    (call,) = nomic.received
    assert answer.status == 200
    assert [(p.name, p.filename, p.content_type) for p in call.parts] == [
        ("model", None, None),
        ("images", "picture-1.jpg", "image/jpeg"),
    ]
    assert call.parts[1].data == picture("red").jpeg


def test_a_header_of_the_request_goes_along(nomic):
    send(nomic, Request("/v1/embedding/text", json={}, headers={"X-Model": "m"}))
    assert nomic.received[0].headers["X-Model"] == "m"


def test_a_connection_is_used_again_and_cookies_are_not_kept(nomic):
    nomic.misbehave(Status(200, {}, {"Set-Cookie": "who=me; Path=/"}))
    http = Http(nomic.address, 2, QUICK)
    http.send(TEXTS, KEY)
    http.send(TEXTS, KEY)
    http.close()
    assert "Cookie" not in nomic.received[1].headers


def test_header_names_are_found_in_any_case(nomic):
    nomic.misbehave(Status(429, {}, {"RETRY-AFTER": "7"}))
    assert send(nomic).headers.get("retry-after") == "7"


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "target",
    ["{}/elsewhere", "/elsewhere", "", "http://[", "http://%zz", "ftp://x", "//", "http://*.x"],
)
def test_a_redirect_of_any_kind_is_an_answer_and_never_followed(nomic, code, target):
    with NomicStandIn() as other:
        nomic.misbehave(Redirect(target.format(other.address), code))
        answer = send(nomic)
        assert isinstance(answer, Answer)
        assert answer.status == code
        assert other.received == []
    assert len(nomic.received) == 1


def test_with_a_key_that_was_forgotten_nothing_is_sent(nomic):
    secret = Secret("a-key")
    secret.forget()
    failure = Http(nomic.address, 1, QUICK).send(TEXTS, HeaderKey("X-Key", "", secret))
    assert (failure.kind, failure.action) == (FailureKind.NO_KEY, Action.ABORT)
    assert "was forgotten" in failure.reason
    assert nomic.received == []


def test_a_connection_that_is_refused_cannot_be_reached():
    with refused_address() as address:
        failure = Http(address, 1, QUICK).send(TEXTS, KEY)
    assert (failure.kind, failure.action) == (FailureKind.NETWORK, Action.RETRY_ONCE)
    assert "cannot be reached" in failure.reason


def test_a_host_that_nobody_knows_cannot_be_reached(monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    failure = Http("https://nobody.example.org", 1, QUICK).send(TEXTS, KEY)
    assert "cannot be reached" in failure.reason


@pytest.mark.parametrize("fault", [Reset(), Truncated()])
def test_a_connection_that_breaks_off_is_waited_for(nomic, fault):
    nomic.misbehave(fault)
    failure = send(nomic)
    assert (failure.kind, failure.action) == (FailureKind.NETWORK, Action.RETRY)
    assert "broke off" in failure.reason


def test_no_answer_in_time_is_waited_for_and_a_large_call_is_split(nomic):
    nomic.misbehave(Slow(60))  # until the stand-in stops
    failure = send(nomic, retry_policy=RetryPolicy(read=0.05))
    assert (failure.action, failure.split_first) == (Action.RETRY, True)
    assert "in time" in failure.reason


def test_an_answer_that_stops_half_way_is_too_slow():
    with Raw(HEAD + b"Content-Length: 100\r\n\r\n[1", b" ", pause=60) as server:
        failure = send(server, retry_policy=RetryPolicy(read=0.05))
    assert "in time" in failure.reason


@pytest.mark.parametrize("length", [b"Content-Length: 100000\r\n\r\n", b"\r\n"])
def test_an_answer_that_trickles_is_given_up_when_its_time_is_over(length):
    with Raw(HEAD + length, *[b" "] * 400, pause=0.02) as server:
        failure = send(server, retry_policy=RetryPolicy(read=5.0, whole=0.1))
    assert isinstance(failure, Failure)
    assert "in time" in failure.reason


def test_an_answer_without_end_is_given_up(monkeypatch):
    monkeypatch.setattr(http_module, "_MOST_BYTES", 10_000)
    with Raw(HEAD + b"\r\n", *[b" " * 5000] * 10) as server:
        failure = send(server)
    assert (failure.kind, failure.action) == (FailureKind.ANSWER, Action.ABORT)


@pytest.mark.parametrize(
    "said",
    [
        b"\x16\x03\x01 this is no HTTP\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        HEAD + b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\njunk",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\njunk\r\n",
        b"",
    ],
)
def test_whatever_is_said_on_the_wire_ends_in_a_failure(said):
    with Raw(said) as server:
        failure = send(server)
    assert isinstance(failure, Failure)
    assert failure.action is Action.RETRY
