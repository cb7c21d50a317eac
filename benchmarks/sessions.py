"""A class at once: many browser sessions that press the same buttons at the same moment.

Compared, in turn and in the same run, with an almost empty Streamlit app: what that takes is
Streamlit's own. Every session adds a caption with a mark of its own and looks for the marks of
the others in all that it gets.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median, quantiles

from benchmarks.browser_session import BrowserSession
from benchmarks.served_app import ServedApp, served

_OURS = Path(__file__).parents[1] / "app.py"
_EMPTY = Path(__file__).parent / "empty_app" / "app.py"
_PAGES = ("map", "search", "groups", "odd_ones_out", "scorecard", "similarity", "collection")
STEPS = ("open", "Show me", *_PAGES)
SIZES = (1, 20, 40)
ROUNDS = 5
_MARK = "mark of session"
_ROOM = {"SHARED_SPACE_MAX_SESSIONS": "1000"}
"""For those of earlier rounds, too, who have left and are kept for two minutes."""
_COMPILED = 60.0
"""Seconds after which the first visitor's UMAP is compiled, when nobody else is there."""
_LEFT = 170.0
"""Seconds after which what a session held is free, when it has left: two minutes and a little."""


@dataclass
class Visits:
    """What many sessions have met: seconds by step, crossings and errors."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    crossings: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def total(self) -> float:
        """The sum of the steps' medians, in seconds."""
        return sum(median(times) for times in self.seconds.values())


async def visit(address: str, count: int, *, mark: bool = True) -> Visits:
    """Let so many sessions go through the app at once, step by step together.

    `mark`: whether each brings a caption of its own, which nobody else may get to see.
    """
    found = Visits()
    barrier = asyncio.Barrier(count)
    await asyncio.gather(*(_one(address, n, barrier, found, mark) for n in range(count)))
    return found


async def _one(
    address: str, number: int, barrier: asyncio.Barrier, found: Visits, mark: bool
) -> None:
    async with BrowserSession(address) as session:
        for step in STEPS:
            await barrier.wait()
            began = time.perf_counter()
            if step == "Show me":
                await session.press(step)
            else:
                await session.open("" if step == "open" else step)
            found.seconds.setdefault(step, []).append(time.perf_counter() - began)
            found.crossings += crossings(session, number)
        if mark:
            await session.press("Add captions", Captions=f"{_MARK} {number}.")
            await barrier.wait()
            for page in _PAGES:
                await session.open(page)
                found.crossings += crossings(session, number)
            await session.open("collection")
            if not any(f"{_MARK} {number}.".encode() in data for data in session.received):
                found.errors.append(f"Session {number} does not see its own caption.")
        found.errors += session.errors
        await barrier.wait()  # nobody leaves before all are through


def crossings(session: BrowserSession, number: int) -> int:
    """Return how many messages hold the mark of another session."""
    own = f"{_MARK} {number}.".encode()
    return sum(data.replace(own, b"").count(_MARK.encode()) > 0 for data in session.received)


def measure() -> Iterator[str]:
    """Yield the tables: warm servers, fresh servers, memory."""
    yield from _warm()
    yield from _fresh()


def _warm() -> Iterator[str]:
    with served(_OURS, **_ROOM) as ours, served(_EMPTY) as empty:
        asyncio.run(visit(ours.address, 1))
        asyncio.run(visit(empty.address, 1, mark=False))
        time.sleep(_COMPILED)  # the wait is part of the measurement: UMAP compiles meanwhile
        asyncio.run(visit(ours.address, 1))
        for count in SIZES:
            yield from _compared(f"{count} at once", count, ours, empty)
        yield from _memory(ours)


def _compared(what: str, count: int, ours: ServedApp, empty: ServedApp) -> Iterator[str]:
    """Yield the medians and the ratio of so many sessions, both apps in turn."""
    rounds = [
        (
            asyncio.run(visit(ours.address, count)),
            asyncio.run(visit(empty.address, count, mark=False)),
        )
        for _ in range(ROUNDS)
    ]
    yield from _lines(what, [one for one, _ in rounds], [other for _, other in rounds])


def _fresh() -> Iterator[str]:
    """Yield the same for forty who come right after the first visitor of a fresh server."""
    count = SIZES[-1]
    rounds = []
    for _ in range(ROUNDS):
        with served(_OURS, **_ROOM) as ours:
            asyncio.run(visit(ours.address, 1))
            one = asyncio.run(visit(ours.address, count))
        with served(_EMPTY) as empty:
            asyncio.run(visit(empty.address, 1, mark=False))
            rounds.append((one, asyncio.run(visit(empty.address, count, mark=False))))
    yield from _lines(
        f"{count} at once, fresh server", [one for one, _ in rounds], [other for _, other in rounds]
    )


def _lines(what: str, ours: Sequence[Visits], empty: Sequence[Visits]) -> Iterator[str]:
    yield f"| {what} | {' | '.join(STEPS)} | sum of medians |"
    for name, rounds in (("Shared Space", ours), ("almost empty app", empty)):
        times = {step: [s for one in rounds for s in one.seconds[step]] for step in STEPS}
        cells = " | ".join(f"{median(some):.2f} ({_p95(some):.2f})" for some in times.values())
        total = median(one.total for one in rounds)
        yield f"| {name}, median (p95) s | {cells} | {total:.2f} |"
    ratio = median(one.total / other.total for one, other in zip(ours, empty, strict=True))
    crossings = sum(one.crossings for one in ours)
    errors = [error for one in (*ours, *empty) for error in one.errors]
    yield (
        f"{what}: {ratio:.2f} × the almost empty app; {crossings} crossings, {len(errors)} errors"
        f"{': ' * bool(errors)}{'; '.join(errors[:3])}"
    )


def _p95(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]


def _memory(ours: ServedApp) -> Iterator[str]:
    before = ours.memory()
    held: list[float] = []

    async def stay() -> None:
        task = asyncio.create_task(visit(ours.address, SIZES[-1]))
        while not task.done():
            held.append(ours.memory())
            await asyncio.sleep(0.5)
        await task

    asyncio.run(stay())
    time.sleep(_LEFT)  # the wait is part of the measurement
    after = ours.memory()
    yield (
        f"memory: {before:.0f} MB before, {max(held):.0f} MB at most with {SIZES[-1]} sessions "
        f"({(max(held) - before) / SIZES[-1]:.1f} MB each), {after:.0f} MB {_LEFT:.0f} s after all "
        f"have left; mean while they were there {mean(held):.0f} MB"
    )
