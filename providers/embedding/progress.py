"""Where a job stands, and how far it is."""

from dataclasses import dataclass
from enum import StrEnum

from collection.embeddings import Setup


class JobState(StrEnum):
    """Where a job stands, in words."""

    WAITING = "waiting"
    LOADING = "loading the model"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


ENDED = frozenset({JobState.DONE, JobState.STOPPED, JobState.FAILED})


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a job is; one consistent picture, safe to keep.

    `total` items, of which `cached` were known already, `embedded` were embedded now and
    `failed` have no vector. `seconds` since embedding started; `reason` says why it failed.
    """

    setup: Setup
    state: JobState = JobState.WAITING
    total: int = 0
    cached: int = 0
    embedded: int = 0
    failed: int = 0
    seconds: float = 0.0
    reason: str = ""

    @property
    def finished(self) -> int:
        """Items that need no further work."""
        return self.cached + self.embedded + self.failed

    @property
    def share(self) -> float:
        """The finished share, 0 to 1."""
        return self.finished / self.total if self.total else 1.0

    @property
    def items_per_second(self) -> float:
        """Items embedded now, per second; 0 until the first is there."""
        return (self.embedded + self.failed) / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """The time the rest will take at this speed; None until there is a speed."""
        speed = self.items_per_second
        return (self.total - self.finished) / speed if speed > 0 else None
