"""The keys of one session: typed here, or from the server where its owner lends them."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import streamlit as st

from providers.errors import MissingCredentials, ProviderFailed
from providers.info import KeyField, ProviderInfo
from providers.transport.credentials import Credentials, Secret, cleaned, find_credentials


@dataclass
class Keyring:
    """What was typed in this session, by provider and field; secrets show as ***.

    `lent`: whether the server's own keys, and a login of its machine, are for this session, too.
    """

    secrets: dict[str, dict[str, Secret]] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    lent: bool = False

    def give(self, provider_id: str, entry: KeyField, value: str) -> None:
        """Take over a value; a blank one takes the former away."""
        typed = cleaned(value)
        if entry.secret:
            self.forget(provider_id, entry.name)
            if typed:
                self.secrets.setdefault(provider_id, {})[entry.name] = Secret(typed)
        else:
            self.values.setdefault(provider_id, {})[entry.name] = typed

    def forget(self, provider_id: str, name: str) -> None:
        """Let a secret go, wherever it is still held."""
        secret = self.secrets.get(provider_id, {}).pop(name, None)
        if secret is not None:
            secret.forget()

    def forget_all(self) -> None:
        """Let every secret go."""
        for provider_id, secrets in self.secrets.items():
            for name in tuple(secrets):
                self.forget(provider_id, name)

    @property
    def any_typed(self) -> bool:
        """Whether a secret was typed in this session."""
        return any(self.secrets.values())

    def credentials(self, info: ProviderInfo) -> Credentials:
        """Return what is known for a provider: typed, else the server's own where it is lent.

        Raises MissingCredentials and UnusableCredential.
        """
        given: dict[str, str | Secret] = dict(self.values.get(info.id, {}))
        given |= self.secrets.get(info.id, {})
        environment, secrets_file = self._server_keys()
        return find_credentials(
            info,
            given,
            environment=environment,
            secrets_file=secrets_file,
            own_machine=self.lent,
        )

    def lacking(self, info: ProviderInfo) -> str | None:
        """Say what a provider has to be told and nobody gave, such as a key; None for nothing.

        What was given and cannot be used is not lacking: the run says what is the matter with it.
        """
        found = self._credentials_or_failure(info)
        return found.reason if isinstance(found, MissingCredentials) else None

    def origins(self, info: ProviderInfo) -> Mapping[str, str]:
        """Return field → where its value comes from, in words; fields without a value left out."""
        found = self._credentials_or_failure(info)
        if isinstance(found, Credentials):
            return found.origins
        return dict.fromkeys(self.secrets.get(info.id, {}), "typed here")

    @property
    def lent_variables(self) -> frozenset[str]:
        """The names of the environment variables that are lent and not empty."""
        environment, _ = self._server_keys()
        return frozenset(name for name, value in environment.items() if value.strip())

    def _server_keys(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Return the server's environment and secrets file, both empty where they are not lent."""
        if not self.lent:
            return {}, {}
        known = _secrets_file()
        # Streamlit copies the file into the environment; the person wants to know the file.
        return {n: v for n, v in os.environ.items() if known.get(n) != v}, known

    def _credentials_or_failure(self, info: ProviderInfo) -> Credentials | ProviderFailed:
        try:
            return self.credentials(info)
        except ProviderFailed as failure:
            return failure


@cache
def _secrets_file() -> Mapping[str, str]:
    """Return the plain values of Streamlit's secrets files; a broken file counts as none."""
    found: dict[str, str] = {}
    for path in st.get_option("secrets.files") or ():
        try:
            content = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        found |= {name: value for name, value in content.items() if isinstance(value, str)}
    return found
