"""Who asks a hosted provider, where it is asked, and who takes notes."""

import os
import re
import threading
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from providers.errors import UnusablePlace
from providers.provider import ProviderInfo
from providers.transport.budget import Budget
from providers.transport.call_log import CallLog
from providers.transport.credentials import Credentials, Environment

_PLACE = re.compile(r"([\w.-]+|\[[0-9a-fA-F:.]+\])(:\d+)?", re.ASCII)
"""A host, or an address of version 6 in brackets, and perhaps a port; no login."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a call may take, and how often it is tried again; times in seconds.

    Waiting grows from `first_wait` to `longest_wait`; where a provider says how long to wait,
    that counts, up to `longest_asked`. `tries` counts the first one.
    """

    connect: float = 5.0
    read: float = 90.0
    whole: float = 300.0
    first_wait: float = 1.0
    longest_wait: float = 60.0
    longest_asked: float = 300.0
    tries: int = 6


@dataclass(frozen=True, slots=True)
class Access:
    """Everything around a call that cannot change a vector.

    `address`: scheme and host in place of the provider's own, "" for that. `at_once`: calls
    under way at once in place of the provider's own number, 0 for that.
    """

    credentials: Credentials
    address: str = ""
    log: CallLog = field(default_factory=CallLog)
    budget: Budget = field(default_factory=Budget)
    patience: Patience = field(default_factory=Patience)
    at_once: int = 0


def address_of(info: ProviderInfo, environment: Environment | None = None) -> str:
    """Return the address that the environment names for a provider, "" for none.

    Raises UnusablePlace for anything but scheme and host, and for http beyond loopback.
    """
    source = os.environ if environment is None else environment
    given = (source.get(info.address_variable) or "").strip() if info.address_variable else ""
    return checked_address(info, given) if given else ""


def checked_address(info: ProviderInfo, address: str) -> str:
    """Return an address without a slash at its end; raises UnusablePlace if it is none."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        parts, host = urlsplit(""), ""
    more = parts.path.strip("/") or parts.query or parts.fragment
    if parts.scheme in ("http", "https") and not more and _PLACE.fullmatch(parts.netloc):
        if parts.scheme == "https" or is_loopback(host):
            return f"{parts.scheme}://{parts.netloc}"
        problem = "it is not https, so the key could be read on the way"
    else:
        problem = "it has to be a scheme and a host, such as https://api.example.org"
    raise UnusablePlace(
        info.title,
        f"The base address in {info.address_variable or 'the call'} cannot be used: {problem}.",
        "Correct it, or leave it out.",
    )


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine itself."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class AcceptedCredentials:
    """Which credentials a provider has accepted in this process, by fingerprint only."""

    def __init__(self) -> None:
        self._known: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    def add(self, address: str, fingerprint: str) -> None:
        """Note that the provider at this address has accepted the credentials."""
        with self._lock:
            self._known.add((address, fingerprint))

    def remove(self, address: str, fingerprint: str) -> None:
        """Note that it no longer does."""
        with self._lock:
            self._known.discard((address, fingerprint))

    def __contains__(self, asked: tuple[str, str]) -> bool:
        with self._lock:
            return asked in self._known


ACCEPTED = AcceptedCredentials()
