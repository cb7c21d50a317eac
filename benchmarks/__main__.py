"""Run all benchmarks, or those named: `python -m benchmarks umap first_map`."""

import os
import platform
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version

from benchmarks import (
    clicks,
    exports,
    first_map,
    groups,
    hosted_runs,
    intake,
    odd_ones_out,
    photo_memory,
    report,
    scorecard,
    search,
    second_view,
    session_file,
    sessions,
    umap_speed,
)

MEASURES: dict[str, Callable[[], Iterator[object]]] = {
    "second_view": second_view.measure,  # first: it is about a fresh server, nothing compiled
    "umap": umap_speed.measure,
    "first_map": first_map.measure,
    "hosted": hosted_runs.measure,
    "photos": photo_memory.measure,
    "intake": intake.measure,
    "search": search.measure,
    "clicks": clicks.measure,
    "groups": groups.measure,
    "odd_ones_out": odd_ones_out.measure,
    "scorecard": scorecard.measure,
    "session_file": session_file.measure,
    "exports": exports.measure,
    "report": report.measure,
    "sessions": sessions.measure,
}
"""Benchmarks by name; each yields its lines as they are ready."""

LONG = ("sessions",)
"""Benchmarks that take a quarter of an hour, and are run only when they are named."""

_PACKAGES = ("numpy", "scipy", "scikit-learn", "umap-learn", "numba")


def main(names: list[str]) -> int:
    """Print the machine, then the lines of the named benchmarks; returns the exit code."""
    unknown = [name for name in names if name not in MEASURES]
    if unknown:
        print(f"No benchmark named {', '.join(unknown)}. There are: {', '.join(MEASURES)}.")
        return 2
    packages = ", ".join(f"{package} {version(package)}" for package in _PACKAGES)
    print(f"Python {platform.python_version()}, {packages}, {os.cpu_count()} cores", flush=True)
    for name in names or [name for name in MEASURES if name not in LONG]:
        for line in MEASURES[name]():
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
