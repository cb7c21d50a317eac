"""How far two groupings of the same items agree, and which group of one is which of the other."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score


@dataclass(frozen=True)
class Agreement:
    """Agreement of two groupings; both scores are 1 for the same groups and about 0 by chance.

    adjusted_rand: Hubert and Arabie 1985, "Comparing partitions". adjusted_mutual_information:
    Vinh et al. 2010, "Information theoretic measures for clusterings comparison". Items in no
    group count as a group of their own. changed: (c,) int64, the rows whose matched group differs
    (see `matched`). shared_count: number of all rows.
    """

    adjusted_rand: float
    adjusted_mutual_information: float
    changed: np.ndarray
    shared_count: int

    @property
    def agreed_count(self) -> int:
        """How many items are in the same group in both."""
        return self.shared_count - len(self.changed)


def matched(labels: np.ndarray, *references: np.ndarray) -> np.ndarray:
    """Renumber groups so that each has the number of its counterpart in the references.

    Counterparts are chosen one to one, so that as many items as possible keep the number that they
    have in the first reference; where that leaves a choice, in the others (the assignment problem,
    Kuhn 1955). Groups without a counterpart get the numbers behind all those of the references, in
    their own order. -1, in no group, stays -1.
    labels, references: (n,) int64. Returns (n,) int64.
    """
    labels = np.asarray(labels, np.int64)
    names = np.unique(labels[labels >= 0])
    unused = 1 + max((int(reference.max(initial=-1)) for reference in references), default=-1)
    shared = np.zeros((len(names), unused), np.int64)
    for position, reference in enumerate(references):
        both = (labels >= 0) & (reference >= 0)
        at = np.searchsorted(names, labels[both]), np.asarray(reference)[both]
        # One item more in the first reference outweighs all that the others could say.
        np.add.at(shared, at, 1 if position else 1 + len(labels) * len(references))
    rows, columns = linear_sum_assignment(shared, maximize=True)
    touching = shared[rows, columns] > 0
    numbers = np.full(len(names), -1, np.int64)
    numbers[rows[touching]] = columns[touching]
    lone = np.flatnonzero(numbers < 0)
    numbers[lone] = unused + np.arange(len(lone))
    renumbered = np.full(len(labels), -1, np.int64)
    renumbered[labels >= 0] = numbers[np.searchsorted(names, labels[labels >= 0])]
    return renumbered


def same_everywhere(groupings: Sequence[np.ndarray]) -> np.ndarray:
    """Return which items have the same number in every grouping, as bool (n,).

    groupings: at least one, each (n,) int64 and numbered alike (see `matched`); -1, in no group,
    counts as a group of its own.
    """
    numbers = np.stack([np.asarray(labels, np.int64) for labels in groupings])
    return np.asarray((numbers == numbers[0]).all(axis=0))


def agreement(labels: np.ndarray, reference: np.ndarray) -> Agreement:
    """Compare two groupings of the same items. labels, reference: (n,) int64, -1 for no group.

    The scores are those of scikit-learn; without items both are 1.
    """
    labels, reference = np.asarray(labels, np.int64), np.asarray(reference, np.int64)
    return Agreement(
        adjusted_rand=float(adjusted_rand_score(reference, labels)),
        adjusted_mutual_information=float(adjusted_mutual_info_score(reference, labels)),
        changed=np.flatnonzero(matched(labels, reference) != reference),
        shared_count=len(labels),
    )
