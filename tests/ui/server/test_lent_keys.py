"""A server on its owner's machine lends its keys to the owner, to nobody who comes through a proxy.

Over real connections, since no page test has the headers of a request.
"""

import asyncio
from pathlib import Path

from benchmarks.browser_session import BrowserSession
from benchmarks.served_app import served

APP = Path(__file__).parents[3] / "app.py"
LENT = b">key set<"


async def providers_page(address, **headers):
    async with BrowserSession(address, headers) as session:
        await session.open("providers")
        assert not session.errors
        return b"".join(session.received)


def test_the_owner_finds_the_key_and_a_stranger_behind_a_proxy_does_not():
    with served(APP, NOMIC_API_KEY="nk-of-the-server") as server:
        owner = asyncio.run(providers_page(server.address))
        stranger = asyncio.run(providers_page(server.address, **{"X-Forwarded-For": "192.0.2.7"}))
        again = asyncio.run(providers_page(server.address))
    assert LENT in owner
    assert LENT not in stranger
    assert LENT in again
    assert b"Nomic Atlas" in stranger
