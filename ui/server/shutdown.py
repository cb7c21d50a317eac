"""The end of the server: it does not wait for providers that are still being asked.

Python waits at its end for the threads of its pools, and one that asks a provider may have to
wait for minutes. What has arrived by then is in the cache already.
"""

import logging
import os
import sys
import threading
import time
from collections.abc import Callable

from streamlit import runtime
from streamlit.runtime import RuntimeState

GRACE_SECONDS = 2.0
"""So long may answers under way still arrive, and reach the cache."""
_LOOK_SECONDS = 0.25


def end_with_the_server(stop_runs: Callable[[], None]) -> None:
    """From now on, end this process soon after Streamlit has been told to stop.

    `stop_runs`: lets no further call begin.
    """
    if runtime.exists():  # not so in a page's own test
        threading.Thread(target=_watch, args=(stop_runs,), name="shutdown", daemon=True).start()


def _watch(stop_runs: Callable[[], None]) -> None:
    server = runtime.get_instance()
    # Looked for now and then: a handler for the signal would take the place of Streamlit's own.
    while server.state not in (RuntimeState.STOPPING, RuntimeState.STOPPED):
        time.sleep(_LOOK_SECONDS)
    stop_runs()
    time.sleep(GRACE_SECONDS)
    # Whoever had nothing to wait for has ended by now, and this thread with it.
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
