"""Which credentials providers have accepted, so that what they paid for may be served again."""

import threading


class AcceptedCredentials:
    """Which credentials a provider has accepted in this process, by fingerprint only."""

    def __init__(self) -> None:
        self._known: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    def add(self, base_url: str, fingerprint: str) -> None:
        """Note that the provider at this address has accepted the credentials."""
        with self._lock:
            self._known.add((base_url, fingerprint))

    def remove(self, base_url: str, fingerprint: str) -> None:
        """Note that it no longer does."""
        with self._lock:
            self._known.discard((base_url, fingerprint))

    def __contains__(self, asked: tuple[str, str]) -> bool:
        with self._lock:
            return asked in self._known


ACCEPTED = AcceptedCredentials()
