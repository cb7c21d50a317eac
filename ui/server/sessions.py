"""The sessions of the whole server: how many there may be, what they hold, and when they end."""

import gc
import hashlib
import hmac
import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit import runtime

from ui.server.garbage import FROZEN, FrozenObjects
from ui.server.shutdown import end_with_the_server
from ui.state.session import Session
from ui.state.undo import bytes_of, distinct

SESSIONS_VARIABLE = "SHARED_SPACE_MAX_SESSIONS"
"""Environment variable: how many sessions there may be at a time."""
KEPT_VARIABLE = "SHARED_SPACE_MAX_KEPT_GB"
"""Environment variable: how many GB the pictures and vectors of all sessions may take together."""
RETENTION_VARIABLE = "SHARED_SPACE_RETENTION_MINUTES"
"""Environment variable: how long a session is held after its browser is gone."""
MAX_SESSIONS = 100
MAX_KEPT_GB = 4.0
"""So that a machine with 8 GB still has room for the server itself and its caches."""

RETENTION_MINUTES = 30.0
KEY_RETENTION = 120.0
"""Seconds for which keys and runs live on after a browser is gone."""

SWEEP_SECONDS = 10.0
_CLOSING_SECONDS = 2.0
"""So long a page that was reloaded may take to end its old connection."""


@dataclass
class _Visit:
    """A session, how often the server had frozen when it came, and since when nobody is there.

    `token`: the digest of what its tab has to say after a reload. `without_keys`: whether its keys
    and its run have been let go, as nobody has been there for some time.
    """

    session: Session
    freezes_before: int
    left: float | None = None
    token: bytes = b""
    without_keys: bool = False


class ServerSessions:
    """All sessions of this process, by Streamlit's id. Safe with many threads.

    A session whose browser has been gone for `key_retention` seconds gives up its keys and its
    run; after `retention` it ends, and gives up its pictures and its vectors, too, whoever still
    holds the object. Until then a tab that knows its token can take it over.
    """

    def __init__(
        self,
        limit: int,
        max_kept_bytes: int,
        retention: float,
        is_active: Callable[[str], bool],
        clock: Callable[[], float] = time.monotonic,
        frozen: FrozenObjects = FROZEN,
        key_retention: float = KEY_RETENTION,
    ) -> None:
        self.limit, self.max_kept_bytes = limit, max_kept_bytes
        self.retention, self.key_retention = retention, min(retention, key_retention)
        self._is_active, self._clock, self._frozen = is_active, clock, frozen
        self._visits: dict[str, _Visit] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._visits)

    def admit(self, session_id: str, session: Session) -> bool:
        """Return whether there is room for a session; who is in stays in.

        On a full server whose browser has been gone for longest gives way, at the next sweep: by
        then whoever reloads a page has taken over what was there before.
        """
        with self._lock:
            known = self._visits.get(session_id)
            if known is not None and known.session is session:
                return True
            if known is None and len(self._visits) - len(self._gone()) >= self.limit:
                return False
            token = known.token if known is not None else b""
            self._visits[session_id] = _Visit(session, self._frozen.freezes, token=token)
        return True

    def _gone(self) -> list[str]:
        """Return the ids of the sessions whose browser is gone, that of the longest time first."""
        now = self._clock()
        away = {
            id_: now if visit.left is None else visit.left
            for id_, visit in self._visits.items()
            if not self._is_active(id_)
        }
        return sorted(away, key=away.__getitem__)

    def make_room(self) -> bool:
        """End the session whose browser has been gone for longest; return whether there was one."""
        with self._lock:
            longest = self._gone()[:1]
        self._end(longest)
        return bool(longest)

    def give_token(self, session_id: str, token: str) -> None:
        """Let a tab take over this session that knows the token, and none that knows a former."""
        with self._lock:
            visit = self._visits.get(session_id)
            if visit is not None:
                visit.token = _digest(token)

    def take_over(self, token: str, session_id: str, reloaded: bool) -> Session | None:
        """Return what the tab with this token had, for the session that it is now.

        It is the session itself once its browser has gone, which then belongs to nobody else, and
        a copy while it is there: then the tab was duplicated. `reloaded`: the tab says that its
        page has just ended, so the old connection is about to. None for an unknown token.
        """
        owner = self._owner_of(token)
        end = time.monotonic() + (_CLOSING_SECONDS if reloaded else 0.0)
        while owner and self._is_active(owner) and time.monotonic() < end:
            time.sleep(0.05)  # polling: Streamlit tells nobody of an end
        with self._lock:
            visit = self._visits.get(owner)
            if visit is None or owner == session_id or visit.token != _digest(token):
                return None
            if self._is_active(owner):
                return visit.session.copied()
            del self._visits[owner]
            # Under the lock, so that no other tab finds it, too.
            visit.session.owner = session_id
            self._visits[session_id] = _Visit(visit.session, visit.freezes_before)
        return visit.session

    def _owner_of(self, token: str) -> str:
        wanted = _digest(token)
        with self._lock:
            owners = (
                id_
                for id_, visit in self._visits.items()
                if visit.token and hmac.compare_digest(visit.token, wanted)
            )
            return next(owners, "")

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
        """Let go what is held for browsers that are gone, and free it."""
        now = self._clock()
        with self._lock:
            away = {id_: self._seconds_away(id_, v, now) for id_, v in self._visits.items()}
            over = [id_ for id_, seconds in away.items() if seconds >= self.retention]
            surplus = len(self._visits) - len(over) - self.limit
            over += [id_ for id_ in self._gone() if id_ not in over][: max(0, surplus)]
            keyed = [
                visit.session
                for id_, visit in self._visits.items()
                if id_ not in over and self._gives_up_keys(visit, away[id_])
            ]
        for session in keyed:
            session.forget_keys()
        if self._end(over):
            self._frozen.freeze()

    def _gives_up_keys(self, visit: _Visit, seconds: float) -> bool:
        """Return whether a session gives up its keys now, which it does once."""
        due = seconds >= self.key_retention
        before, visit.without_keys = visit.without_keys, due
        return due and not before

    def _seconds_away(self, session_id: str, visit: _Visit, now: float) -> float:
        """Return how long ago the browser was last there; -1 while it is."""
        if self._is_active(session_id):
            visit.left = None
            return -1.0
        if visit.left is None:
            visit.left = now
        return now - visit.left

    def _end(self, session_ids: Sequence[str]) -> bool:
        """End these sessions; return whether one of them has lived through a freeze."""
        with self._lock:
            found = (self._visits.pop(session_id, None) for session_id in session_ids)
            ended = [visit for visit in found if visit is not None]
        for visit in ended:
            visit.session.end()
        return any(visit.freezes_before < self._frozen.freezes for visit in ended)


@st.cache_resource(show_spinner=False)
def server_sessions() -> ServerSessions:
    """Return the sessions of this process, which are swept from now on."""
    sessions = ServerSessions(
        int(_number(SESSIONS_VARIABLE, MAX_SESSIONS)),
        int(_number(KEPT_VARIABLE, MAX_KEPT_GB) * 1e9),
        60.0 * _number(RETENTION_VARIABLE, RETENTION_MINUTES),
        _is_active,
    )
    threading.Thread(target=_sweep, args=(sessions,), name="session sweep", daemon=True).start()
    end_with_the_server(sessions.stop_runs)
    return sessions


def _is_active(session_id: str) -> bool:
    # Without a server, as in a page's own test, whoever is there stays.
    return not runtime.exists() or runtime.get_instance().is_active_session(session_id)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


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
