"""What the calls of this session came to, a line a Setup."""

import html
from collections import Counter

import streamlit as st

from charts.palette import setup_colour
from collection.embeddings import Setup
from providers.transport.call_log import DONE
from providers.transport.call_sums import CallSums, sums_by_setup
from ui.elements.text import counted, markdown_text
from ui.run.estimate import SMALLEST_SHOWN
from ui.state.session import Session, session

_REFRESH_SECONDS = 1.0
_HEADS = (
    *("provider", "calls", "done", "retries", "median latency", "95 % within", "tokens"),
    "US$, about",
)
_UNKNOWN = "unknown"


def sums_table(state: Session) -> None:
    """Draw the table and, below it, what was sent and received; both follow a run."""
    st.fragment(_sums, run_every=_REFRESH_SECONDS if state.embedding.active else None)()


def _sums() -> None:
    state = session()
    calls = state.embedding.calls.calls
    sums = sums_by_setup(calls)
    names = _names(state, sums)
    heads = "".join(f"<th scope='col'>{head}</th>" for head in _HEADS)
    rows = "".join(_row(state, entry, names[entry.setup]) for entry in sums)
    # On a phone it scrolls in itself, which the keyboard must reach, too.
    st.html(
        "<div class='sums' tabindex='0' role='region' aria-label='Sums of the calls by provider'>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
    sent, received = (
        sum(call.sent_bytes for call in calls) / 1e6,
        sum(call.received_bytes for call in calls) / 1e6,
    )
    st.caption(
        f"**{counted(len(calls), 'call')}**, {sum(call.ok for call in calls)} "
        f"{markdown_text(DONE)} · {sent:.1f} MB sent · {received:.1f} MB received. Latency is that "
        "of the last try of the calls that are done; tokens are as the provider counts them."
    )


def _names(state: Session, sums: tuple[CallSums, ...]) -> dict[Setup, str]:
    """Return what to call each Setup; where a name would stand twice, with its details."""
    names = {entry.setup: state.compared.name_of(entry.setup) for entry in sums}
    often = Counter(names.values())
    return {
        setup: f"{name} · {setup.details}" if often[name] > 1 else name
        for setup, name in names.items()
    }


def _row(state: Session, sums: CallSums, name: str) -> str:
    colour = setup_colour(state.compared.colour_index(sums.setup))
    cells = (
        f"{sums.calls:,}",
        f"{sums.done:,}",
        f"{sums.retries:,}",
        _seconds(sums.median_latency),
        _seconds(sums.p95_latency),
        _UNKNOWN if sums.tokens is None else f"{sums.tokens:,.0f}",
        dollars_in_words(sums),
    )
    return (
        f"<tr><th scope='row' style='border-left-color:{colour}'>{html.escape(name)}</th>"
        + "".join(f"<td>{cell}</td>" for cell in cells)
        + "</tr>"
    )


def _seconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds:.2f} s"


def dollars_in_words(sums: CallSums) -> str:
    """Return what the calls cost, and whether some of them are not in it."""
    if sums.dollars is None:
        return _UNKNOWN
    if 0 < sums.dollars < SMALLEST_SHOWN:
        words = f"less than {SMALLEST_SHOWN}"
    else:
        words = f"{sums.dollars:.4f}" if sums.dollars < 0.1 else f"{sums.dollars:,.2f}"
    return f"{words}, {counted(sums.unpriced, 'call')} {_UNKNOWN}" if sums.unpriced else words
