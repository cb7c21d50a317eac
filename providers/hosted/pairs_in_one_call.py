"""Captions and their pictures, two and two, for an API that takes one of each in a call."""

from collections import Counter
from collections.abc import Sequence

from collection.collection import Pair
from providers.inputs import Batch, Input


def pairs_in_one_call(inputs: Sequence[Input], pairs: Sequence[Pair]) -> list[Batch]:
    """Return every input in one batch: a caption before its picture, or one of them alone.

    Greedy: who has fewest partners chooses first, the others in order. That gives the most
    couples there can be in all but contrived collections, and never fewer than half of it.
    """
    at_id = {item.item_id: at for at, item in enumerate(inputs)}
    here = [(at_id[text], at_id[picture]) for text, picture in pairs if {text, picture} <= {*at_id}]
    choices = Counter(at for couple in here for at in couple)
    couple_of: dict[int, tuple[int, int]] = {}
    for couple in sorted(here, key=lambda couple: sum(choices[at] for at in couple)):
        if not any(at in couple_of for at in couple):
            couple_of |= dict.fromkeys(couple, couple)
    return [
        tuple(inputs[one] for one in couple_of.get(at, (at,)))
        for at in range(len(inputs))
        if at == min(couple_of.get(at, (at,)))
    ]
