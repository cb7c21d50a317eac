"""Groups of pairs that share items: the units that resampling may treat as independent."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from space.arrays import IntArray


@dataclass(frozen=True)
class PairGroups:
    """Groups of pairs that are connected by shared items, numbered from 0 on.

    count: number of groups. of_left: (n,) int64 and of_right: (m,) int64, the group of each item,
    -1 for one that is in no pair. of_pair: (p,) int64.
    """

    count: int
    of_left: IntArray
    of_right: IntArray
    of_pair: IntArray


def pair_groups(pairs: IntArray, left: int, right: int) -> PairGroups:
    """Return the groups: two pairs are in one if they share an item, or are linked by such pairs.

    A picture with three captions makes three pairs that stand or fall together, so that a
    bootstrap over pairs would take them for three witnesses (cluster bootstrap: Davison and
    Hinkley 1997, Bootstrap Methods and their Application, section 3.8). These are the connected
    components of the bipartite graph of the pairs (SciPy).
    pairs: (p, 2) rows of the two sides, of which there are `left` and `right`. Without pairs there
    is no group.
    """
    rows = np.asarray(pairs, np.int64).reshape(-1, 2)
    if not len(rows):
        none = (np.full(side, -1, np.int64) for side in (left, right, 0))
        return PairGroups(0, *none)
    nodes = left + right
    ends = rows[:, 0], left + rows[:, 1]
    graph = coo_array((np.ones(len(rows)), ends), shape=(nodes, nodes))
    component = connected_components(graph, directed=False)[1].astype(np.int64)
    paired = np.zeros(nodes, bool)
    paired[np.concatenate(ends)] = True
    group = np.full(nodes, -1, np.int64)
    names, group[paired] = np.unique(component[paired], return_inverse=True)
    return PairGroups(len(names), group[:left], group[left:], group[ends[0]])
