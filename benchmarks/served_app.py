"""A Streamlit app in a server process of its own, as `make run` starts it."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_STARTED_WITHIN = 120.0  # seconds
_STOPPED_WITHIN = 10.0  # seconds


@dataclass(frozen=True)
class ServedApp:
    """A running server: its address, and the process."""

    address: str
    _process: "subprocess.Popen[bytes]"

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def wait(self, seconds: float) -> int:
        """Wait for the process to end by itself, and return its code."""
        return self._process.wait(seconds)

    def memory(self) -> float:
        """Return the memory that the process holds, in MB."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) / 1024


@contextmanager
def served(app: Path, **environment: str) -> Iterator[ServedApp]:
    """Start a server for the app, with an empty cache folder of its own; stop it at the end."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as cache, tempfile.TemporaryFile() as output:
        process = subprocess.Popen(  # noqa: S603 (the command is ours)
            [
                *(sys.executable, "-m", "streamlit", "run", str(app)),
                *("--server.address", "127.0.0.1", "--server.port", str(port)),
                *("--server.headless", "true"),
            ],
            cwd=app.parent,
            env={**os.environ, "SHARED_SPACE_CACHE": cache, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(address, process)
            yield ServedApp(address, process)
        finally:
            process.terminate()
            try:
                process.wait(_STOPPED_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _STARTED_WITHIN
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):  # noqa: S310
                return
        except OSError:
            time.sleep(0.1)  # polling: the server says nothing when it begins to listen
    raise RuntimeError("The server did not start.")
