"""The plain types that every layer above speaks in: Setup, Embeddings, and what failed."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from collection.short_repr import ShortRepr
from collection.trouble import Trouble

FloatArray = npt.NDArray[np.float32]


class Role(StrEnum):
    """What an input is for; some providers embed a query and a document differently."""

    QUERY = "query"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Setup:
    """Provider, model, dimension and every setting that can change a vector.

    The unit that is compared: columns, colours, results and cache entries belong to one Setup.
    `version` changes whenever the provider's own code would give other vectors.
    """

    provider: str
    model: str
    dimension: int
    version: str = "1"
    settings: tuple[tuple[str, str | int | float | bool], ...] = ()

    @property
    def key(self) -> str:
        """A readable name, unique to this Setup."""
        extra = "".join(f",{name}={value}" for name, value in sorted(self.settings))
        return f"{self.provider}/{self.model}@{self.dimension}#{self.version}{extra}"

    @property
    def label(self) -> str:
        """What people read above a column: provider, model, dimension and settings."""
        return f"{self.provider} · {self.details}"

    @property
    def details(self) -> str:
        """Model, dimension and settings: what tells Setups of one provider apart."""
        extra = "".join(f" · {name} {value}" for name, value in sorted(self.settings))
        return f"{self.model} · {self.dimension} d{extra}"


@dataclass(frozen=True, slots=True)
class ItemFailure(Trouble):
    """Why one item has no vector: what happened, and what to do next."""

    item_id: str = field(kw_only=True)


@dataclass(frozen=True, eq=False, repr=False)
class Embeddings(ShortRepr):
    """What one Setup gave for some items.

    `vectors`: float32 (n, d), rows of length 1, read-only; `ids`: the item of each row.
    `failures`: item id → why it has no row. `usage`: what the provider counted (tokens, pixels).
    `seconds`: time spent embedding. `made`: when, in UTC.
    Raises ValueError when ids, vectors and dimension do not fit together.
    """

    setup: Setup
    ids: tuple[str, ...]
    vectors: FloatArray
    failures: Mapping[str, ItemFailure] = field(default_factory=lambda: MappingProxyType({}))
    usage: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    seconds: float = 0.0
    made: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __post_init__(self) -> None:
        """Check the shape, and make the vectors read-only."""
        if self.vectors.shape != (len(self.ids), self.setup.dimension):
            raise ValueError(
                f"{len(self.ids)} ids and dimension {self.setup.dimension} do not fit "
                f"vectors of shape {self.vectors.shape}."
            )
        vectors = np.ascontiguousarray(self.vectors, dtype=np.float32)
        if vectors is self.vectors:
            vectors = vectors.view()
        vectors.flags.writeable = False
        object.__setattr__(self, "vectors", vectors)

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, item_id: object) -> bool:
        return item_id in self.row_of

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """Item id → its row in `vectors`."""
        return {item_id: row for row, item_id in enumerate(self.ids)}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the Setup, the ids and the vectors themselves."""
        digest = hashlib.sha256(self.setup.key.encode())
        digest.update("\n".join(self.ids).encode())
        digest.update(self.vectors.tobytes())
        return digest.hexdigest()

    def of(self, item_ids: Iterable[str]) -> FloatArray:
        """Return the vectors of these items, float32 (m, d), in their order.

        Raises KeyError for an item that has no vector.
        """
        rows = [self.row_of[item_id] for item_id in item_ids]
        return self.vectors[rows]

    def restricted_to(self, item_ids: Iterable[str]) -> "Embeddings":
        """Return the rows and failures of these items only, in their order."""
        wanted = tuple(dict.fromkeys(item_ids))
        ids = tuple(item_id for item_id in wanted if item_id in self.row_of)
        failures = {i: self.failures[i] for i in wanted if i in self.failures}
        return replace(self, ids=ids, vectors=self.of(ids), failures=MappingProxyType(failures))

    def missing(self, item_ids: Iterable[str]) -> tuple[str, ...]:
        """Return those of these items that have no vector yet, failed ones among them."""
        return tuple(item_id for item_id in item_ids if item_id not in self.row_of)

    def updated_by(self, newer: "Embeddings") -> "Embeddings":
        """Return these results with the newer ones added; a newer row replaces an older one.

        Raises ValueError for results of another Setup: their vectors live in another space.
        """
        if newer.setup != self.setup:
            raise ValueError(f"{newer.setup.label} and {self.setup.label} are different spaces.")
        old_ids = tuple(item_id for item_id in self.ids if item_id not in newer)
        failures = {k: v for k, v in self.failures.items() if k not in newer} | {
            k: v for k, v in newer.failures.items() if k not in self
        }
        return replace(
            newer,
            ids=(*old_ids, *newer.ids),
            vectors=np.concatenate([self.of(old_ids), newer.vectors]),
            failures=MappingProxyType(failures),
        )


def stacked(vectors: Sequence[Any], dimension: int) -> FloatArray:
    """Return vectors as one float32 (n, dimension) array, also when there are none."""
    if not vectors:
        return np.zeros((0, dimension), dtype=np.float32)
    return np.asarray(np.stack(vectors), dtype=np.float32)
