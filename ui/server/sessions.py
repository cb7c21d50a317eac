"""The sessions of the whole server: how many there may be, what they hold, and when they end."""

import gc
import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui.server.garbage import FROZEN, FrozenObjects
from ui.server.shutdown import end_with_the_server
from ui.state.session import Session
from ui.state.undo import bytes_of, distinct

SESSIONS_VARIABLE = "SHARED_SPACE_MAX_SESSIONS"
"""Environment variable: how many sessions there may be at a time."""
KEPT_VARIABLE = "SHARED_SPACE_MAX_KEPT_GB"
"""Environment variable: how many GB the pictures and vectors of all sessions may take together."""
MAX_SESSIONS = 100
MAX_KEPT_GB = 4.0
"""So that a machine with 8 GB still has room for the server itself and its caches."""

SWEEP_SECONDS = 10.0


@dataclass
class _Visit:
    """A session, how often the server had frozen when it came, and since when nobody is there."""

    session: Session
    freezes_before: int
    left: float | None = None


class ServerSessions:
    """All sessions of this process, by Streamlit's id. Safe with many threads.

    A session ends when its browser has been gone for longer than `retention`, in seconds: then it
    gives up its run, its keys, its pictures and its vectors, whoever still holds the object.
    """

    def __init__(
        self,
        limit: int,
        max_kept_bytes: int,
        retention: float,
        is_active: Callable[[str], bool],
        clock: Callable[[], float] = time.monotonic,
        frozen: FrozenObjects = FROZEN,
    ) -> None:
        self.limit, self.max_kept_bytes, self._retention = limit, max_kept_bytes, retention
        self._is_active, self._clock, self._frozen = is_active, clock, frozen
        self._visits: dict[str, _Visit] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._visits)

    def admit(self, session_id: str, session: Session) -> bool:
        """Return whether there is room for a session; who is in stays in.

        On a full server whose browser has been gone for longest gives way: a class that reloads
        its pages leaves a session behind with each reload.
        """
        with self._lock:
            known = self._visits.get(session_id)
            if known is not None and known.session is session:
                return True
            full = known is None and len(self._visits) >= self.limit
            gone = self._longest_gone() if full else None
            if full and gone is None:
                return False
            given_way = self._visits.pop(gone) if gone is not None else None
            self._visits[session_id] = _Visit(session, self._frozen.freezes)
        if given_way is not None:
            given_way.session.end()
        return True

    def _longest_gone(self) -> str | None:
        """Return the id of the session whose browser has been gone for longest, None for none."""
        now = self._clock()
        away = {
            id_: now if visit.left is None else visit.left
            for id_, visit in self._visits.items()
            if not self._is_active(id_)
        }
        return min(away, key=away.__getitem__, default=None)

    @property
    def kept_bytes(self) -> int:
        """The memory that pictures and vectors of all sessions take, shared pictures once.

        Pictures that only Undo brings back count, too.
        """
        with self._lock:
            sessions = [visit.session for visit in self._visits.values()]
        pictures = distinct(p for session in sessions for p in session.editing.held_pictures)
        vectors = {id(e): e for session in sessions for e in session.embedding.results.values()}
        return bytes_of(pictures) + sum(e.vectors.nbytes for e in vectors.values())

    @property
    def room(self) -> int:
        """How many bytes more all sessions together may keep."""
        return max(0, self.max_kept_bytes - self.kept_bytes)

    def stop_runs(self) -> None:
        """Let no session's run begin a further call."""
        with self._lock:
            sessions = [visit.session for visit in self._visits.values()]
        for session in sessions:
            session.embedding.stop()

    def sweep(self) -> None:
        """End the sessions whose browser is gone, and free what they held."""
        now = self._clock()
        with self._lock:
            over = [id_ for id_, visit in self._visits.items() if self._over(id_, visit, now)]
        if self._end(over):
            self._frozen.freeze()

    def _over(self, session_id: str, visit: _Visit, now: float) -> bool:
        if self._is_active(session_id):
            visit.left = None
        elif visit.left is None:
            visit.left = now
        return visit.left is not None and now - visit.left >= self._retention

    def _end(self, session_ids: Sequence[str]) -> bool:
        """End these sessions; return whether one of them has lived through a freeze."""
        with self._lock:
            ended = [self._visits.pop(session_id) for session_id in session_ids]
        for visit in ended:
            visit.session.end()
        return any(visit.freezes_before < self._frozen.freezes for visit in ended)


@st.cache_resource(show_spinner=False)
def server_sessions() -> ServerSessions:
    """Return the sessions of this process, which are swept from now on."""
    sessions = ServerSessions(
        int(_number(SESSIONS_VARIABLE, MAX_SESSIONS)),
        int(_number(KEPT_VARIABLE, MAX_KEPT_GB) * 1e9),
        float(st.get_option("server.disconnectedSessionTTL")),
        _is_active,
    )
    threading.Thread(target=_sweep, args=(sessions,), name="session sweep", daemon=True).start()
    end_with_the_server(sessions.stop_runs)
    return sessions


def session_id() -> str:
    """Return Streamlit's id of the session whose script is running; "" outside of one."""
    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context is not None else ""


def _is_active(session_id: str) -> bool:
    # Without a server, as in a page's own test, whoever is there stays.
    return not runtime.exists() or runtime.get_instance().is_active_session(session_id)


def _sweep(sessions: ServerSessions) -> None:
    while True:
        time.sleep(SWEEP_SECONDS)
        try:
            sessions.sweep()
        except Exception:
            # The thread's edge: one session that cannot end must not cost the others theirs.
            logging.getLogger(__name__).exception("A session could not be ended.")
        gc.collect()  # in place of Streamlit's own after every rerun, which is switched off


def _number(variable: str, usual: float) -> float:
    """Return what an environment variable says; the usual number where that is none above 0."""
    try:
        given = float(os.environ.get(variable, ""))
    except ValueError:
        return usual
    return given if 0 < given < float("inf") else usual
