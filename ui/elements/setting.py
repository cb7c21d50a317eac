"""The field for a number that a person may set."""

import streamlit as st

from space.setting import Setting

_MANY = 1_000
"""From this many values on a number is typed instead of slid."""


def setting_field(setting: Setting, key: str, width: int | None = None) -> float:
    """Draw a slider, or a field to type in where there are many values; return what is set."""
    whole = float(setting.step).is_integer()
    kind = int if whole else float
    least, most, default, step = (
        kind(number) for number in (setting.least, setting.most, setting.default, setting.step)
    )
    field = st.number_input if (most - least) / step > _MANY else st.slider
    chosen: float = field(
        setting.label,
        min_value=least,
        max_value=most,
        value=default,
        step=step,
        help=setting.help,
        key=key,
        persist_state="session",
        width="stretch" if width is None else width,
    )
    return chosen
