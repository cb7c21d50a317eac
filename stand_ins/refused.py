"""An address at which nobody listens."""

import contextlib
import socket
from collections.abc import Iterator


@contextlib.contextmanager
def refused_address() -> Iterator[str]:
    """Give an address that refuses connections until the end of the block.

    Its port is bound all the while: a port that is given back may be another server's at once.
    """
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"
