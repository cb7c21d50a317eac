"""A random sample of a table's rows, those of one picture together, in one pass and few bytes."""

import hashlib
import heapq
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

Row = TypeVar("Row")

_DIGEST_BYTES = 16


class RowsTaken(NamedTuple):
    """How many rows of a table were taken at random, of how many, and with which seed."""

    name: str
    taken: int
    of: int
    seed: int

    @property
    def line(self) -> str:
        """What is said about it."""
        return (
            f"{self.name}: larger than an upload may be, so a random {self.taken:,} of "
            f"{self.of:,} rows were taken, all of a picture together, seed {self.seed}."
        )


@dataclass
class _Group(Generic[Row]):
    rows: list[Row] = field(default_factory=list)
    size: int = 0


class RowSample(Generic[Row]):
    """Takes rows one by one, and lets groups of them go at random where there is no more room.

    The rows of one key are a group. Each group has a pseudo-random rank, a digest of its key and
    the seed, and of all groups those of the lowest ranks are held whose rows and bytes fit
    together. So a group is held whole or not at all, whatever the order of the rows, and the same
    rows and seed give the same sample. Beyond the bounds nothing is held, not even for what was
    let go; a group that would not fit even alone is the one exception, and gives its rank.
    """

    def __init__(self, most_rows: int, most_bytes: int, seed: int) -> None:
        self._most_rows, self._most_bytes = most_rows, most_bytes
        self._key = str(seed).encode()[: hashlib.blake2b.MAX_KEY_SIZE]
        self._groups: dict[int, _Group[Row]] = {}
        self._highest_first: list[int] = []
        self._below: int | None = None
        self._too_large: set[int] = set()
        self.row_count = 0
        """How many rows are held."""
        self.byte_count = 0
        """How many bytes they take."""
        self.seen = 0
        """How many rows were given."""

    def rank_of(self, key: bytes) -> int:
        """Return the rank of the group of this key, to be given to the other methods."""
        digest = hashlib.blake2b(key, digest_size=_DIGEST_BYTES, key=self._key).digest()
        return int.from_bytes(digest)

    def holds(self, rank: int) -> bool:
        """Whether rows of this group are held."""
        return rank in self._groups

    def add(self, rank: int, row: Row, size: int) -> None:
        """Take one more row of a group, of so many bytes, or leave it out."""
        self.seen += 1
        if (self._below is not None and rank >= self._below) or rank in self._too_large:
            return
        group = self._groups.get(rank)
        if group is None:
            group = self._groups[rank] = _Group()
            heapq.heappush(self._highest_first, -rank)
        group.rows.append(row)
        group.size += size
        self.row_count += 1
        self.byte_count += size
        if len(group.rows) > self._most_rows or group.size > self._most_bytes:
            self._too_large.add(rank)
            self._let_go(rank)
        while self.row_count > self._most_rows or self.byte_count > self._most_bytes:
            highest = -heapq.heappop(self._highest_first)
            if highest in self._groups:
                self._below = highest
                self._let_go(highest)

    def rows(self) -> list[Row]:
        """Return the rows that are held, group by group."""
        return [row for group in self._groups.values() for row in group.rows]

    def _let_go(self, rank: int) -> None:
        group = self._groups.pop(rank)
        self.row_count -= len(group.rows)
        self.byte_count -= group.size
