"""The one line that every benchmark prints, and the median of three behind it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

REPEATS = 3


@dataclass(frozen=True)
class Ratio:
    """One comparison: the seconds of a baseline and of ours, on named data.

    runs: what the seconds are of. remark: what else belongs to the comparison, such as the
    quality of both results.
    """

    what: str
    data: str
    baseline: str
    baseline_seconds: float
    ours: str
    our_seconds: float
    remark: str = ""
    runs: str = f"medians of {REPEATS}"

    def __str__(self) -> str:
        """One line: what, on which data, how many times as fast, the seconds, the remark."""
        line = (
            f"{self.what} | {self.data} | {self.baseline_seconds / self.our_seconds:.1f}x as fast"
            f" | {self.baseline} {self.baseline_seconds:.2f} s, {self.ours}"
            f" {self.our_seconds:.2f} s, {self.runs}"
        )
        return f"{line} | {self.remark}" if self.remark else line


def medians_in_turn(jobs: Sequence[Callable[[], object]]) -> list[float]:
    """Median seconds of each job; the jobs take turns, so that a slow moment hits them alike."""
    seconds: list[list[float]] = [[] for _ in jobs]
    for _ in range(REPEATS):
        for job, taken in zip(jobs, seconds, strict=True):
            began = time.perf_counter()
            job()
            taken.append(time.perf_counter() - began)
    return [median(taken) for taken in seconds]
