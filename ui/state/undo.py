"""The steps that a session can take back: what each did, and the collection from before it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from collection.collection import Collection
from collection.items import PictureItem
from collection.limits import MAX_COLLECTION_BYTES

MAX_STEPS = 5


class Step(NamedTuple):
    """One step: what it did, as in “removing 2 rows”, and the collection from before it.

    `take_back`: takes back what the step did beside the collection; None for nothing.
    """

    done: str
    before: Collection
    take_back: Callable[[], None] | None = None


@dataclass
class UndoStack:
    """The latest steps, oldest first; `max_bytes`: of all pictures that a session holds.

    Collections share their pictures, so a step costs only what today's collection and the other
    steps no longer hold.
    """

    steps: list[Step] = field(default_factory=list)
    max_bytes: int = MAX_COLLECTION_BYTES

    def push(
        self,
        done: str,
        before: Collection,
        now: Collection,
        take_back: Callable[[], None] | None = None,
    ) -> None:
        """Note a step; the oldest go where there are too many, or their pictures too large."""
        self.steps.append(Step(done, before, take_back))
        del self.steps[:-MAX_STEPS]
        while self.steps and bytes_of(self.pictures_with(now)) > self.max_bytes:
            self.forget_oldest()

    def pop(self) -> Step | None:
        """Give up the latest step and return it, None without one."""
        return self.steps.pop() if self.steps else None

    def forget_oldest(self) -> bool:
        """Let the oldest step go; return whether there was one."""
        forgotten = bool(self.steps)
        del self.steps[:1]
        return forgotten

    def pictures_with(self, now: Collection) -> list[PictureItem]:
        """Return the pictures of today's collection and of all steps, shared ones once."""
        collections = (now, *(step.before for step in self.steps))
        return distinct(picture for each in collections for picture in each.pictures)


def distinct(pictures: Iterable[PictureItem]) -> list[PictureItem]:
    """Return each picture once; the same picture taken in twice stands in memory twice."""
    return list({id(picture): picture for picture in pictures}.values())


def bytes_of(pictures: Iterable[PictureItem]) -> int:
    """Return the memory that pictures and their thumbnails take."""
    return sum(len(picture.jpeg) + len(picture.thumbnail) for picture in pictures)
