"""Cost and speed beside quality: what each Setup takes, as it was measured in this session."""

from dataclasses import dataclass

import streamlit as st

from charts.palette import setup_colour
from charts.quality_chart import QualityMark, quality_chart
from collection.embeddings import Setup
from providers.embedding.progress import JobProgress
from providers.registry import info_of
from providers.transport.call_sums import CallSums, sums_by_setup
from space.cost_measures import bytes_per_vector, dollars_per_thousand, per_second
from space.retrieval_measures import Measure
from space.scorecard import Direction, Scorecard
from space.undefined import Undefined
from ui.elements.choice import choose_one
from ui.elements.saved_chart import saved_chart
from ui.elements.text import counted, in_a_row, markdown_text
from ui.scorecard.common import CommonItems
from ui.scorecard.headline import DIRECTION_KEY
from ui.scorecard.plain_table import plain_table, two_digits
from ui.state.session import Session

_UNKNOWN, _CACHE = "unknown", "from the cache"
_HEADS = (
    *("Setup", "calls", "tokens", "median latency, s", "p95 latency, s", "items a second"),
    *("US$ for 1,000 items", "bytes per vector"),
)
_COST, _TIME, _SIZE = "US$ for 1,000 items", "Seconds for 1,000 items", "Bytes per vector"


@dataclass(frozen=True)
class _Taken:
    """What a Setup took; None where nobody says, or where all came from the cache.

    `cached`: how many items of the last run were known already.
    """

    setup: Setup
    sums: CallSums | None
    speed: float | None
    cached: int
    dollars: float | None


def cost_and_speed(state: Session, common: CommonItems, card: Scorecard) -> None:
    """Draw the table, and the chart of quality against what one chooses."""
    taken = [_taken(state, setup) for setup in common.setups]
    names = [state.compared.name_of(setup) for setup in common.setups]
    rows = [[name, *_cells(one)] for name, one in zip(names, taken, strict=True)]
    colours = [_colour(state, one.setup) for one in taken]
    st.caption(_stands_on(taken, names))
    plain_table("cost-and-speed", "Cost and speed", _HEADS, rows, colours, two_digits)
    _chart(state, common, card, taken, names)


def _taken(state: Session, setup: Setup) -> _Taken:
    calls = [
        call
        for call in state.embedding.calls.calls
        if call.setup == setup and call.purpose == "embed"
    ]
    sums = sums_by_setup(calls)
    progress = _progress(state, setup)
    info = info_of(setup)
    free = info.embedded and info.embeds
    costs = [(len(call.batch), call.dollars) for call in calls if call.ok]
    return _Taken(
        setup,
        sums[0] if sums else None,
        None if progress is None else per_second(progress.embedded, progress.seconds),
        0 if progress is None else progress.cached,
        0.0 if free else dollars_per_thousand(costs),
    )


def _progress(state: Session, setup: Setup) -> JobProgress | None:
    """Return how the last run went for a Setup; None where it took no part."""
    run = state.embedding.run
    return next((p for p in run.progress if p.setup == setup), None) if run else None


def _cells(taken: _Taken) -> list[object]:
    sums = taken.sums
    of_calls: list[object] = [None] * 4
    if sums is not None:
        tokens = _UNKNOWN if sums.tokens is None else sums.tokens
        of_calls = [sums.calls, tokens, sums.median_latency, sums.p95_latency]
    speed = taken.speed
    return [
        *of_calls,
        speed if speed is not None else (_CACHE if taken.cached else _UNKNOWN),
        _UNKNOWN if taken.dollars is None else taken.dollars,
        bytes_per_vector(taken.setup.dimension),
    ]


def _stands_on(taken: list[_Taken], names: list[str]) -> str:
    cached = [
        f"{markdown_text(name)} {counted(one.cached, 'item')}"
        for name, one in zip(names, taken, strict=True)
        if one.cached
    ]
    words = (
        "As measured in this session: calls and latency of all that was asked, items a second of "
        "the last run, without what came from the cache. Providers on this machine make no calls."
    )
    return f"{words} From the cache in the last run: {', '.join(cached)}." if cached else words


def _chart(
    state: Session, common: CommonItems, card: Scorecard, taken: list[_Taken], names: list[str]
) -> None:
    against = choose_one(
        "Quality against",
        [_COST, _TIME, _SIZE],
        "scorecard-against",
        default=_known_by_all(taken),
    )
    direction = st.session_state.get(DIRECTION_KEY, Direction.BOTH)
    marks, missing = [], []
    for row, (one, name) in enumerate(zip(taken, names, strict=True)):
        estimate = card.estimates[row][direction, Measure.RECALL_1]
        x = _amount(one, against)
        if x is None or isinstance(estimate.value, Undefined):
            missing.append(name)
            continue
        interval = estimate.interval
        ends = (None, None) if isinstance(interval, Undefined) else (interval.low, interval.high)
        marks.append(QualityMark(name, _colour(state, one.setup), x, estimate.value, *ends))
    if marks and not any(mark.x for mark in marks):
        st.markdown("Here it is 0 for all of them, so there is nothing to compare.")
    elif marks:
        saved_chart(
            "scorecard-quality",
            lambda ink: quality_chart(marks, against, "recall@1", ink),
            f"recall@1 against {against}",
            "; ".join(f"{m.name}: recall@1 {m.y:.2f} at {m.x:g}" for m in marks),
        )
    if missing:
        who = markdown_text(in_a_row(missing))
        st.caption(f"Not in the chart, as this is not known: {who}.")


def _known_by_all(taken: list[_Taken]) -> str:
    """Return the first amount that is known of every Setup, and not 0 for all."""
    for against in (_COST, _TIME):
        amounts = [_amount(one, against) for one in taken]
        if None not in amounts and any(amounts):
            return against
    return _SIZE


def _amount(taken: _Taken, against: str) -> float | None:
    if against == _COST:
        return taken.dollars
    if against == _TIME:
        return None if taken.speed is None else 1000 / taken.speed
    return float(bytes_per_vector(taken.setup.dimension))


def _colour(state: Session, setup: Setup) -> str:
    return setup_colour(state.compared.colour_index(setup))
