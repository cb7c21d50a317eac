"""Eight sessions at once against a real server: nobody sees an error, nor what is another's."""

import asyncio
from pathlib import Path

from benchmarks.browser_session import BrowserSession
from benchmarks.served_app import served
from benchmarks.sessions import crossings, visit

APP = Path(__file__).parents[3] / "app.py"


def test_sessions_that_press_the_same_buttons_meet_no_error_and_nothing_of_each_other():
    with served(APP) as server:
        found = asyncio.run(visit(server.address, 8))
    assert not found.errors
    assert found.crossings == 0


def test_the_look_for_crossings_would_find_one():
    session = BrowserSession("http://localhost")
    session.received = [b"... mark of session 3. ..."]
    assert crossings(session, 3) == 0
    assert crossings(session, 4) == 1
