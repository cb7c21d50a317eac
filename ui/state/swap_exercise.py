"""The exercise of a session in which the captions of two pictures have changed places."""

from dataclasses import dataclass

from collection.collection import Pair


@dataclass
class SwapExercise:
    """`swapped`: the two pairs that are wrong since the swap; empty while none is on.

    `impossible`: the collection has no two pairs whose captions could change places.
    """

    swapped: tuple[Pair, ...] = ()
    impossible: bool = False
