"""Stand-ins for hosted providers, in a process of their own, with a fixed latency."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

_ROOT = Path(__file__).parents[1]


@contextmanager
def stand_ins(*names: str, latency: float) -> Iterator[dict[str, str]]:
    """Serve the named stand-ins with the documented limits; give their addresses by name."""
    process = subprocess.Popen(  # noqa: S603 - our own words only
        [sys.executable, "-m", "stand_ins", *names, "--latency", str(latency), "--limits"],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.communicate()


def calls_at(address: str) -> int:
    """Return how many calls a stand-in has had."""
    return int(requests.get(f"{address}/__calls", timeout=5).json()["count"])
