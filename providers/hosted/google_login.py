"""The Google login of this machine, for who gives no access token.

Application default credentials: a service account's file named in GOOGLE_APPLICATION_CREDENTIALS,
else what `gcloud auth application-default login` has left, else the machine's own account inside
Google Cloud. https://cloud.google.com/docs/authentication/application-default-credentials
"""

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import requests
from requests import PreparedRequest

from providers.errors import (
    MissingCredentials,
    ProviderFailed,
    UnusableCredential,
)
from providers.failure_kind import Action, FailureKind
from providers.transport.credentials import Authorization, Secret
from providers.transport.http import why

SCOPES = ("https://www.googleapis.com/auth/cloud-platform",)
_LONGEST = 55 * 60.0  # seconds; a token lives an hour
_PATIENCE = (5.0, 20.0)  # seconds for a connection to the token service, and for its answer

_Problem = Callable[[str], ProviderFailed]

_PASTE = "Give an access token (`gcloud auth print-access-token` prints one; it lives one hour), or"
_NOT_INSTALLED: _Problem = partial(
    MissingCredentials,
    reason=(
        "No access token was given, and the Google login of this machine can only be used with "
        "the package google-auth, which is not installed."
    ),
    advice=f"{_PASTE} install it: `pip install google-auth`.",
)
_NO_LOGIN: _Problem = partial(
    MissingCredentials,
    reason="No access token was given, and this machine has no Google login that can be read.",
    advice=(
        f"{_PASTE} log in with `gcloud auth application-default login`, or let "
        "GOOGLE_APPLICATION_CREDENTIALS name the file of a service account."
    ),
)
_UNREACHABLE: _Problem = partial(
    ProviderFailed,
    reason="Google's service that gives out access tokens cannot be reached.",
    advice="Look whether this machine is online, then try again.",
    kind=FailureKind.NETWORK,
    action=Action.RETRY_ONCE,
)
_INTERRUPTED: _Problem = partial(
    ProviderFailed,
    reason="Google's service that gives out access tokens gave no usable answer, several times.",
    advice="Try again in a few minutes: only what is missing is asked for.",
    kind=FailureKind.NETWORK,
    action=Action.RETRY,
)
_REFUSED: _Problem = partial(
    UnusableCredential,
    reason=(
        "Google gives no access token for the login of this machine: it has run out, was "
        "withdrawn, or its file is damaged."
    ),
    advice=(
        "Log in again with `gcloud auth application-default login`, or name a new file of the "
        "service account in GOOGLE_APPLICATION_CREDENTIALS."
    ),
)


class ApplicationDefault(Authorization):
    """The Google login of this machine, looked up when it is first sent. Safe with many threads.

    Sending raises ProviderFailed or a subclass of it where no token is to be had. A token is used
    for 55 minutes at most.
    """

    def __init__(self, provider: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._provider, self._clock = provider, clock
        self._lock = threading.Lock()
        self._login: Any = None  # of google-auth, which may not be there to name its type
        self._good_until = 0.0
        # The one before, too: an answer to it may come after the new one is there.
        self._tokens: tuple[Secret, ...] = ()

    def __repr__(self) -> str:
        return "<Google application default credentials>"

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Add the token, and the project that pays where the login names one."""
        with self._lock:
            login = self._current()
            request.headers["Authorization"] = f"Bearer {self._tokens[-1].reveal()}"
            if login.quota_project_id:
                request.headers["X-Goog-User-Project"] = login.quota_project_id
        return request

    def renew(self) -> bool:
        """Let the login go: with the next request it is looked up anew, and gets a new token."""
        with self._lock:
            self._login = None
        return True

    def hidden_in(self, text: str) -> str:
        """Return a text with the tokens replaced by ***."""
        for token in self._tokens:
            text = token.hidden_in(text)
        return text

    def _current(self) -> Any:
        """Return the login with a token that still holds; the lock must be held."""
        login = self._login
        if login is None or not login.valid or self._clock() >= self._good_until:
            self._login = None
            login = self._login = _with_new_token(self._provider, login)
            self._tokens = (*self._tokens[-1:], Secret(login.token))
            self._good_until = self._clock() + _LONGEST
        return login


def _with_new_token(provider: str, login: Any) -> Any:
    """Return a login with a new token; where there is none yet, that of this machine.

    What it raises is raised outside of `except`, so that it does not carry an exception of
    google-auth with it, which may hold a token.
    """
    try:
        import google.auth
        import google.auth.exceptions
        import google.auth.transport.requests
    except ImportError:
        problem: _Problem = _NOT_INSTALLED
    else:
        errors = google.auth.exceptions
        try:
            with requests.Session() as session:
                ask = partial(google.auth.transport.requests.Request(session), timeout=_PATIENCE)
                login = login or google.auth.default(scopes=SCOPES)[0]
                login.refresh(ask)
                return login
        except (errors.DefaultCredentialsError, OSError):
            problem = _NO_LOGIN
        except errors.TransportError as error:
            problem = _INTERRUPTED if _passes(error.__cause__) else _UNREACHABLE
        except errors.RefreshError as error:
            problem = _INTERRUPTED if error.retryable else _REFUSED
        except (errors.GoogleAuthError, ValueError, TypeError, KeyError):
            problem = _REFUSED
    raise problem(provider)


def _passes(cause: BaseException | None) -> bool:
    """Whether what broke a request off may be over soon, such as a connection that was cut."""
    return isinstance(cause, requests.RequestException) and why(cause).action is Action.RETRY
