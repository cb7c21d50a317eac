"""Whether who opens the app may use the server's keys and files: its owner alone, or by choice."""

import logging
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from providers.transport.base_url import is_loopback

LEND_VARIABLE = "SHARED_SPACE_LEND_KEYS"
"""Environment variable: `yes` lends the server's own keys to everybody, `no` to nobody."""

_YES, _NO = frozenset({"1", "yes", "true", "on"}), frozenset({"0", "no", "false", "off"})
_OF_A_PROXY = ("forwarded", "x-forwarded-", "x-real-ip", "via", "cf-")
"""How the names of the headers begin that a proxy or a tunnel adds."""
PLATFORM_VARIABLES = ("SPACE_ID", "JUPYTERHUB_", "KUBERNETES_SERVICE_HOST")
"""How the environment variables begin that a hosting platform sets."""
_COMMUNITY_CLOUD = Path("/mount/src")
_HERE = Path(__file__).resolve()


def why_not_lent(
    bound_to: str,
    headers: Mapping[str, str],
    environment: Mapping[str, str],
    folder: Path,
) -> str | None:
    """Return why the server's keys are not for who asks, for its owner to read; None if they are.

    `bound_to`: the address at which the server listens. `headers`: those of the browser's request,
    empty where there was none. `folder`: where the app lies. A program on the same machine that
    passes strangers on is known by the name they asked for and by the headers that it adds; one
    that hides both is not noticed.
    """
    chosen = environment.get(LEND_VARIABLE, "").strip().lower()
    if chosen in _YES:
        return None
    if chosen in _NO:
        return f"{LEND_VARIABLE} says so"
    return why_a_stranger(bound_to, headers, environment, folder)


def why_a_stranger(
    bound_to: str,
    headers: Mapping[str, str],
    environment: Mapping[str, str],
    folder: Path,
) -> str | None:
    """Return why who asks may be somebody else than the owner at this machine; None if not."""
    if not is_loopback(bound_to):
        return "the server listens on more than this machine"
    if any(name.startswith(PLATFORM_VARIABLES) for name in environment):
        return "the environment is that of a hosting platform"
    if folder.is_relative_to(_COMMUNITY_CLOUD):
        return "the app lies where a hosting platform puts it"
    known = {name.lower(): value for name, value in headers.items()}
    if any(name.startswith(_OF_A_PROXY) for name in known):
        return "a proxy or a tunnel has passed the request on"
    if not is_loopback(_host(known.get("host", ""))):
        return "the page was not asked for under a name of this machine"
    if "origin" in known and not is_loopback(_host(known["origin"].partition("://")[2])):
        return "the page was opened under a name that is not of this machine"
    return None


def lends_keys() -> bool:
    """Return whether the visitor whose script is running may use the server's own keys.

    To be asked in the run of a script: no other thread knows the browser's request.
    """
    reason = why_not_lent(*_request())
    if reason is not None:
        _tell_the_owner("Visitors type their own keys, those of this server are not lent", reason)
    return reason is None


def opens_own_files(what: str) -> bool:
    """Return whether the visitor whose script is running is the owner, at this machine.

    Somebody else's browser never gets files of the server, also where its keys are for all.
    `what` is what the log says that it is not opened. To be asked in the run of a script.
    """
    reason = why_a_stranger(*_request()) or why_not_lent(*_request())
    if reason is not None:
        _tell_the_owner(f"{what} is not opened for visitors", reason)
    return reason is None


def _request() -> tuple[str, Mapping[str, str], Mapping[str, str], Path]:
    address = str(st.get_option("server.address") or "")
    return address, st.context.headers, os.environ, _HERE


@cache
def _tell_the_owner(what: str, reason: str) -> None:
    """Say it in the server's log, once for each reason; the visitor needs to know nothing of it."""
    logging.getLogger(__name__).warning("%s: %s. See docs/keys-and-servers.md.", what, reason)


def _host(address: str) -> str:
    """Return the host of `host:port`, "" where there is none."""
    try:
        return urlsplit(f"//{address}").hostname or ""
    except ValueError:
        return ""
