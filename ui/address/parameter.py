"""What stands in the address behind the “?”: a choice by its name, or a number."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import streamlit as st

from space.setting import Setting
from ui.state.session import Session


class Parameter(Protocol):
    """One part of the view that an address tells.

    `steps`: whether the back button steps through its values.
    """

    @property
    def name(self) -> str:
        """What stands before the “=”."""

    @property
    def steps(self) -> bool:
        """Whether a change of it is one that the back button takes back."""

    def words(self, state: Session) -> list[str]:
        """Return what stands behind the “=” now, a word for each time; none for the usual."""

    def take(self, state: Session, words: Sequence[str]) -> None:
        """Show what an address says, without a word the usual; what is unknown changes nothing."""


@dataclass(frozen=True)
class Choice:
    """One value among few, which a widget keeps in the session: `values` by the words for them."""

    name: str
    key: str
    values: Mapping[str, Any]
    default: Any
    steps: bool = False

    def words(self, state: Session) -> list[str]:
        """Return the word for what is chosen; none for the usual."""
        chosen = st.session_state.get(self.key, self.default)
        if chosen == self.default:
            return []
        return [word for word, value in self.values.items() if value == chosen][:1]

    def take(self, state: Session, words: Sequence[str]) -> None:
        """Choose what the last word says."""
        if not words:
            _set(self.key, self.default, self.default)
        elif words[-1] in self.values:
            _set(self.key, self.values[words[-1]], self.default)


@dataclass(frozen=True)
class Number:
    """A number that a person may set, within the bounds of its setting."""

    name: str
    key: str
    setting: Setting
    steps: bool = False

    def words(self, state: Session) -> list[str]:
        """Return the number that is set; none for the usual."""
        chosen = st.session_state.get(self.key, self._default)
        return [] if chosen is None or chosen == self._default else [f"{chosen:.6g}"]

    def take(self, state: Session, words: Sequence[str]) -> None:
        """Set what the last word says, if it is a number within the bounds."""
        if not words:
            _set(self.key, self._default, self._default)
            return
        try:
            number = self._kind(words[-1])
        except ValueError:
            return
        if self.setting.least <= number <= self.setting.most:
            _set(self.key, number, self._default)

    @property
    def _default(self) -> float:
        return self._kind(self.setting.default)

    def _kind(self, given: str | float) -> float:
        """Return a whole number where the setting's steps are whole; raises ValueError."""
        return int(given) if float(self.setting.step).is_integer() else float(given)


def switch(name: str, key: str) -> Choice:
    """Return the parameter of a switch that is off at first."""
    return Choice(name, key, {"true": True, "false": False}, default=False)


def by_title(options: Iterable[Any]) -> dict[str, Any]:
    """Return the options by their titles in small letters, with hyphens."""
    return {
        re.sub(r"[^a-z0-9]+", "-", str(option).lower()).strip("-"): option for option in options
    }


def by_name(names: Iterable[str]) -> dict[str, str]:
    """Return the names of a registry, each of which is its own word."""
    return {name: name for name in names}


def _set(key: str, value: Any, default: Any) -> None:
    # Only where it changes something: a widget that is not there yet keeps its own default.
    if st.session_state.get(key, default) != value:
        st.session_state[key] = value
