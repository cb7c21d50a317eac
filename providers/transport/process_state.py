"""What all sessions of this process share about hosted providers: paces, and accepted keys."""

import threading

from providers.info import Rate
from providers.transport.rate_limiter import RateLimiter


class AcceptedCredentials:
    """Which credentials a provider has accepted in this process, by fingerprint only."""

    def __init__(self) -> None:
        self._known: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    def add(self, base_url: str, fingerprint: str) -> None:
        """Note that the provider at this base URL has accepted the credentials."""
        with self._lock:
            self._known.add((base_url, fingerprint))

    def remove(self, base_url: str, fingerprint: str) -> None:
        """Note that it no longer does."""
        with self._lock:
            self._known.discard((base_url, fingerprint))

    def __contains__(self, asked: tuple[str, str]) -> bool:
        with self._lock:
            return asked in self._known


class ProcessState:
    """One rate limiter for each base URL and who asks there, and the credentials accepted so far.

    Safe with many threads.
    """

    def __init__(self) -> None:
        self.accepted = AcceptedCredentials()
        self._limiters: dict[tuple[str, str | None], RateLimiter] = {}
        self._lock = threading.Lock()

    def limiter(
        self, base_url: str, who: str | None, rate: Rate | None, concurrency: int
    ) -> RateLimiter:
        """Return the one rate limiter for a base URL and who asks there.

        `who`: a fingerprint of the credentials, None where the provider counts by address.
        """
        with self._lock:
            limiter = self._limiters.setdefault((base_url, who), RateLimiter(rate, concurrency))
        limiter.concurrency = concurrency
        return limiter


PROCESS_STATE = ProcessState()


def process_state() -> ProcessState:
    """Return the state of this process."""
    return PROCESS_STATE
