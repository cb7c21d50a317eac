"""A choice of one among few, which a person's session remembers across pages."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st

T = TypeVar("T")


def one_of(
    label: str,
    options: Sequence[T],
    key: str,
    *,
    default: T | None = None,
    in_words: Callable[[Any], str] = str,
    explained: str | None = None,
) -> T:
    """Draw the options side by side and return the chosen one; at first the default, or the first.

    `in_words` says what an option is called, `explained` is the help beside the label.
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
    )
