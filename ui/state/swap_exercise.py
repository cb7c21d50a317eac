"""The exercise of a session in which the captions of two pictures have changed places."""

import random
from dataclasses import dataclass

from collection.collection import Collection, Pair

SHOWN_WHOLE = 60
"""A class can look through so many pairs; of more it gets a sample."""

SAMPLED = 24


@dataclass
class SwapExercise:
    """`swapped`: the two pairs that are wrong since the swap; empty while none is on.

    `candidates`: the pairs among which a class looks for them, chosen as the exercise begins.
    `revealed`: whether it has asked what the models say. `count`: how many were begun.
    `impossible`: the collection has no two pairs whose captions could change places.
    """

    swapped: tuple[Pair, ...] = ()
    candidates: tuple[Pair, ...] = ()
    revealed: bool = False
    count: int = 0
    impossible: bool = False

    def begin(
        self, collection: Collection, swapped: tuple[Pair, Pair], generator: random.Random
    ) -> None:
        """Begin with a collection that holds these two wrong pairs; nothing is revealed yet."""
        self.swapped, self.revealed = swapped, False
        self.candidates = _candidates(collection, swapped, generator)
        self.count += 1

    def end(self) -> None:
        """Forget what has changed places."""
        self.swapped = self.candidates = ()
        self.revealed = False

    def is_on(self, collection: Collection) -> bool:
        """Whether both captions still stand where they do not belong; if not, it has ended."""
        if self.swapped and not all(pair in collection.pairs for pair in self.swapped):
            self.end()
        return bool(self.swapped)


def _candidates(
    collection: Collection, swapped: tuple[Pair, Pair], generator: random.Random
) -> tuple[Pair, ...]:
    """Return the pairs to look through, in the order of the collection."""
    if len(collection.pairs) <= SHOWN_WHOLE:
        return collection.pairs
    others = [pair for pair in collection.pairs if pair not in swapped]
    chosen = {*swapped, *generator.sample(others, SAMPLED - len(swapped))}
    return tuple(pair for pair in collection.pairs if pair in chosen)
