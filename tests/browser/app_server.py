"""The app as a user starts it, in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from providers.embedding.cache import CACHE_VARIABLE
from tests.browser.loopback_only import ATTEMPTS_VARIABLE
from tests.surroundings import OF_HOSTED_PROVIDERS

ROOT = Path(__file__).parents[2]
LOOPBACK_ONLY = Path(__file__).parent / "loopback_only"

# With one of these set, a library may keep quiet about the user only because it is being tested.
_SIGNS_OF_A_TEST = frozenset(
    [
        "APPVEYOR",
        "BITBUCKET_BUILD_NUMBER",
        "BUILDKITE",
        "CI",
        "CIRCLECI",
        "CODEBUILD_BUILD_ID",
        "GITHUB_ACTIONS",
        "GITLAB_CI",
        "JENKINS_URL",
        "ORT_DISABLE_TELEMETRY",
        "ORT_RUNNING_UNIT_TESTS",
        "TEAMCITY_VERSION",
        "TF_BUILD",
        "TRAVIS",
    ]
)
# Where programs keep what belongs to a user.
_HOMES = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "LOCALAPPDATA", "APPDATA")

_NOTHING: Mapping[str, str] = MappingProxyType({})

_STARTED_WITHIN = 120.0  # seconds
_STOPPED_WITHIN = 3.0  # seconds


class AppServer:
    """The app's server, with an empty cache of its own, from `with` to the end of the block.

    Its Python can reach nothing but this machine, and `refused_attempts` says what it tried.
    Compiled libraries do not ask Python; so this server has a home of its own, and `left_at_home`
    names whatever one of them wrote there, such as an identifier.
    It knows no provider's key and address but those in `environment`.
    """

    def __init__(self, environment: Mapping[str, str] = _NOTHING) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="shared-space-test-")
        self._log_path = Path(self._folder.name, "server.log")
        self._attempts_path = Path(self._folder.name, "attempts.txt")
        self._attempts_path.touch()
        self._home = Path(self._folder.name, "home")
        self._home.mkdir()
        self._port = _free_port()
        self._environment = os.environ | {CACHE_VARIABLE: str(Path(self._folder.name, "cache"))}
        for name in (OF_HOSTED_PROVIDERS | _SIGNS_OF_A_TEST) & self._environment.keys():
            del self._environment[name]
        self._environment |= dict.fromkeys(_HOMES, str(self._home))
        self._environment |= loopback_only_environment(self._attempts_path)
        self._environment |= environment

    @property
    def address(self) -> str:
        """Where the app is, without a slash at the end."""
        return f"http://localhost:{self._port}"

    @property
    def log(self) -> str:
        """What the server has written so far."""
        return self._log_path.read_text(encoding="utf-8", errors="replace")

    @property
    def refused_attempts(self) -> list[str]:
        """The connections and name look-ups beyond this machine that were refused."""
        return self._attempts_path.read_text(encoding="utf-8").splitlines()

    @property
    def left_at_home(self) -> list[str]:
        """The files that the server, or a library in it, has written into its user's home."""
        return sorted(str(p.relative_to(self._home)) for p in self._home.rglob("*") if p.is_file())

    def assert_kept_to_itself(self) -> None:
        """See that it tried to reach nothing, and left nothing behind."""
        assert self.refused_attempts == [], self.refused_attempts
        assert self.left_at_home == [], self.left_at_home

    def __enter__(self) -> "AppServer":
        with self._log_path.open("wb") as log:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "streamlit",
                    "run",
                    "app.py",
                    "--server.port",
                    str(self._port),
                ],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            self._wait_until_healthy()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def _wait_until_healthy(self) -> None:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        end = time.monotonic() + _STARTED_WITHIN
        while time.monotonic() < end and self._process.poll() is None:
            try:
                with opener.open(f"{self.address}/_stcore/health", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)  # polling: a server does not tell when it is up
        raise AssertionError(f"The app did not start. Its log:\n{self.log}")

    def _stop(self) -> None:
        self._signal(signal.SIGTERM)
        try:
            self._process.wait(_STOPPED_WITHIN)
        except subprocess.TimeoutExpired:
            self._signal(getattr(signal, "SIGKILL", signal.SIGTERM))
            self._process.wait()
        self._folder.cleanup()

    def _signal(self, number: int) -> None:
        """Send a signal to the server and all that it started."""
        if self._process.poll() is not None:
            return
        if hasattr(os, "killpg"):
            os.killpg(self._process.pid, number)
        else:
            self._process.terminate()


def loopback_only_environment(attempts: Path) -> dict[str, str]:
    """Return what a Python process needs in its environment to reach nothing but this machine."""
    paths = (str(LOOPBACK_ONLY), os.environ.get("PYTHONPATH", ""))
    return {
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        ATTEMPTS_VARIABLE: str(attempts),
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
