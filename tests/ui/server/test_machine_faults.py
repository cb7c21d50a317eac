"""A server that is ended or killed, and a connection that is cut, in the middle of a run."""

import asyncio
import os
import signal
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.browser_session import BrowserSession
from benchmarks.served_app import served
from stand_ins import STAND_INS
from stand_ins.faults import Held
from stand_ins.nomic import DIMENSION

APP = Path(__file__).parents[3] / "app.py"
HANGS = 45.0
"""Seconds: well below the 90 for which a call waits for its answer."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


@pytest.fixture
def nomic():
    with STAND_INS["nomic"]() as server:
        yield server


def server_with(nomic, **environment):
    return served(
        APP,
        NOMIC_API_KEY=nomic.key,
        NOMIC_BASE_URL=nomic.address,
        SHARED_SPACE_LEND_KEYS="yes",
        **environment,
    )


async def embed(session):
    await session.open("collection")
    await session.press("Cat and box")
    await session.open("providers")
    await session.tick("Nomic")
    await session.press("Embed")


async def embed_until(address, there):
    """Start a run, and leave the page once `there` holds; returns the session's id."""
    async with BrowserSession(address) as session:
        await embed(session)
        assert await asyncio.to_thread(there)
        assert not session.errors
        session.cut()
        return session.session_id


def pictures(call):
    return call.path == "/v1/embedding/image"


def test_a_server_that_is_told_to_end_does_not_wait_for_a_provider_that_never_answers(nomic):
    held = nomic.misbehave(Held(), times=None)
    with server_with(nomic) as server:
        asyncio.run(embed_until(server.address, lambda: held.reached.wait(HANGS)))
        os.kill(server.pid, signal.SIGTERM)
        assert server.wait(HANGS) == 0


def test_what_was_finished_before_a_kill_is_in_the_cache_and_not_paid_for_again(nomic, tmp_path):
    held = nomic.misbehave(Held(), times=None, when=pictures)
    with server_with(nomic, SHARED_SPACE_CACHE=str(tmp_path)) as server:
        asyncio.run(
            embed_until(
                server.address, lambda: held.reached.wait(HANGS) and comes_into(tmp_path, 2)
            )
        )
        os.kill(server.pid, signal.SIGKILL)
        server.wait(HANGS)
    nomic.behave()
    nomic.forget()
    held.released.set()
    with server_with(nomic, SHARED_SPACE_CACHE=str(tmp_path)) as server:
        asyncio.run(embed_until(server.address, lambda: nomic.wait_for(answered) is None))
    assert [call.path for call in nomic.received] == ["/v1/embedding/image"]


def answered(nomic):
    return any(call.status == 200 for call in nomic.received)


def comes_into(folder, count):
    """Wait until the cache of another process holds so many vectors of Nomic."""
    end = time.monotonic() + HANGS
    while time.monotonic() < end:
        with closing(sqlite3.connect(folder / "vectors.sqlite")) as database:
            (found,) = database.execute(
                "SELECT count(*) FROM vectors WHERE length(vector) = ?", (4 * DIMENSION,)
            ).fetchone()
        if found == count:
            return True
        time.sleep(0.05)  # polling: the other process tells nobody
    return False


def test_a_connection_that_was_cut_finds_its_session_again():
    async def cut_and_back(address):
        async with BrowserSession(address) as session:
            await session.open("collection")
            await session.press("Add captions", Captions="A mark of mine.")
            session.cut()
        async with BrowserSession(address, session_id=session.session_id) as back:
            await back.open("collection")
            return any(b"A mark of mine." in data for data in back.received)

    async def somebody_else(address):
        async with BrowserSession(address, session_id="00000000-0000-0000-0000-000000000000") as it:
            await it.open("collection")
            return any(b"A mark of mine." in data for data in it.received)

    with served(APP) as server:
        assert asyncio.run(cut_and_back(server.address))
        assert not asyncio.run(somebody_else(server.address))
