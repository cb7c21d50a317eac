"""The calls of this session as a table, newest first, and the choice of one of them."""

from collections.abc import Sequence

import streamlit as st

from collection.items import Modality
from providers.transport.call_log import DONE, Call
from ui.elements.text import counted, markdown_text
from ui.run.estimate import money
from ui.state.session import Session, session

_TABLE, _CHOICE = "call-table", "call-choice"
_DRAWN, _CLICKED = "calls-drawn", "calls-clicked"
_SHOWN = 500
_REFRESH_SECONDS = 1.0
_COLUMNS = {
    "status": st.column_config.NumberColumn(format="%d"),
    "latency (ms)": st.column_config.NumberColumn(format="%d"),
    "tokens": st.column_config.NumberColumn(format="localized"),
    "US$, about": st.column_config.NumberColumn(format="%.6f"),
    "outcome": st.column_config.TextColumn(width="medium"),
}


def call_table(state: Session) -> Call | None:
    """Draw totals, table and choice; return the call that is chosen."""
    st.fragment(_totals, run_every=_REFRESH_SECONDS if state.embedding.active else None)()
    calls = state.embedding.calls.calls[::-1][:_SHOWN]
    _take_click([call.number for call in calls])
    st.dataframe(
        _rows(state, calls),
        key=_TABLE,
        width="stretch",
        height=min(38 + 35 * len(calls), 340),
        hide_index=True,
        column_config=_COLUMNS,
        placeholder="",
        on_select="rerun",
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
    if call.purpose == "check":
        return "check"
    texts = sum(item.modality is Modality.TEXT for item in call.batch)
    pictures = len(call.batch) - texts
    parts = [counted(texts, "caption")] if texts else []
    parts += [counted(pictures, "picture")] if pictures else []
    return " + ".join(parts)


def _take_click(numbers: Sequence[int]) -> None:
    """Let a click on a row of the table decide, and move the tick along as calls come in.

    `numbers`: those of the calls that are drawn now, in order. A row that was clicked is one of
    the table as it was drawn before.
    """
    table = st.session_state.get(_TABLE)
    rows = table["selection"]["rows"] if table else []
    before = st.session_state.get(_DRAWN, numbers)
    clicked = [before[row] for row in rows if row < len(before)]
    if clicked and clicked != st.session_state.get(_CLICKED):
        st.session_state[_CHOICE] = clicked[0]
    st.session_state[_DRAWN], st.session_state[_CLICKED] = numbers, clicked
    if st.session_state.get(_CHOICE) not in numbers:
        st.session_state.pop(_CHOICE, None)
    moved = [numbers.index(number) for number in clicked if number in numbers]
    if moved != list(rows):
        st.session_state[_TABLE] = {"selection": {"rows": moved, "columns": [], "cells": []}}


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
        "outcome": [_shortly(call) for call in calls],
    }


def _shortly(call: Call) -> str:
    return call.outcome if len(call.outcome) <= 60 else call.outcome[:59] + "…"


def _totals() -> None:
    """Say in one line what all calls came to."""
    state = session()
    calls = state.embedding.calls.calls
    done = sum(call.ok for call in calls)
    tokens = sum(call.tokens or 0 for call in calls)
    known = [call.dollars for call in calls if call.dollars is not None]
    words = [
        f"**{counted(len(calls), 'call')}**, {done} {markdown_text(DONE)}",
        f"{sum(call.sent_bytes for call in calls) / 1e6:.1f} MB sent",
        f"{sum(call.received_bytes for call in calls) / 1e6:.1f} MB received",
        f"{tokens:,.0f} tokens as the providers count them",
        f"{money(sum(known)) if known else 'cost unknown'}",
    ]
    if known and len(known) < done:
        words[-1] += " without those whose cost is unknown"
    st.markdown(" · ".join(words))
