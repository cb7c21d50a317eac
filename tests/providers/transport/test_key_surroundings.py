"""What surrounds a process neither takes the place of a key nor gets to see it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from providers import connect
from providers.errors import ProviderFailed
from stand_ins.faults import Status
from stand_ins.nomic import NomicStandIn
from tests.providers.hosted.all_hosted import HOSTED
from tests.providers.transport.leak_scene import KEY, WATCH

ROOT = Path(__file__).parents[3]
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@pytest.fixture
def other_login(monkeypatch, tmp_path_factory):
    """A .netrc with another login for the same host, wherever it is looked for."""
    home = tmp_path_factory.mktemp("home")
    for file in (home / ".netrc", home / "_netrc"):
        file.write_text("machine 127.0.0.1 login somebody password else\n")
        file.chmod(0o600)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("NETRC", str(home / ".netrc"))


@pytest.mark.parametrize("beyond", [False, True], ids=["this machine", "any other"])
@pytest.mark.parametrize("name", HOSTED)
def test_a_login_in_netrc_never_takes_the_place_of_the_key(
    watched, monkeypatch, other_login, name, beyond
):
    if beyond:  # the environment is read then, as for a provider's own address
        monkeypatch.setattr("providers.transport.http.is_loopback", lambda host: False)
        for variable in (*PROXIES, *map(str.lower, PROXIES)):
            monkeypatch.delenv(variable, raising=False)
    server, calls = watched(HOSTED[name])
    assert all(call.ok for call in calls)
    assert all("Basic" not in str(request.headers.items()) for request in server.received)


@pytest.mark.parametrize("name", HOSTED)
def test_a_proxy_in_the_environment_gets_nothing_that_goes_to_this_machine(
    watched, monkeypatch, name
):
    with NomicStandIn() as proxy:
        for variable in (*PROXIES, *map(str.lower, PROXIES)):
            monkeypatch.setenv(variable, proxy.address)
        for variable in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(variable, raising=False)
        _, calls = watched(HOSTED[name])
        assert proxy.received == []
    assert all(call.ok for call in calls)


def test_a_proxy_that_cannot_be_used_is_named(monkeypatch):
    monkeypatch.setenv("https_proxy", "nonsense://proxy.invalid:1")
    with pytest.raises(ProviderFailed, match="proxy named in the environment"):
        connect("nomic", api_key=KEY).embed_texts(["a kite"])


def test_a_script_with_a_wrong_key_ends_in_one_readable_line(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import os\n"
        "from providers.connection import connect\n"
        "KEY = os.environ['TYPED']\n"
        'connect("nomic", api_key=KEY).embed_texts(["a"])\n'
    )
    with NomicStandIn() as nomic:
        nomic.misbehave(Status(401, {"detail": f"{KEY} is not known"}), times=None)
        done = subprocess.run(
            [sys.executable, str(script)],
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "NOMIC_BASE_URL": nomic.address,
                "TYPED": KEY,
            },
            capture_output=True,
            text=True,
        )
        assert nomic.received[0].bearer == KEY
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("providers.errors.ProviderFailed: Nomic Atlas: The key is wrong")
    assert "*** is not known" in last
    assert done.stderr.count("Traceback") == 1
    assert "During handling" not in done.stderr
    assert "direct cause" not in done.stderr
    WATCH.look("what was printed", done.stdout, done.stderr)
