"""Refuses every connection and name look-up beyond this machine, and writes each one down.

Python imports a module of this name by itself when it starts, if its folder is on PYTHONPATH.
Audit hooks hear every use of a socket from Python, whichever library makes it, and cannot be
taken off again. https://docs.python.org/3/library/audit_events.html lists the events.
"""

import ipaddress
import os
import sys

_ATTEMPTS = os.environ["REFUSED_ATTEMPTS"]

# Event → where the host, or the address it stands in, is among what the event tells.
_HOST_AT = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
    "socket.getnameinfo": 0,
}


def _on_this_machine(address):
    """Tell whether an address, or the name of a host, is this machine; None is no address."""
    if isinstance(address, tuple):
        address = address[0]
    elif isinstance(address, str | bytes) and b"/" in os.fsencode(address):
        return True  # the path of a Unix socket
    name = address.decode() if isinstance(address, bytes) else address
    if name in (None, "", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _refuse(event, arguments):
    if event not in _HOST_AT:
        return
    address = arguments[_HOST_AT[event]]
    if not _on_this_machine(address):
        with open(_ATTEMPTS, "a", encoding="utf-8") as attempts:
            attempts.write(f"{event} {address!r}\n")
        raise ConnectionRefusedError(f"Refused, because it is beyond this machine: {address!r}")


sys.addaudithook(_refuse)
