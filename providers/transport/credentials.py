"""Keys, kept so that they show nowhere: they add themselves to a request as it is sent."""

import base64
import hmac
import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn, Protocol
from urllib.parse import quote

from requests import PreparedRequest
from requests.auth import AuthBase

from providers.errors import (
    MissingCredentials,
    UnusableCredential,
    UnusableEndpoint,
)
from providers.info import KeyField, ProviderInfo

# Fingerprints mean nothing outside this process: they can be kept where a key must not be.
_SALT = secrets.token_bytes(32)
_HIDDEN = "***"


class Secret:
    """A value that shows as ***, cannot be pickled, and can be forgotten."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def __repr__(self) -> str:
        return _HIDDEN

    def __reduce__(self) -> NoReturn:
        raise TypeError("A secret is not written anywhere.")

    @property
    def known(self) -> bool:
        """Whether it was not forgotten."""
        return bool(self._value)

    def reveal(self) -> str:
        """Return the value; "" once it is forgotten."""
        return self._value

    def forget(self) -> None:
        """Let the value go, wherever this object is still held."""
        self._value = ""

    @property
    def fingerprint(self) -> str:
        """A name for the value that says nothing about it, the same within this process only."""
        return hmac.digest(_SALT, self._value.encode(), "sha256").hex()

    def hidden_in(self, text: str) -> str:
        """Return a text with the value, also encoded or in other case, replaced by ***."""
        if not self._value:
            return text
        plain = self._value.encode()
        forms = {
            self._value,
            quote(self._value),
            quote(self._value, safe=""),
            json.dumps(self._value)[1:-1],
            base64.b64encode(plain).decode().rstrip("="),
            base64.urlsafe_b64encode(plain).decode().rstrip("="),
        }
        longest_first = sorted(forms, key=len, reverse=True)
        return re.sub("|".join(map(re.escape, longest_first)), _HIDDEN, text, flags=re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What one person gives of themselves to one provider: secrets and plain values by field.

    `origins`: field → where the value comes from, in words: "typed here", "from the environment
    (NOMIC_API_KEY)". `own_machine`: whether the logins of this machine are theirs to use, too,
    such as that of `gcloud`; on a server for others they are not.
    """

    provider: str
    secrets: Mapping[str, Secret] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    own_machine: bool = False

    def value(self, name: str) -> str:
        """Return a plain value; "" where there is none."""
        return self.values.get(name, "")

    @property
    def fingerprint(self) -> str:
        """Tells these credentials from others without saying anything about a secret."""
        known = [f"{name}={secret.fingerprint}" for name, secret in sorted(self.secrets.items())]
        known += [f"{name}={value}" for name, value in sorted(self.values.items())]
        return f"{self.provider} {' '.join(known)}"

    def hidden_in(self, text: str) -> str:
        """Return a text with every secret in it replaced by ***."""
        for secret in self.secrets.values():
            text = secret.hidden_in(text)
        return text

    def forget(self) -> None:
        """Let every secret go."""
        for secret in self.secrets.values():
            secret.forget()


class Authorization(AuthBase):
    """Adds a key to a request at sending time. As it is given to `requests`, which then asks
    neither `.netrc` nor the address for one, the key is in no template and no log.
    """

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Add the key."""
        raise NotImplementedError

    def renew(self) -> bool:
        """Get a new credential in place of one that has run out; return whether there is one."""
        return False

    def hidden_in(self, text: str) -> str:
        """Return a text with every secret of this authorization replaced by ***."""
        return text


class HeaderKey(Authorization):
    """A key in a header, such as `Authorization: Bearer …`."""

    def __init__(self, header: str, prefix: str, secret: Secret) -> None:
        self.header, self.prefix, self._secret = header, prefix, secret

    def __repr__(self) -> str:
        return f"<{self.header}: {self.prefix}{_HIDDEN}>"

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Add the header. Raises MissingCredentials once the key is forgotten."""
        if not self._secret.known:
            raise MissingCredentials(
                "The provider",
                "The key was forgotten before the call was made.",
                "Give it again, then embed again: only what is missing is asked for.",
            )
        request.headers[self.header] = f"{self.prefix}{self._secret.reveal()}"
        return request

    def hidden_in(self, text: str) -> str:
        """Return a text with the key replaced by ***."""
        return self._secret.hidden_in(text)


class Environment(Protocol):
    """Where names have values; of `os.environ` and of a dict alike."""

    def get(self, name: str, /) -> str | None:
        """Return the value, None where there is none."""


class _OfProcess:
    """The environment of this process; unlike `os.environ` it does not show what is in it."""

    def get(self, name: str, /) -> str | None:
        """Return the value, None where there is none."""
        return os.environ.get(name)


_FROM_ENVIRONMENT = "from the environment"


def find_credentials(
    info: ProviderInfo,
    given: Mapping[str, str | Secret],
    *,
    environment: Environment | None = None,
    secrets_file: Mapping[str, str] | None = None,
    own_machine: bool | None = None,
) -> Credentials:
    """Return the credentials for a provider: given, else environment, else secrets file.

    `environment` is that of the process unless another is given. `own_machine`: whether the
    machine's logins may be used, too; unless told, only if its environment may. Raises
    MissingCredentials, which says what is missing and where to get it, and UnusableCredential for
    a value that cannot be one, such as a key with a line break in it.
    """
    own_machine = environment is None if own_machine is None else own_machine
    environment = _OfProcess() if environment is None else environment
    hidden: dict[str, Secret] = {}
    plain: dict[str, str] = {}
    origins: dict[str, str] = {}
    for entry in info.key_fields:
        value, origin = _found(entry, given, environment, secrets_file or {})
        if not value.known:
            if entry.required:
                raise MissingCredentials(info.title, *_what_is_missing(info, entry))
            continue
        _check(info, entry, value)
        origins[entry.name] = origin
        if entry.secret:
            hidden[entry.name] = value
        else:
            plain[entry.name] = value.reveal()
    return Credentials(info.id, hidden, plain, origins, own_machine)


def _found(
    entry: KeyField,
    given: Mapping[str, str | Secret],
    environment: Environment,
    secrets_file: Mapping[str, str],
) -> tuple[Secret, str]:
    """Return the value, also a plain one out of sight until it is judged, and its origin."""
    typed = given.get(entry.name)
    if typed is not None:
        secret = typed if isinstance(typed, Secret) else Secret(cleaned(typed))
        if secret.known:
            return secret, "typed here"
    for source, words in (
        (environment, _FROM_ENVIRONMENT),
        (secrets_file, "from .streamlit/secrets.toml"),
    ):
        for variable in entry.variables:
            value = cleaned(str(source.get(variable) or ""))
            if value:
                return Secret(value), f"{words} ({variable})"
    return Secret(entry.default), "the default"


def cleaned(value: str) -> str:
    """Return a pasted value without what gets pasted along: blanks, quotes, the word Bearer."""
    return _bare(re.sub(r"^bearer\s+", "", _bare(value), flags=re.IGNORECASE))


def _bare(value: str) -> str:
    return value.strip().strip("\"'“”\u2018’").strip()


def _check(info: ProviderInfo, entry: KeyField, value: Secret) -> None:
    """Refuse a value that cannot be one; neither message nor frame must hold a secret one."""
    if re.fullmatch(entry.pattern, value.reveal()):
        return
    again = "Copy it again, only the value itself."
    if not entry.secret:
        reason = f"“{value.reveal()[:60]}” cannot be the {entry.label}."
        raise UnusableEndpoint(info.title, reason, entry.hint or again)
    raise UnusableCredential(
        info.title,
        f"This cannot be the {entry.label}: it holds a blank, a line break or another character "
        "that none has.",
        again,
    )


def _what_is_missing(info: ProviderInfo, entry: KeyField) -> tuple[str, str]:
    where = f" Get one at {info.key_page}." if info.key_page and entry.secret else ""
    return (
        f"The {entry.label} is missing.",
        f"Give {entry.name}, or set {' or '.join(entry.variables)}.{where}",
    )
