"""The guard that the offline journey relies on really guards."""

import os
import socket
import subprocess
import sys

import pytest

from tests.browser.app_server import loopback_only_environment

CONNECT = "socket.create_connection(({host!r}, {port}), timeout=5).close()"


@pytest.fixture
def guarded(tmp_path):
    """Run a line of Python under the guard; give its standard error and the refused attempts."""
    attempts = tmp_path / "attempts.txt"
    attempts.touch()

    def run(line):
        done = subprocess.run(
            [sys.executable, "-c", f"import socket; {line}"],
            env=os.environ | loopback_only_environment(attempts),
            capture_output=True,
            text=True,
        )
        return done.stderr, attempts.read_text(encoding="utf-8").splitlines()

    return run


def test_a_connection_to_this_machine_is_made(guarded):
    with socket.create_server(("127.0.0.1", 0)) as server:
        errors, attempts = guarded(CONNECT.format(host="localhost", port=server.getsockname()[1]))
    assert errors == ""
    assert attempts == []


@pytest.mark.parametrize(
    ("line", "attempt"),
    [
        (
            CONNECT.format(host="192.0.2.1", port=443),
            "socket.getaddrinfo '192.0.2.1'",
        ),
        (
            "socket.socket().connect(('192.0.2.1', 443))",
            "socket.connect ('192.0.2.1', 443)",
        ),
        (
            "socket.socket().connect_ex(('192.0.2.1', 443))",
            "socket.connect ('192.0.2.1', 443)",
        ),
        (
            "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
            "socket.sendto ('192.0.2.1', 53)",
        ),
        (
            "socket.getaddrinfo('example.invalid', 443)",
            "socket.getaddrinfo 'example.invalid'",
        ),
        (
            "socket.gethostbyname('example.invalid')",
            "socket.gethostbyname 'example.invalid'",
        ),
        (
            "import urllib.request; urllib.request.urlopen('https://example.invalid')",
            "socket.getaddrinfo 'example.invalid'",
        ),
    ],
)
def test_what_goes_beyond_this_machine_is_refused_and_written_down(guarded, line, attempt):
    errors, attempts = guarded(line)
    assert "Refused, because it is beyond this machine" in errors
    assert attempts == [attempt]
