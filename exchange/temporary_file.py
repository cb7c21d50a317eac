"""Files that are handed on open, and are gone once they are closed."""

import tempfile
from collections.abc import Callable
from io import RawIOBase
from typing import IO


def temporary_file(write: Callable[[IO[bytes]], None]) -> RawIOBase:
    """Return an open temporary file, at its beginning, that holds what `write` writes into it."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - handed on open
    try:
        write(file)
        file.flush()
    except BaseException:
        file.close()
        raise
    raw: RawIOBase = file.detach()
    raw.seek(0)
    return raw
