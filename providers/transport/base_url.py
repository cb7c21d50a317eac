"""Where a hosted provider is asked: a scheme and a host, https unless it is this machine."""

import os
import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from providers.errors import UnusableEndpoint
from providers.info import ProviderInfo
from providers.transport.credentials import Environment

_HOST = re.compile(r"([\w.-]+|\[[0-9a-fA-F:.]+\])(:\d+)?", re.ASCII)
"""A host, or an address of version 6 in brackets, and perhaps a port; no login."""


def base_url_of(info: ProviderInfo, environment: Environment | None = None) -> str | None:
    """Return the base URL that the environment names for a provider, None for none.

    Raises UnusableEndpoint for anything but scheme and host, and for http beyond loopback.
    """
    source = os.environ if environment is None else environment
    given = (source.get(info.base_url_variable) or "").strip() if info.base_url_variable else ""
    return checked_base_url(info, given) if given else None


def checked_base_url(info: ProviderInfo, base_url: str) -> str:
    """Return a base URL without a slash at its end; raises UnusableEndpoint if it is none."""
    try:
        parts = urlsplit(base_url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        parts, host = urlsplit(""), ""
    more = parts.path.strip("/") or parts.query or parts.fragment
    if parts.scheme in ("http", "https") and not more and _HOST.fullmatch(parts.netloc):
        if parts.scheme == "https" or is_loopback(host):
            return f"{parts.scheme}://{parts.netloc}"
        problem = "it is not https, so the key could be read on the way"
    else:
        problem = "it has to be a scheme and a host, such as https://api.example.org"
    raise UnusableEndpoint(
        info.title,
        f"The base address in {info.base_url_variable or 'the call'} cannot be used: {problem}.",
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
