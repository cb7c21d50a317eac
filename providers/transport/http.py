"""Sends one request, once: no redirects, time limits, and no exception that carries a key."""

import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, NewConnectionError, ReadTimeoutError

from collection.short_repr import ShortRepr
from providers.errors import ProviderFailed
from providers.failure_kind import Action, FailureKind
from providers.transport.base_url import is_loopback
from providers.transport.call_context import RetryPolicy
from providers.transport.credentials import Authorization
from providers.transport.failure import Failure
from providers.transport.request import PictureData, Request, json_body

_HEADERS = {"Accept": "application/json", "User-Agent": "shared-space"}
_MOST_BYTES = 256 * 1024 * 1024
_CHUNK = 1024 * 1024

_UNREACHABLE = Failure(
    "The provider cannot be reached: there is no network, or its address is not known here.",
    "Look whether this machine is online, then try again. The embedded providers need no network.",
    kind=FailureKind.NETWORK,
    action=Action.RETRY_ONCE,
)
_BROKEN_OFF = Failure(
    "The connection broke off before the answer was there, several times.",
    "Try again; if it stays so, the network or the provider is at fault.",
    kind=FailureKind.NETWORK,
    action=Action.RETRY,
)
_TOO_SLOW = Failure(
    "No answer came in time, several times.",
    "Try again later: only what is missing is asked for.",
    kind=FailureKind.NETWORK,
    action=Action.RETRY,
    split_first=True,
)
_PROXY = Failure(
    "The proxy named in the environment (HTTPS_PROXY) cannot be used, or does not let the call "
    "through.",
    "Correct it, or ask who runs the network.",
    kind=FailureKind.PROXY,
    action=Action.ABORT,
)
_CERTIFICATE = Failure(
    "The certificate of the provider's address is not one that this machine trusts: something in "
    "between may be reading along.",
    "Ask who runs the network for its certificate, and name it in REQUESTS_CA_BUNDLE.",
    kind=FailureKind.PROXY,
    action=Action.ABORT,
)
_ENDLESS = Failure(
    "The answer is far longer than any real one.",
    "Try again later.",
    kind=FailureKind.ANSWER,
    action=Action.ABORT,
)


@dataclass(frozen=True, slots=True, repr=False)
class Answer(ShortRepr):
    """What came back; header names are found in any case. `seconds`: until it was all there."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float
    sent_bytes: int


class Http:
    """Connections to one provider, used again from call to call. Safe with many threads."""

    def __init__(self, base_url: str, concurrency: int, retry_policy: RetryPolicy) -> None:
        self._base_url, self._patience = base_url, retry_policy
        self._session = _NoRedirects()
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        # A proxy has no business between this machine and itself.
        self._session.trust_env = not is_loopback(urlsplit(base_url).hostname or "")
        adapter = HTTPAdapter(pool_connections=1, pool_maxsize=max(1, concurrency))
        self._session.mount(base_url, adapter)

    def send(self, request: Request, authorization: Authorization) -> Answer | Failure:
        """Send a request, and return what came back or why nothing did."""
        started = time.monotonic()
        try:
            with self._session.post(
                f"{self._base_url}{request.path}",
                headers={**_HEADERS, **_content_type(request), **request.headers},
                auth=authorization,
                timeout=(self._patience.connect, self._patience.read),
                allow_redirects=False,
                stream=True,
                **_content(request),
            ) as response:
                body = _body(response, started + self._patience.whole)
        except (requests.RequestException, HTTPError) as error:
            return why(error)
        except ProviderFailed as error:  # the authorization has no credential to add
            return Failure.of(error)
        if isinstance(body, Failure):
            return body
        return Answer(
            response.status_code,
            response.headers,
            body,
            time.monotonic() - started,
            int(response.request.headers.get("Content-Length", 0)),
        )

    def close(self) -> None:
        """Close the connections."""
        self._session.close()


class _NoRedirects(requests.Session):
    """Does not so much as read where a redirect leads: what stands there need be no address."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Return that there is none."""


def _content(request: Request) -> dict[str, Any]:
    """Return what `requests` takes for the body, so that it sets the content type itself."""
    if request.parts:
        return {
            "data": [(n, v) for n, v in request.parts if isinstance(v, str)],
            "files": [
                (n, (f"picture-{at}.jpg", v.picture.jpeg, "image/jpeg"))
                for at, (n, v) in enumerate(_files(request), 1)
            ],
        }
    return {"data": json_body(request)}


def _content_type(request: Request) -> dict[str, str]:
    """Return the content type of JSON; that of a form names a boundary, which `requests` makes."""
    return {} if request.parts else {"Content-Type": "application/json"}


def _files(request: Request) -> list[tuple[str, PictureData]]:
    return [(name, value) for name, value in request.parts if isinstance(value, PictureData)]


def _body(response: requests.Response, deadline: float) -> bytes | Failure:
    parts: list[bytes] = []
    size = 0
    # What has arrived, and not only once it fills a chunk: an answer may trickle without end.
    while part := response.raw.read1(_CHUNK, decode_content=True):
        parts.append(part)
        size += len(part)
        if size > _MOST_BYTES:
            return _ENDLESS
        if time.monotonic() > deadline:
            return _TOO_SLOW
    return b"".join(parts)


def why(error: requests.RequestException | HTTPError) -> Failure:
    """Return what an exception means; the exception itself, which holds the key, ends here."""
    if isinstance(error, requests.exceptions.ProxyError):
        return _PROXY
    if isinstance(error, requests.exceptions.SSLError):
        return _CERTIFICATE
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return _UNREACHABLE
    if isinstance(error, requests.exceptions.ReadTimeout | ReadTimeoutError):
        return _TOO_SLOW
    if isinstance(error, requests.exceptions.ConnectionError):
        reason = getattr(error.args[0] if error.args else None, "reason", None)
        if isinstance(reason, NewConnectionError | socket.gaierror):
            return _UNREACHABLE
        return _BROKEN_OFF
    if isinstance(error, HTTPError):  # while the body was read, which requests has no part in
        return _BROKEN_OFF
    if isinstance(error, requests.exceptions.InvalidSchema | requests.exceptions.InvalidURL):
        return _PROXY  # `checked_base_url` lets no such address through, so it is the proxy's
    return Failure(
        f"The call could not be made ({type(error).__name__}).",
        "Look whether the base address is right.",
        kind=FailureKind.NETWORK,
        action=Action.ABORT,
    )
