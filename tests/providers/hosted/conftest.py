"""What tests of hosted providers share: a process that has asked nobody yet, and a stand-in."""

import pytest

from providers.transport import process_state, rate_limiter
from tests.providers.hosted.all_hosted import HOSTED


@pytest.fixture(autouse=True)
def _fresh_process(monkeypatch):
    """Forget paces and accepted keys: a port of the system may come back within one run."""
    monkeypatch.setattr(process_state, "PROCESS_STATE", process_state.ProcessState())


@pytest.fixture
def paces(monkeypatch):
    """The paces, in calls a second, that were fallen back to; nobody is slowed."""
    found = []
    monkeypatch.setattr(
        rate_limiter.RateLimiter, "slow_to", lambda limiter, pace: found.append(pace)
    )
    return found


@pytest.fixture
def pauses(monkeypatch):
    """The seconds for which nobody with the same key was to ask; nobody is kept waiting."""
    found = []
    monkeypatch.setattr(
        rate_limiter.RateLimiter, "pause", lambda limiter, seconds: found.append(seconds)
    )
    return found


@pytest.fixture(params=HOSTED, ids=str)
def hosted(request):
    """Each hosted provider in turn."""
    return HOSTED[request.param]


@pytest.fixture
def server(hosted):
    """The running stand-in of the provider."""
    with hosted.stand_in() as running:
        yield running
