"""The calls of this session as a table, newest first, and the choice of one of them."""

from collections.abc import Sequence

import streamlit as st

from charts.labels import shortened
from collection.items import Modality
from providers.inputs import Batch
from providers.transport.call_log import Call
from ui.elements.text import counted
from ui.state.session import Session

_TABLE, _TICKED, _CHOICE = "call-table", "call-ticked", "call-choice"
_SHOWN = 500
_PURPOSES = {"check": "check", "probe": "one word, as a probe"}
"""What calls are for that embed no item."""
_COLUMNS = {
    "status": st.column_config.NumberColumn(format="%d"),
    "latency (ms)": st.column_config.NumberColumn(format="%d"),
    "tokens": st.column_config.NumberColumn(format="localized"),
    "US$, about": st.column_config.NumberColumn(format="%.6f"),
    "outcome": st.column_config.TextColumn(width="medium"),
}


def call_table(state: Session) -> Call | None:
    """Draw table and choice; return the call that is chosen."""
    calls = state.embedding.calls.calls[::-1][:_SHOWN]
    numbers = [call.number for call in calls]
    _move_tick(numbers)
    if st.session_state.get(_CHOICE) not in numbers:
        st.session_state.pop(_CHOICE, None)
    st.dataframe(
        _rows(state, calls),
        key=_TABLE,
        width="stretch",
        height=min(38 + 35 * len(calls), 340),
        hide_index=True,
        column_config=_COLUMNS,
        placeholder="",
        on_select=lambda: _take_click(numbers),
        selection_mode="single-row",
    )
    by_number = {call.number: call for call in calls}
    chosen = st.selectbox(
        "Call to look at",
        list(by_number),
        format_func=lambda number: label_of(state, by_number[number]),
        key=_CHOICE,
    )
    return by_number.get(chosen)


def label_of(state: Session, call: Call) -> str:
    """Return a call in one line."""
    return (
        f"{call.number} · {state.compared.name_of(call.setup)} · {what_is_in(call)} · "
        f"{'done' if call.ok else 'not done'}"
    )


def what_is_in(call: Call) -> str:
    """Return what was asked for: “10 captions”, “1 caption + 1 picture”."""
    return _PURPOSES[call.purpose] if call.purpose != "embed" else batch_in_words(call.batch)


def batch_in_words(batch: Batch) -> str:
    """Return what a call holds: “10 captions”, “1 caption + 1 picture”."""
    texts = sum(item.modality is Modality.TEXT for item in batch)
    pictures = len(batch) - texts
    parts = [counted(texts, "caption")] if texts else []
    parts += [counted(pictures, "picture")] if pictures else []
    return " + ".join(parts)


def _take_click(numbers: Sequence[int]) -> None:
    """Let the row that was clicked decide; `numbers`: of the calls as they were drawn, in order."""
    rows = st.session_state[_TABLE]["selection"]["rows"]
    st.session_state[_TICKED] = numbers[rows[0]] if rows else None
    if rows:
        st.session_state[_CHOICE] = numbers[rows[0]]


def _move_tick(numbers: Sequence[int]) -> None:
    """Keep the tick beside its call as others come in; `numbers`: of the calls to be drawn."""
    if _TABLE not in st.session_state:  # the table of an earlier visit took its tick along
        st.session_state[_TICKED] = None
        return
    ticked = st.session_state.get(_TICKED)
    rows = [numbers.index(ticked)] if ticked in numbers else []
    if rows != list(st.session_state[_TABLE]["selection"]["rows"]):
        st.session_state[_TABLE] = {"selection": {"rows": rows, "columns": [], "cells": []}}


def _rows(state: Session, calls: Sequence[Call]) -> dict[str, list[object]]:
    return {
        "call": [call.number for call in calls],
        "time (UTC)": [f"{call.started:%H:%M:%S}" for call in calls],
        "provider": [state.compared.name_of(call.setup) for call in calls],
        "items": [what_is_in(call) for call in calls],
        "status": [call.status for call in calls],
        "tries": [call.tries for call in calls],
        "latency (ms)": [call.latency * 1000 or None for call in calls],
        "sent (kB)": [round(call.sent_bytes / 1000, 1) for call in calls],
        "received (kB)": [round(call.received_bytes / 1000, 1) for call in calls],
        "tokens": [call.tokens for call in calls],
        "US$, about": [call.dollars for call in calls],
        "outcome": [shortened(call.outcome, 60) for call in calls],
    }
