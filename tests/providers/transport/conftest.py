import contextlib
import itertools
import logging

import pytest

from collection.embeddings import Setup
from providers.transport import rate_limiter
from providers.transport.caller import Caller
from tests.providers.transport.fake_api import ADDRESS, LetterApi, context_of
from tests.providers.transport.leak_scene import KEY, WATCH, Scene, play

_NUMBERS = itertools.count(1)


@pytest.fixture
def caller_with(monkeypatch):
    """Return a caller that asks over a wire; each has a key and a pacer of its own."""

    def make(wire, api=None, key=None, **context):
        monkeypatch.setattr("providers.transport.caller.Http", lambda *_: wire)
        given = context_of(key or f"key {next(_NUMBERS)}", **context)
        caller = Caller(api or LetterApi(), Setup("letters", "letters", 3), given, ADDRESS)
        return caller, given

    return make


@pytest.fixture(scope="module")
def running():
    """Return the stand-in of a provider, started when it is first asked for."""
    started = {}
    with contextlib.ExitStack() as stack:

        def running_one(hosted):
            name = hosted.stand_in.provider
            if name not in started:
                started[name] = stack.enter_context(hosted.stand_in())
            return started[name]

        yield running_one


@pytest.fixture
def watched(monkeypatch, caplog, capfd, tmp_path, running):
    """Return what plays a scene (`leak_scene.play`) and looks at logs and prints afterwards."""
    monkeypatch.setattr(rate_limiter.RateLimiter, "slow_to", lambda limiter, pace: None)
    caplog.set_level(logging.DEBUG)
    for name in [*logging.root.manager.loggerDict, "urllib3", "requests", "google"]:
        caplog.set_level(logging.DEBUG, logger=name)

    def play_and_look(hosted, *faults, key=KEY, **options):
        server = running(hosted)
        server.behave()
        server.forget()
        server.key = key
        calls = play(monkeypatch, Scene(hosted, server, tmp_path, **options), faults or [None])
        WATCH.look_at_logs(caplog.records)
        assert any(record.name.startswith("urllib3") for record in caplog.records)
        WATCH.look("what was printed", *capfd.readouterr())
        return server, calls

    return play_and_look
