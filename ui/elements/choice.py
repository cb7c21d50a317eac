"""A choice of one among few, which a person's session remembers across pages."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import streamlit as st

T = TypeVar("T")


class Entry(Protocol):
    """What stands in a registry, such as a scale: its name and one sentence about it."""

    @property
    def title(self) -> str:
        """What people call it."""

    @property
    def sentence(self) -> str:
        """What it does."""


def choose_one(
    label: str,
    options: Sequence[T],
    key: str,
    *,
    default: T | None = None,
    in_words: Callable[[Any], str] = str,
    explained: str | None = None,
    bare: bool = False,
) -> T:
    """Draw the options side by side and return the chosen one; at first the default, or the first.

    `in_words` says what an option is called, `explained` is the help beside the label. `bare`: the
    label is for screen readers only, where the options say by themselves what they are.
    """
    return st.segmented_control(
        label,
        options,
        default=options[0] if default is None else default,
        required=True,
        format_func=in_words,
        key=key,
        persist_state="session",
        help=explained,
        label_visibility="collapsed" if bare else "visible",
    )


def choose_entry(
    label: str,
    registry: Mapping[str, Entry],
    key: str,
    default: str,
    *,
    in_a_list: bool = False,
    bare: bool = False,
) -> str:
    """Draw the entries of a registry by their titles, and return the name of the chosen one.

    They stand side by side, or in a list that explains them all beside its label.
    """
    names = list(registry)
    if not in_a_list:
        return choose_one(
            label,
            names,
            key,
            default=default,
            in_words=lambda name: registry[name].title,
            bare=bare,
        )
    return st.selectbox(
        label,
        names,
        index=names.index(default),
        format_func=lambda name: registry[name].title,
        help="  \n".join(f"**{entry.title}**: {entry.sentence}" for entry in registry.values()),
        width=230,
        key=key,
        persist_state="session",
    )
