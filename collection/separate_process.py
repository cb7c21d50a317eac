"""A reader of hostile files in a process of its own, with bounds on memory and time.

Readers written in Rust or C++ ask for the memory that a file claims to need. Where that is not
to be had they end the whole process, which no `except` can stop; here it is not the server's.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from types import TracebackType

_PROJECT = Path(__file__).parents[1]

# What Python needs to start and to find its packages. Never the keys of providers.
_ENVIRONMENT = (
    *("PATH", "HOME", "PYTHONHOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"),
    *("SYSTEMROOT", "USERPROFILE", "APPDATA", "TEMP", "TMP"),
)


class SeparateProcess:
    """A module of this project that runs by itself; it is ended when the `with` block is left."""

    def __init__(self, module: str, *arguments: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - this Python and our own module
            [sys.executable, "-P", "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._input, self.output = self._process.stdin, self._process.stdout

    def __enter__(self) -> "SeparateProcess":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        self.output.close()
        with suppress(OSError):
            self._input.close()

    def write(self, data: bytes) -> None:
        """Hand the whole input over; the process must read all of it before it answers."""
        # A process that has ended early is found out where its answer is read.
        with suppress(OSError):
            self._input.write(data)
            self._input.close()

    def ended_well(self) -> bool:
        """Wait for the end; return whether the process itself was content with its work."""
        return self._process.wait() == 0

    @contextmanager
    def at_most(self, seconds: float) -> Iterator[None]:
        """End the process if the block takes longer: what reads its output then goes on."""
        watch = Timer(seconds, self._process.kill)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()


def _environment() -> dict[str, str]:
    inherited = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    paths = [str(_PROJECT), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    # Arrow's other allocators and glibc's arenas reserve far more memory than they use.
    frugal = {"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "1"}
    return {**inherited, **frugal, "PYTHONPATH": os.pathsep.join(paths)}


def limit_memory(most: int) -> None:
    """Let this process have at most so many bytes; does nothing where the system cannot."""
    try:
        import resource
    except ImportError:  # Windows: there a claim beyond all memory still ends this process only
        return
    for kind, bound in ((resource.RLIMIT_AS, most), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (bound, bound))
